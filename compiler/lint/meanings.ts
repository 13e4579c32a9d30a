import { readDraft } from '../check/assemble.ts';
import type { Inspected } from '../check/check.ts';
import { silentContext } from '../check/context.ts';
import { readDataSet } from '../check/dataset.ts';
import { anythingOf } from '../check/lets.ts';
import { meaningOf } from '../check/meaning.ts';
import { tidy } from '../check/numbers.ts';
import { settingsOf } from '../check/settings.ts';
import type { Compare, Experiment } from '../experiment.ts';
import { evaluationHash, trainingHash } from '../identity.ts';

/**
 * What every declaration of a right file means, by its kind and name: equal for two texts of a file that train the
 * same networks and score them alike. Experiments, arms and what comparisons take of them by
 * their hashes; protocols, data sets and lets, which
 * other files may use, by what was read. `undefined` for a file with errors.
 */
export function meaningsOf({ value, file, registry }: Inspected): ReadonlyMap<string, string> | undefined {
  if (!value || !file) return undefined;
  const { experiments, sweeps, compares } = value;
  const context = silentContext(registry);
  const arms = sweeps.flatMap(({ name, arms }) =>
    arms.map(({ number, experiment }) => [`arm ${number} of ${name}`, identity(experiment)] as const),
  );
  const declared = file.tree.declarations.flatMap((declaration) => {
    if (declaration.kind === 'use') return [];
    const key = `${declaration.kind === 'let' ? 'let' : declaration.keyword.text} ${declaration.name.text}`;
    if (declaration.kind === 'let')
      return [[key, plainMeaning(anythingOf({ expression: declaration.value, scope: file.scope }, context))]];
    if (declaration.keyword.text === 'dataset')
      return [[key, meaningOf(readDataSet(declaration, file.scope, context))]];
    const settings = declaration.keyword.text === 'protocol' && settingsOf(declaration, file.scope, context);
    return settings ? [[key, plainMeaning(readDraft(settings, context).draft)]] : [];
  });
  return new Map([
    ...experiments.map((experiment) => [`experiment ${experiment.name}`, identity(experiment)] as const),
    ...arms,
    ...compares.map((compare) => [`compare ${compare.name}`, tableOf(compare)] as const),
    ...(declared as [string, string][]),
  ]);
}

/** What a comparison shows and claims, of which arms. */
const tableOf = ({ rows, columns, metrics, baseline, statistic, expect, arms }: Compare): string =>
  meaningOf([
    [rows, columns, metrics, baseline, statistic],
    expect.map(({ text }) => text),
    arms.map(({ experiment, arm }) => [identity(experiment), arm?.number]),
  ]);

/** All that decides weights, runs, scores and claims. */
const identity = (experiment: Experiment): string =>
  [
    trainingHash(experiment),
    evaluationHash(experiment),
    meaningOf([experiment.fold, experiment.seed, experiment.expect]),
  ].join(' ');

/** Equal for mixes whose equal terms add up to the same, in whatever order they stand. */
const plainMeaning = (read: unknown): string =>
  JSON.stringify(read, (key, part: unknown) => {
    if (key === 'span') return undefined;
    return Array.isArray(part) && part.length > 0 && part.every(isTerm) ? summed(part) : part;
  }) ?? '';

interface WeightedTerm {
  readonly weight: number;
  readonly loss: unknown;
}

const isTerm = (value: unknown): value is WeightedTerm =>
  typeof value === 'object' && value !== null && 'weight' in value && 'loss' in value;

function summed(terms: readonly WeightedTerm[]): readonly (readonly [string, number])[] {
  const sums = new Map<string, number>();
  for (const { weight, ...term } of terms) {
    const key = meaningOf(term);
    sums.set(key, tidy((sums.get(key) ?? 0) + weight));
  }
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1));
}
