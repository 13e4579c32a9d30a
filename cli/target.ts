import { UsageError } from './errors.ts';

/** What `FILE#name/arm/fold0/seed0` means; every part after the file may be missing. */
export interface Target {
  readonly file: string;
  readonly name: string | undefined;
  /** Counted from 1; sweeps only. */
  readonly arm: number | undefined;
  readonly fold: number | undefined;
  readonly seed: number | undefined;
}

const parts = /^(?<name>[A-Za-z_][A-Za-z0-9_]*)(\/(?<arm>\d+))?(\/fold(?<fold>\d+))?(\/seed(?<seed>\d+))?$/;

export function parseTarget(text: string): Target {
  const hash = text.lastIndexOf('#');
  if (hash < 0) return { file: text, name: undefined, arm: undefined, fold: undefined, seed: undefined };
  const groups = parts.exec(text.slice(hash + 1))?.groups;
  if (!groups) {
    throw new UsageError(
      `${text} does not name an experiment.`,
      'Write FILE#name, or FILE#sweep/2 for an arm, or FILE#name/fold0/seed1 for one run.',
    );
  }
  const number = (digits: string | undefined) => (digits === undefined ? undefined : Number(digits));
  return {
    file: text.slice(0, hash),
    name: groups.name,
    arm: number(groups.arm),
    fold: number(groups.fold),
    seed: number(groups.seed),
  };
}
