import type { Span } from '../../grammar/source.ts';
import type { Block, Identifier } from '../../grammar/syntax.ts';
import type { DataSet, Expectation, Experiment, LabelSource, Measure, Term, Use } from '../experiment.ts';
import type { Family, Quantity } from '../registry.ts';
import { defaultUse, isComplete, readUse, withOption } from './component.ts';
import type { Context } from './context.ts';
import { readDataSet, sizeOf } from './dataset.ts';
import { describe } from './describe.ts';
import { areMeasured, readExpectation } from './expect.ts';
import {
  type Fields,
  one,
  option,
  partOption,
  plain,
  readFields,
  reportLater,
  reportMissing,
  reportUnknown,
  several,
} from './fields.ts';
import { readLabels, withLabelOption, withStoredMask } from './labels.ts';
import { type PendingMeasure, readMeasures, usualMeasures, withMeasureOption } from './measures.ts';
import { messages } from './messages.ts';
import { type PendingTerm, readMix, type Target, withTermOption } from './mix.ts';
import { readChain, withPart } from './pipeline.ts';
import { resolve, type Scope, type Written } from './scope.ts';
import { referredBlock, type Settings, settingsOf, settingsWithin } from './settings.ts';
import { readValue, wholeNumbersOf, wordOf } from './values.ts';

/** Fields of an experiment as they are read one by one; what depends on another field is still open. */
export interface Draft {
  readonly data: DataSet;
  readonly fold: Experiment['fold'];
  readonly crop: Experiment['crop'];
  readonly augment: readonly Use[];
  readonly labels: LabelSource;
  readonly model: Use;
  readonly loss: readonly PendingTerm[];
  readonly optimizer: Use;
  /** Empty where it is left to the default. */
  readonly schedule: readonly Use[];
  readonly train: Quantity | 'none';
  readonly batch: number;
  readonly seed: readonly number[];
  readonly evaluate: readonly PendingMeasure[];
  readonly expect: readonly Expectation[];
}

const single = (family: Family) => ({
  read: one((written, context) => readUse(family, written, context)),
  part: option((use: Use, name, written, context) => withOption(family, use, name, written, context)),
});

export const fields: Fields<Draft> = {
  data: { read: one(readData) },
  fold: { read: plain('a number, a range, `all` or `none`', foldOf, ['all', 'none']), off: 'none' },
  crop: { read: plain('a size of two whole numbers such as `64 x 64`', sizeOf, ['none']), off: 'whole' },
  augment: {
    read: one((written, context) => readChain('transform', 'pipeline', written, context)),
    part: partOption((uses, path, written, context) =>
      withPart('transform', 'augment', uses, path, written, context),
    ),
    off: [],
  },
  labels: {
    read: one(readLabels),
    part: partOption((source, path, written, context) =>
      withLabelOption('labels', source, path, written, context),
    ),
  },
  model: single('model'),
  loss: { read: one(readMix), part: partOption(withTermOption) },
  optimizer: single('optimizer'),
  schedule: {
    read: one((written, context) => readChain('schedule', 'sequence', written, context)),
    part: partOption((uses, path, written, context) =>
      withPart('schedule', 'schedule', uses, path, written, context),
    ),
    off: [],
  },
  train: { read: plain('a duration such as `10 epochs` or `500 steps`', durationOf, ['none']), off: 'none' },
  batch: { read: plain('a whole number, at least 1', batchOf) },
  seed: { read: plain('a whole number, a range such as `0 .. 2`, or a list', wholeNumbersOf) },
  evaluate: { read: several(readMeasures), part: partOption(withMeasureOption), off: [] },
  expect: {
    read: several((written, context) => {
      const expectation = readExpectation(written, context);
      return expectation && [expectation];
    }),
    off: [],
  },
};

/** Fields of the language that this version reads only as they are by default. */
export const later: Readonly<Record<string, string>> = {
  teacher: 'none',
  start: 'random',
  precision: 'float32',
  checkpoint: 'last',
  predict: 'center',
  test: 'none',
};

/** Fields without a default, each with an example. */
const required = {
  data: 'a data set',
  labels: 'raters |> average',
  model: 'unet',
  loss: '0.25 ce + 0.75 dml1',
  optimizer: 'sgd(rate: 1e-2)',
  train: '10 epochs',
};

export const fieldNames: readonly string[] = [...Object.keys(fields), ...Object.keys(later)];

/** A protocol never runs: what it gives is checked, what it leaves open is not. */
export function checkProtocol(block: Block, scope: Scope, context: Context): void {
  const settings = ownSettings('protocol', block, scope, context);
  const claim = settings?.get('expect')?.whole;
  if (claim) context.report(messages.at(claim.span, 'DML1228', {}));
  if (settings) readDraft(settings, context);
}

/** An experiment with everything that it extends; `undefined` once reported. */
export function readExperiment(block: Block, scope: Scope, context: Context): Experiment | undefined {
  const settings = ownSettings('experiment', block, scope, context);
  return settings && assemble({ name: block.name, doc: block.doc }, settings, context);
}

function ownSettings(keyword: string, block: Block, scope: Scope, context: Context): Settings | undefined {
  const own = settingsWithin(block.statements, scope);
  reportUnknown(keyword, fieldNames, own, context);
  return settingsOf(block, scope, context);
}

function readDraft(settings: Settings, context: Context) {
  for (const [name, accepted] of Object.entries(later))
    reportLater(name, accepted, settings.get(name), context);
  return readFields(fields, settings, context);
}

/** Settings of an experiment or of an arm made whole: defaults, what fields say about one another, required options. */
export function assemble(
  { name, doc }: { readonly name: Identifier; readonly doc: string | undefined },
  settings: Settings,
  context: Context,
): Experiment | undefined {
  const { draft, isWhole } = readDraft(settings, context);
  reportMissing('experiment', name, { known: fieldNames, required }, settings, context);
  const complete = areComplete(draft, context);
  const { data, model, loss, optimizer, train } = draft;
  if (!data || !draft.labels || !model || !loss || !optimizer || !train) return undefined;

  const storedSoft = data.source.options.soft === true;
  const settle = (source: LabelSource) => withStoredMask(source, storedSoft, context);
  const labels = settle(draft.labels);
  const targetOf = (on: Target | undefined) => (on === undefined || on === 'labels' ? labels : settle(on));
  const terms = termsOf(loss, targetOf, model, context);
  const evaluate: readonly Measure[] =
    draft.evaluate?.map((measure) => ({ ...measure, on: targetOf(measure.on) })) ??
    usualMeasures(labels, name.span, context).map((measure) => ({ ...measure, on: settle(measure.on) }));
  const measured = areMeasured(draft.expect ?? [], evaluate, context);
  const schedule = draft.schedule?.length ? draft.schedule : usualSchedule(name.span, context);
  if (!isWhole || !complete || !terms || !measured) return undefined;
  return {
    name: name.text,
    doc,
    data,
    fold: draft.fold ?? [0],
    crop: draft.crop ?? 'whole',
    augment: draft.augment ?? [],
    labels,
    model,
    loss: terms,
    optimizer,
    schedule,
    train,
    batch: draft.batch ?? 1,
    seed: draft.seed ?? [0],
    checkpoint: 'last',
    evaluate,
    predict: 'center',
    expect: draft.expect ?? [],
    span: name.span,
  };
}

const usualSchedule = (span: Span, context: Context): readonly Use[] => {
  const constant = defaultUse('schedule', 'constant', span, context);
  return constant ? [constant] : [];
};

/** Options that must be given may come from a path, so only what stands at the end is asked for them. */
function areComplete(draft: Partial<Draft>, context: Context): boolean {
  const uses: readonly (readonly [Family, readonly (Use | undefined)[]])[] = [
    ['transform', draft.augment ?? []],
    [
      'label',
      [
        draft.labels,
        ...[draft.loss, draft.evaluate].flatMap((list) => list?.map((each) => each.on) ?? []),
      ].flatMap((source) => (source === undefined || source === 'labels' ? [] : source.steps)),
    ],
    ['model', [draft.model]],
    ['loss', draft.loss?.map((term) => term.loss) ?? []],
    ['optimizer', [draft.optimizer]],
    ['schedule', draft.schedule ?? []],
    ['metric', draft.evaluate?.map((measure) => measure.metric) ?? []],
  ];
  const checked = uses.flatMap(([family, members]) =>
    members.map((use) => use === undefined || isComplete(family, use, context)),
  );
  return checked.every(Boolean);
}

function termsOf(
  pending: readonly PendingTerm[],
  targetOf: (on: Target | undefined) => LabelSource,
  model: Use,
  context: Context,
): readonly Term[] | undefined {
  const heads = (context.registry.model[model.name]!.tags.heads ?? 'main').split(/[\s,]+/);
  const lost = pending.filter(({ at }) => at !== undefined && !heads.includes(at.text));
  for (const { at } of lost) {
    const values = { model: model.name, head: at!.text, heads: heads.join(', ') };
    context.report(messages.at(at!.span, 'DML1322', values));
  }
  if (lost.length > 0) return undefined;
  if (pending.every(({ weight }) => weight === 0)) {
    context.report(messages.at(pending[0]!.span, 'DML1326', {}));
    return undefined;
  }
  return pending.map(({ weight, loss, on, at, span }) => ({
    weight,
    loss,
    on: targetOf(on),
    at: at?.text ?? 'main',
    span,
  }));
}

function readData(written: Written, context: Context): DataSet | undefined {
  const resolved = resolve(written);
  if (resolved === 'broken') return undefined;
  const { expression, scope } = resolved;
  if (expression.kind !== 'name') {
    const values = { expected: 'the name of a data set', found: describe(resolved) };
    context.report(messages.at(expression.span, 'DML1301', values));
    return undefined;
  }
  const found = referredBlock({ path: expression.path, span: expression.span }, ['dataset'], scope, context);
  return found && readDataSet(found.block, found.scope, context);
}

function foldOf(written: Written): Experiment['fold'] | undefined {
  const resolved = resolve(written);
  if (resolved !== 'broken' && wordOf(resolved.expression) === 'all') return 'all';
  return wholeNumbersOf(written);
}

function durationOf(written: Written): Quantity | undefined {
  const value = readValue({ kind: 'quantity', dimension: 'duration' }, written) as Quantity | undefined;
  return value && value.value > 0 ? value : undefined;
}

function batchOf(written: Written): number | undefined {
  return readValue({ kind: 'number', integer: true, minimum: 1 }, written) as number | undefined;
}
