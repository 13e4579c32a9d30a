import { type AtTarget, constantAtTarget, type Facts, numberAtTarget } from './facts.ts';

export const addAtTarget = (a: AtTarget, b: AtTarget): AtTarget => {
  const atoms = new Map(a.atoms);
  for (const [key, value] of b.atoms) {
    const sum = (atoms.get(key) ?? 0) + value;
    if (sum === 0) atoms.delete(key);
    else atoms.set(key, sum);
  }
  return { constant: a.constant + b.constant, atoms };
};

export const scaleAtTarget = ({ constant, atoms }: AtTarget, factor: number): AtTarget => ({
  constant: constant * factor,
  atoms: new Map([...atoms].map(([key, value]) => [key, value * factor])),
});

export const zeroAtTarget = (a: Facts): AtTarget | undefined =>
  numberAtTarget(a) === 0 ? constantAtTarget(0) : undefined;

/** A positive multiple of the entropy stays one under a positive factor that labels decide; so does 0. */
export const entropyOrZero = (a: Facts): AtTarget | undefined => zeroAtTarget(a) ?? entropyOnly(a);

export const entropyOnly = ({ atTarget }: Facts): AtTarget | undefined =>
  atTarget && atTarget.constant === 0 && atTarget.atoms.size === 1 && atTarget.atoms.has('entropy')
    ? atTarget
    : undefined;

/** v · w, for a value that is the number v at the target and a w that labels alone decide. */
export function timesAtTarget(value: Facts, given: Facts): AtTarget | undefined {
  const v = numberAtTarget(value);
  if (v === undefined) return given.low > 0 ? entropyOnly(value) : undefined;
  return v === 0 ? constantAtTarget(0) : given.atTarget && scaleAtTarget(given.atTarget, v);
}
