import { meaningOf } from '../check/meaning.ts';
import type { Use } from '../experiment.ts';

/**
 * The soft Dice or soft Jaccard loss that a semimetric loss is, to the last digit, wherever the label is hard: there
 * min(x, y) = xy.
 *
 * @source Wang et al., Dice Semimetric Losses, MICCAI 2023, theorem 2
 */
const onHard: Readonly<Record<string, string>> = {
  sdl: 'sdl',
  dml1: 'sdl',
  dml2: 'sdl',
  sjl: 'sjl',
  jml1: 'sjl',
  jml2: 'sjl',
};

/** The loss that a semimetric loss is on hard labels; `undefined` where there is none, as with `norm: 2`. */
export function equalOnHard({ name, options, code }: Use): string | undefined {
  const { norm = 1 } = options;
  return code === undefined && norm === 1 && Object.hasOwn(onHard, name) ? onHard[name] : undefined;
}

/** A key that is the same for two losses that are equal wherever the label is hard; one for itself if none is. */
export function meaningOnHard(use: Use): string {
  const name = equalOnHard(use);
  if (name === undefined) return meaningOf(use);
  const { norm: _, ...options } = use.options;
  return meaningOf({ name, options });
}
