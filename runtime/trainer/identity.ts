import { createHash } from 'node:crypto';
import type { Experiment } from '../../compiler/experiment.ts';
import type { EngineClass } from '../engines/engine.ts';

const hash = (value: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(value, (key, item) => (key === 'span' ? undefined : item)))
    .digest('hex');

/** Hash of all that decides the weights, but for data, fold, seed and engine. */
export function trainingHash({
  name: _name,
  doc: _doc,
  evaluate: _evaluate,
  expect: _expect,
  fold: _fold,
  seed: _seed,
  ...training
}: Experiment): string {
  return hash(training);
}

/** Hash of what the scores are. */
export const evaluationHash = ({ evaluate, predict }: Experiment): string => hash([evaluate, predict]);

/** Key of the runs of an experiment that differ in fold and seed alone. */
export const groupKey = (training: string, data: string, engine: EngineClass): string =>
  hash([training, data, engine]);

/** Key of one run. */
export const runKey = (group: string, fold: number | 'none', seed: number): string =>
  hash([group, fold, seed]);

/** Key of a sweep: of the runs of its arms. */
export const sweepKey = (groups: readonly string[]): string => hash(groups);

/** The canonical form, which stands alone. */
export const canonicalText = (experiment: Experiment): string =>
  `${JSON.stringify(experiment, (key, item) => (key === 'span' ? undefined : item), 2)}\n`;
