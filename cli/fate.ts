import { type Change, retrains } from '../compiler/diff/diff.ts';
import type { Experiment } from '../compiler/experiment.ts';
import { trainingHash } from '../compiler/identity.ts';
import { networksBehind } from '../compiler/networks.ts';
import type { KnownRun } from '../runtime/store/run-folder.ts';

/** Folders of the runs of an experiment as it was, and of those behind it, by what becomes of them. */
export interface Fate {
  /** They count for the experiment as it is now. */
  readonly kept: readonly string[];
  /** Their weights do, their scores are to be taken anew. */
  readonly scored: readonly string[];
  /** They do not: it would be trained anew. */
  readonly voided: readonly string[];
  /** Theirs are of networks that it no longer begins with or learns from. */
  readonly teachersVoided: readonly string[];
}

/** What becomes of the known runs of `before` where it becomes `after`. */
export function fateOf(
  before: Experiment,
  after: Experiment,
  changes: readonly Change[],
  known: readonly KnownRun[],
): Fate {
  const own = foldersOf(trainingHash(before), known);
  const behind = new Set(networksBehind(after).map(trainingHash));
  const lost = networksBehind(before)
    .map(trainingHash)
    .filter((training) => !behind.has(training));
  const teachersVoided = lost.flatMap((training) => foldersOf(training, known));
  const none = { kept: [], scored: [], voided: [], teachersVoided };
  if (changes.some(({ effect }) => retrains(effect))) return { ...none, voided: own };
  return changes.some(({ effect }) => effect === 'evaluation')
    ? { ...none, scored: own }
    : { ...none, kept: own };
}

const foldersOf = (training: string, known: readonly KnownRun[]) =>
  known.filter(({ environment }) => environment.identity.training === training).map(({ folder }) => folder);

/** What becomes of runs on disk, in a line each; empty where there are none. */
export function printFates(fates: readonly Fate[]): string {
  const lines: readonly (readonly [key: keyof Fate, text: string])[] = [
    ['kept', 'still count'],
    ['scored', 'keep their weights and are scored anew'],
    ['voided', 'no longer count: it is trained anew'],
    ['teachersVoided', 'of networks behind it no longer count: these are trained anew, too'],
  ];
  return lines
    .map(([key, text]) => {
      const folders = [...new Set(fates.flatMap((fate) => fate[key]))];
      if (folders.length === 0) return '';
      const noun = folders.length === 1 ? 'run on disk' : 'runs on disk';
      return `${folders.length} ${noun}${key === 'teachersVoided' ? ' ' : ': '}${text}\n`;
    })
    .join('');
}
