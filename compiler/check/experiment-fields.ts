import { replacing } from '../../grammar/diagnostic.ts';
import type { DataSet, Experiment, Use } from '../experiment.ts';
import type { Family, Quantity } from '../registry.ts';
import { aspectCalls } from './aspects.ts';
import { best, readCheckpoint, withCheckpointOption } from './checkpoint.ts';
import { readUse, withOption } from './component.ts';
import type { Context } from './context.ts';
import { sizeOf } from './dataset.ts';
import { describe } from './describe.ts';
import { type PendingExpectation, readExpectation } from './expect.ts';
import { type Fields, one, option, partOption, plain, several, takesOf } from './fields.ts';
import { readLabels, sourceTakes } from './labels.ts';
import { type PendingMeasure, readMeasures, withMeasureOption } from './measures.ts';
import { messages } from './messages.ts';
import { type PendingTerm, readMix, withTermOption } from './mix.ts';
import { withLabelOption } from './parts.ts';
import type { PendingSource, PendingStart } from './pending.ts';
import { readChain, withPart } from './pipeline.ts';
import { readPrediction } from './prediction.ts';
import { resolve, type Written } from './scope.ts';
import { pathText } from './settings.ts';
import { readStart, startCalls, withStartOption } from './start.ts';
import type { Takes } from './takes.ts';
import { type PendingTest, readData, readTests } from './tests.ts';
import { readValue, wholeNumbersOf, wordOf } from './values.ts';

/** Fields of an experiment as they are read one by one; what depends on another field is still open. */
export interface Draft {
  readonly data: DataSet;
  readonly fold: Experiment['fold'];
  readonly crop: Experiment['crop'];
  readonly augment: readonly Use[];
  readonly labels: PendingSource;
  readonly teacher: PendingSource | 'none';
  readonly model: Use;
  readonly start: PendingStart;
  readonly loss: readonly PendingTerm[];
  readonly optimizer: Use;
  /** Empty where it is left to the default. */
  readonly schedule: readonly Use[];
  readonly train: Quantity | 'none';
  readonly batch: number;
  /** Of one value, so an experiment does not hold it. */
  readonly precision: typeof precision;
  readonly seed: readonly number[];
  readonly checkpoint: Experiment['checkpoint'];
  readonly evaluate: readonly PendingMeasure[];
  readonly test: readonly PendingTest[];
  readonly predict: readonly Use[];
  readonly expect: readonly PendingExpectation[];
}

/** The only type of numbers that engines compute in. */
const precision = 'float32';

const single = (family: Family) => ({
  takes: { family },
  read: one((written, context) => readUse(family, written, context)),
  part: option((use: Use, name, written, context) => withOption(family, use, name, written, context)),
});

export const fields: Fields<Draft> = {
  data: { takes: { blocks: ['dataset'] }, read: one(readData) },
  fold: { ...plain('a number, a range, `all` or `none`', foldOf, { words: ['all', 'none'] }), off: 'none' },
  crop: {
    ...plain('a size of two whole numbers such as `64 x 64`', sizeOf, { words: ['none'] }),
    off: 'whole',
  },
  augment: {
    takes: { family: 'transform', chain: '|>', byName: true },
    read: one((written, context) => readChain('transform', 'pipeline', written, context)),
    part: partOption((uses, path, written, context) =>
      withPart('transform', 'augment', uses, path, written, context),
    ),
    off: [],
  },
  labels: {
    takes: sourceTakes,
    read: one(readLabels),
    part: partOption((source, path, written, context) =>
      withLabelOption('labels', source, path, written, context),
    ),
  },
  teacher: {
    takes: sourceTakes,
    read: one<PendingSource | 'none'>(readLabels),
    part: partOption<PendingSource | 'none'>((source, path, written, context) => {
      if (source !== 'none') return withLabelOption('teacher', source, path, written, context);
      const values = { path: pathText({ path, span: path[0].span }), field: 'teacher' };
      context.report(messages.at(path[0].span, 'DML1215', values));
      return undefined;
    }),
    off: 'none',
  },
  model: single('model'),
  start: {
    takes: { words: ['random'], calls: startCalls, byName: true },
    read: one(readStart),
    part: partOption(withStartOption),
    off: 'random',
  },
  loss: { takes: { family: 'loss', byName: true }, read: one(readMix), part: partOption(withTermOption) },
  optimizer: single('optimizer'),
  schedule: {
    takes: { family: 'schedule', chain: 'then', byName: true },
    read: one((written, context) => readChain('schedule', 'sequence', written, context)),
    part: partOption((uses, path, written, context) =>
      withPart('schedule', 'schedule', uses, path, written, context),
    ),
    off: [],
  },
  train: {
    ...plain('a duration such as `10 epochs` or `500 steps`', durationOf, {
      words: ['none'],
      units: ['epochs', 'steps'],
    }),
    off: 'none',
  },
  batch: plain('a whole number, at least 1', batchOf),
  precision: { takes: { words: [precision] }, read: one(readPrecision) },
  seed: plain('a whole number, a range such as `0 .. 2`, or a list', wholeNumbersOf),
  checkpoint: {
    takes: { words: ['last'], calls: [best] },
    read: one(readCheckpoint),
    part: option(withCheckpointOption),
  },
  evaluate: {
    takes: { family: 'metric', byName: true },
    read: several(readMeasures),
    part: partOption(withMeasureOption),
    off: [],
  },
  test: { takes: { blocks: ['dataset'] }, read: several(readTests), off: [] },
  predict: {
    takes: { family: 'prediction', chain: '|>', byName: true },
    read: one(readPrediction),
    part: partOption((uses, path, written, context) =>
      withPart('prediction', 'predict', uses, path, written, context),
    ),
  },
  expect: {
    takes: { family: 'metric', measured: true, tested: true, calls: aspectCalls },
    read: several((written, context) => {
      const expectation = readExpectation(written, context);
      return expectation && [expectation];
    }),
    off: [],
  },
};

/** Fields without a default, each with an example. */
export const required = {
  data: 'a data set',
  labels: 'raters |> average',
  model: 'unet',
  loss: '0.25 ce + 0.75 dml1',
  optimizer: 'sgd(rate: 1e-2)',
  train: '10 epochs',
};

/** What every field takes. */
export const experimentTakes: Readonly<Record<string, Takes>> = takesOf(fields);

export const fieldNames: readonly string[] = Object.keys(fields);

function foldOf(written: Written): Experiment['fold'] | undefined {
  const resolved = resolve(written);
  if (resolved !== 'broken' && wordOf(resolved.expression) === 'all') return 'all';
  return wholeNumbersOf(written);
}

function durationOf(written: Written): Quantity | undefined {
  const value = readValue({ kind: 'quantity', dimension: 'duration' }, written) as Quantity | undefined;
  return value && value.value > 0 ? value : undefined;
}

function readPrecision(written: Written, context: Context): typeof precision | undefined {
  const resolved = resolve(written);
  if (resolved === 'broken') return undefined;
  if (wordOf(resolved.expression) === precision) return precision;
  const { span } = written.expression;
  const fix = replacing(`Write \`${precision}\``, span, precision);
  context.report(messages.at(span, 'DML1306', { precision, found: describe(written) }, { fix }));
  return undefined;
}

function batchOf(written: Written): number | undefined {
  return readValue({ kind: 'number', integer: true, minimum: 1 }, written) as number | undefined;
}
