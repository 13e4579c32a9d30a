import type { Span } from '../../grammar/source.ts';
import type { Block, Identifier } from '../../grammar/syntax.ts';
import type { DataSet, Experiment, Measure, Use } from '../experiment.ts';
import type { Family } from '../registry.ts';
import { areComplete, defaultUse } from './component.ts';
import type { Context } from './context.ts';
import { areMeasured } from './expect.ts';
import { type Draft, fieldNames, fields, later, required } from './experiment-fields.ts';
import { readFields, reportLater, reportMissing, reportUnknown } from './fields.ts';
import { headsOf } from './heads.ts';
import { usualMeasures } from './measures.ts';
import { messages } from './messages.ts';
import { isFrom, type PendingSource, stepsWithin } from './pending.ts';
import type { Scope } from './scope.ts';
import { layer, type Setting, type Settings, settingsOf, settingsWithin } from './settings.ts';
import { settle } from './settle.ts';
import { areHeads, areTermsBorne, isPositive, settleTerms } from './terms.ts';

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
    areAllComplete(draft, context),
    !draft.loss || isPositive(draft.loss, context),
    hasHeads(draft, context),
    hasTeacher(draft, settings, context),
    claimsAreMeasured(draft, settings, context),
  ];
  const { data, model, loss, optimizer, train } = draft;
  if (!checks.every(Boolean) || !data || !draft.labels || !model || !loss || !optimizer || !train)
    return undefined;

  const { registry } = context;
  const storedSoft = areStoredSoft(data);
  const labels = settle(draft.labels, { storedSoft }, registry);
  const targetOf = (on: PendingSource | undefined, head: string) =>
    on === undefined ? labels : settle(on, { storedSoft, labels, head }, registry);
  const terms = settleTerms(loss, targetOf);
  if (!areTermsBorne(terms, storedSoft, context)) return undefined;
  const measures = draft.evaluate ?? usualMeasures(labels.soft, name.span, context);
  const evaluate: readonly Measure[] = measures.map((measure) => ({
    ...measure,
    on: targetOf(measure.on, 'main'),
  }));
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

/** Whether the files hold shares of the foreground in place of classes. */
const areStoredSoft = ({ source }: DataSet): boolean => source.options.soft === true;

const usualSchedule = (span: Span, context: Context): readonly Use[] => {
  const constant = defaultUse('schedule', 'constant', span, context);
  return constant ? [constant] : [];
};

/** Options that must be given may come from a path, so only what stands at the end is asked for them. */
function areAllComplete(draft: Partial<Draft>, context: Context): boolean {
  const targets = [
    draft.labels,
    ...[draft.loss, draft.evaluate].flatMap((list) => list?.map(({ on }) => on)),
  ];
  const uses: readonly (readonly [Family, readonly (Use | undefined)[]])[] = [
    ['transform', draft.augment ?? []],
    ['label', targets.flatMap((source) => (source ? stepsWithin(source) : []))],
    ['model', [draft.model]],
    ['loss', draft.loss?.map((term) => term.loss) ?? []],
    ['optimizer', [draft.optimizer]],
    ['schedule', draft.schedule ?? []],
    ['metric', draft.evaluate?.map((measure) => measure.metric) ?? []],
  ];
  const checked = uses.map(([family, members]) =>
    areComplete(
      family,
      members.filter((use) => use !== undefined),
      context,
    ),
  );
  return checked.every(Boolean);
}

/** Whether there is a teacher where something is measured on it. */
function hasTeacher({ loss, evaluate }: Partial<Draft>, settings: Settings, { report }: Context): boolean {
  if (settings.get('teacher')?.whole) return true;
  const targets = [loss ?? [], evaluate ?? []].flat().flatMap(({ on }) => on ?? []);
  const lost = targets.filter((target) => isFrom('teacher', target));
  for (const { span } of lost) report(messages.at(span, 'DML1337', {}));
  return lost.length === 0;
}

/** Whether the model has the heads that the terms look at, as far as both are known. */
function hasHeads({ loss, model }: Partial<Draft>, context: Context): boolean {
  if (!loss || !model) return true;
  const heads = headsOf(model, context.registry);
  return areHeads(loss, `\`${model.name}\``, heads, context);
}

/** Whether `expect` speaks of what `evaluate` measures, as far as that is known. */
function claimsAreMeasured(draft: Partial<Draft>, settings: Settings, context: Context): boolean {
  const { expect, labels, data } = draft;
  if (!expect || expect.length === 0) return true;
  const isUsual = !settings.get('evaluate')?.whole;
  const isSoft = labels && data && settle(labels, { storedSoft: areStoredSoft(data) }, context.registry).soft;
  const usual = isUsual && isSoft !== undefined ? usualMeasures(isSoft, labels!.span, context) : undefined;
  const measures = draft.evaluate ?? usual;
  return measures === undefined || areMeasured(expect, measures, context);
}
