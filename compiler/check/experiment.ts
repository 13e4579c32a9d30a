import type { Span } from '../../grammar/source.ts';
import type { Block, Identifier } from '../../grammar/syntax.ts';
import type { Experiment, LabelSource, Measure, Term, Use } from '../experiment.ts';
import type { Family } from '../registry.ts';
import { defaultUse, isComplete } from './component.ts';
import type { Context } from './context.ts';
import { areMeasured } from './expect.ts';
import { type Draft, fieldNames, fields, later, required } from './experiment-fields.ts';
import { readFields, reportLater, reportMissing, reportUnknown } from './fields.ts';
import { withStoredMask } from './labels.ts';
import { usualMeasures } from './measures.ts';
import { messages } from './messages.ts';
import type { PendingTerm, Target } from './mix.ts';
import type { Scope } from './scope.ts';
import { layer, type Setting, type Settings, settingsOf, settingsWithin } from './settings.ts';

/** A protocol never runs: what it gives is checked, what it leaves open is not. */
export function checkProtocol(block: Block, scope: Scope, context: Context): void {
  const settings = ownSettings('protocol', block, scope, context);
  const claim = settings?.get('expect')?.whole;
  if (claim) context.report(messages.at(claim.span, 'DML1228', {}));
  if (settings) readDraft(settings, context);
}

/**
 * An experiment with everything that it extends, and with what the command line sets on top; `undefined` once
 * reported.
 */
export function readExperiment(
  block: Block,
  scope: Scope,
  overrides: readonly Setting[],
  context: Context,
): Experiment | undefined {
  const settings = ownSettings('experiment', block, scope, context);
  const head = { name: block.name, doc: block.doc };
  return settings && assemble(head, layer(settings, overrides, context), context);
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
  const checks = [
    isWhole,
    areComplete(draft, context),
    !draft.loss || isPositive(draft.loss, context),
    !draft.loss || !draft.model || areHeads(draft.loss, draft.model, context),
    claimsAreMeasured(draft, settings, context),
  ];
  const { data, model, loss, optimizer, train } = draft;
  if (!checks.every(Boolean) || !data || !draft.labels || !model || !loss || !optimizer || !train)
    return undefined;

  const storedSoft = data.source.options.soft === true;
  const settle = (source: LabelSource) => withStoredMask(source, storedSoft, context);
  const labels = settle(draft.labels);
  const targetOf = (on: Target | undefined) => (on === undefined || on === 'labels' ? labels : settle(on));
  const terms: readonly Term[] = loss.map(({ weight, loss: measure, on, at, span }) => ({
    weight,
    loss: measure,
    on: targetOf(on),
    at: at?.text ?? 'main',
    span,
  }));
  const evaluate: readonly Measure[] =
    draft.evaluate?.map((measure) => ({ ...measure, on: targetOf(measure.on) })) ??
    usualMeasures(labels, name.span, context);
  const schedule = draft.schedule?.length ? draft.schedule : usualSchedule(name.span, context);
  return {
    name: name.text,
    doc,
    data,
    fold: draft.fold ?? [0],
    crop: draft.crop ?? 'whole',
    augment: draft.augment ?? [],
    labels,
    teacher: undefined,
    model,
    start: 'random',
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

/** Whether the model has the heads that the terms look at. */
function areHeads(terms: readonly PendingTerm[], model: Use, { registry, report }: Context): boolean {
  const heads = (registry.model[model.name]!.tags.heads ?? 'main').split(/[\s,]+/);
  const lost = terms.flatMap(({ at }) => (at && !heads.includes(at.text) ? [at] : []));
  for (const { text, span } of lost)
    report(messages.at(span, 'DML1322', { model: model.name, head: text, heads: heads.join(', ') }));
  return lost.length === 0;
}

function isPositive(terms: readonly PendingTerm[], { report }: Context): boolean {
  if (terms.some(({ weight }) => weight > 0)) return true;
  report(messages.at(terms[0]!.span, 'DML1326', {}));
  return false;
}

/** Whether `expect` speaks of what `evaluate` measures, as far as that is known. */
function claimsAreMeasured(draft: Partial<Draft>, settings: Settings, context: Context): boolean {
  const { expect, labels } = draft;
  if (!expect || expect.length === 0) return true;
  const isUsual = !settings.get('evaluate')?.whole;
  const usual = isUsual && labels ? usualMeasures(labels, labels.span, context) : undefined;
  const measures = draft.evaluate ?? usual;
  return measures === undefined || areMeasured(expect, measures, context);
}
