import type { Span } from '../../grammar/source.ts';
import type { Block, Identifier } from '../../grammar/syntax.ts';
import type { DataSet, Experiment, Measure, Start, Use } from '../experiment.ts';
import type { Family } from '../registry.ts';
import { canFindBest } from './checkpoint.ts';
import { areComplete, defaultUse } from './component.ts';
import type { Context } from './context.ts';
import { areCounted } from './counts.ts';
import { areMeasured, haveIntervals, scoreNamed } from './expect.ts';
import { type Draft, fieldNames, fields, required } from './experiment-fields.ts';
import { misspelt, readFields, reportMissing } from './fields.ts';
import { headsOf } from './heads.ts';
import { usualMeasures } from './measures.ts';
import { messages } from './messages.ts';
import { distilledWithin, isFrom, type PendingSource, stepsWithin } from './pending.ts';
import { usualPrediction } from './prediction.ts';
import type { Settings } from './settings.ts';
import { type Ground, settle } from './settle.ts';
import { areCertain, areStepsBorne } from './softness.ts';
import { settleStart } from './start-fit.ts';
import { isTeacher, usualPick } from './teachers.ts';
import { areHeads, areTermsBorne, isPositive, settleTerms } from './terms.ts';
import { areTests, settleTests, type Tested } from './tests.ts';

export const readDraft = (settings: Settings, context: Context) => readFields(fields, settings, context);

/** Settings of an experiment or of an arm made whole: defaults, what fields say about one another, required options. */
export function assemble(
  { name, doc }: Pick<Block, 'name' | 'doc'>,
  settings: Settings,
  context: Context,
): Experiment | undefined {
  const { draft, isWhole } = readDraft(settings, context);
  reportMissing('experiment', name, { known: fieldNames, required }, settings, context);
  // What a misspelt field was to say is not known, so nothing is said about what would follow from it.
  const meant = misspelt(fieldNames, settings);
  const start = startOf(draft, name, meant, context);
  const checks = [
    isWhole,
    meant.size === 0,
    areAllComplete(draft, context),
    !draft.loss || isPositive(draft.loss, context),
    hasHeads(draft, context),
    meant.has('teacher') || hasTeacher(draft, settings, context),
    areTests(draft.test ?? [], testedBy(draft, name, settings, context), context),
    ['test', 'fold'].some((field) => meant.has(field)) || claimsAreMeasured(draft, settings, context),
    meant.has('evaluate') || hasBest(draft, settings, context),
    ['fold', 'seed'].some((field) => meant.has(field)) || claimsHaveIntervals(draft, settings, context),
    ['data', 'fold', 'seed'].some((field) => meant.has(field)) || hasFitTeachers(draft, name, context),
    hasRightCounts(draft, context),
  ];
  const { data, labels: source, model, loss, optimizer, train } = draft;
  if (!checks.every(Boolean) || !data || !source || !model || !start || !loss || !optimizer || !train)
    return undefined;

  const { fold = [0], seed = [0] } = draft;
  const ground = groundOf(draft, data, seed);
  const at = (on: PendingSource, head: string) => settle(on, { ...ground, head }, context.registry);
  const labels = at(source, 'main');
  const teacher = ground.teacher && at(ground.teacher, 'main');
  const terms = settleTerms(loss, (on, head) => at(on ?? source, head));
  const measures = draft.evaluate ?? usualMeasures(labels.soft, name.span, context);
  const evaluate: readonly Measure[] = measures.map(({ metric, on, span }) => ({
    metric,
    on: at(on, 'main'),
    span,
  }));
  const isBorne = [
    areTermsBorne(terms, ground.storedSoft, context),
    !teacher || areStepsBorne(teacher, ground.storedSoft, context),
    ...evaluate.map(({ on }) => areStepsBorne(on, ground.storedSoft, context)),
    ...evaluate.map(({ on }) => areCertain(on, 'what scores are measured on', context)),
    !teacher || areCertain(teacher, 'a teacher', context),
  ];
  const { test: tests = [], expect = [] } = draft;
  const test = settleTests(tests, measures, ground, context);
  if (!isBorne.every(Boolean) || !test) return undefined;
  const names = tests.map(({ data: { name: tested } }) => tested);
  return {
    name: name.text,
    doc,
    data,
    fold,
    crop: draft.crop ?? 'whole',
    augment: draft.augment ?? [],
    labels,
    teacher,
    model,
    start,
    loss: terms,
    optimizer,
    schedule: draft.schedule?.length ? draft.schedule : usualSchedule(name.span, context),
    train,
    batch: draft.batch ?? 1,
    seed,
    checkpoint: draft.checkpoint ?? 'last',
    evaluate,
    test,
    predict: draft.predict ?? usualPrediction(name.span, context),
    expect: expect.map(({ place: _, path, ...claim }) => ({ ...claim, ...scoreNamed(path, names) })),
    span: name.span,
  };
}

const teacherOf = ({ teacher }: Partial<Draft>) => (teacher === 'none' ? undefined : teacher);

const groundOf = (draft: Partial<Draft>, data: DataSet, seed: Experiment['seed']): Ground => ({
  storedSoft: data.source.options.soft === true,
  labels: draft.labels,
  teacher: teacherOf(draft),
  pick: (distilled) => usualPick(distilled, { seed }),
});

const usualSchedule = (span: Span, context: Context): readonly Use[] => {
  const constant = defaultUse('schedule', 'constant', span, context);
  return constant ? [constant] : [];
};

/** Every label source that an experiment writes, those behind `on` among them. */
const sourcesOf = (draft: Partial<Draft>): readonly PendingSource[] =>
  [
    draft.labels,
    teacherOf(draft),
    ...(draft.loss ?? []).map(({ on }) => on),
    ...(draft.evaluate ?? []).map(({ on }) => on),
  ].filter((source) => source !== undefined);

/** Its components by family, as far as they are known. */
const usesOf = (draft: Partial<Draft>): readonly (readonly [Family, readonly Use[]])[] => [
  ['transform', draft.augment ?? []],
  ['label', sourcesOf(draft).flatMap(stepsWithin)],
  ['model', draft.model ? [draft.model] : []],
  ['loss', draft.loss?.map((term) => term.loss) ?? []],
  ['optimizer', draft.optimizer ? [draft.optimizer] : []],
  ['schedule', draft.schedule ?? []],
  ['metric', draft.evaluate?.map((measure) => measure.metric) ?? []],
  ['prediction', draft.predict ?? []],
];

/** Options that must be given may come from a path, so only what stands at the end is asked for them. */
const areAllComplete = (draft: Partial<Draft>, context: Context): boolean =>
  usesOf(draft)
    .map(([family, uses]) => areComplete(family, uses, context))
    .every(Boolean);

function hasRightCounts(draft: Partial<Draft>, context: Context): boolean {
  const { data } = draft;
  if (!data) return true;
  return usesOf(draft)
    .map(([family, uses]) => areCounted(family, uses, data, context))
    .every(Boolean);
}

/** Whether the model has the heads that the terms look at, as far as both are known. */
function hasHeads({ loss, model }: Partial<Draft>, context: Context): boolean {
  if (!loss || !model) return true;
  return areHeads(loss, `\`${model.name}\``, headsOf(model, context.registry), context);
}

/** Whether there is a teacher where something is measured on it. One that is given and wrong has been reported. */
function hasTeacher(draft: Partial<Draft>, settings: Settings, { report }: Context): boolean {
  const isThere = draft.teacher !== undefined || settings.get('teacher')?.whole;
  if (isThere && draft.teacher !== 'none') return true;
  const lost = sourcesOf(draft).filter((source) => isFrom('teacher', source));
  for (const { span } of lost) report(messages.at(span, 'DML1337', {}));
  return lost.length === 0;
}

/** Whether the experiments that this one learns from can teach it, and have the heads that its terms ask for. */
function hasFitTeachers(draft: Partial<Draft>, name: Identifier, context: Context): boolean {
  const { data, loss = [], fold = [0], seed = [0], labels } = draft;
  if (!data) return true;
  const fields = { labels, teacher: teacherOf(draft) };
  const student = { name: name.text, data, fold, seed };
  const teachers = new Set(sourcesOf(draft).flatMap((source) => distilledWithin(source, fields)));
  const isFit = [...teachers].map((teacher) => isTeacher(teacher, student, context));
  const hasAsked = loss.flatMap((term) => {
    const source = term.on ?? labels;
    return (source ? distilledWithin(source, fields) : []).map(({ experiment, head, span }) => {
      const asked = head === undefined ? term.at : { text: head, span };
      const owner = `The teacher \`${experiment.name}\``;
      const heads = headsOf(experiment.model, context.registry);
      const help = `Its heads: ${heads.join(', ')}. \`distill(${experiment.name}, head: main)\` takes one for all terms.`;
      return !asked || areHeads([{ at: asked }], owner, heads, context, help);
    });
  });
  return [...isFit, ...hasAsked].every(Boolean);
}

/** Whether there are several runs where `expect` asks for their interval, as far as that is known. */
function claimsHaveIntervals(
  { expect = [], fold, seed }: Partial<Draft>,
  settings: Settings,
  context: Context,
): boolean {
  const isKnown =
    (fold ?? settings.get('fold') === undefined) && (seed ?? settings.get('seed') === undefined);
  return !isKnown || haveIntervals(expect, { fold: fold ?? [0], seed: seed ?? [0] }, context);
}

/** Where it begins, as far as it is known what begins there. */
function startOf(
  { start = 'random', data, model, fold = [0], seed = [0] }: Partial<Draft>,
  name: Identifier,
  meant: ReadonlySet<string>,
  context: Context,
): Start | undefined {
  const isUnknown = ['data', 'model', 'fold', 'seed'].some((field) => meant.has(field));
  if (!data || !model || isUnknown) return undefined;
  return settleStart(start, { name: name.text, data, fold, seed, model }, context);
}

/** What is measured, as far as that is known. */
function measuresOf({ data, labels, ...draft }: Partial<Draft>, settings: Settings, context: Context) {
  if (draft.evaluate) return draft.evaluate;
  if (settings.get('evaluate')?.whole || !labels || !data) return undefined;
  const { soft } = settle(labels, groundOf({ ...draft, labels }, data, [0]), context.registry);
  return usualMeasures(soft, labels.span, context);
}

/** Whether `expect` speaks of what `evaluate` measures. */
function claimsAreMeasured(draft: Partial<Draft>, settings: Settings, context: Context): boolean {
  if (!draft.expect || draft.expect.length === 0) return true;
  const measures = measuresOf(draft, settings, context);
  const isKnown = (field: 'test' | 'fold') => draft[field] !== undefined || settings.get(field) === undefined;
  if (measures === undefined || !isKnown('test') || !isKnown('fold')) return true;
  const tests = (draft.test ?? []).map(({ data }) => data.name);
  return areMeasured(draft.expect, { measures, tests, fold: draft.fold ?? [0] }, context);
}

/** What is tested, as far as that is known. */
function testedBy(draft: Partial<Draft>, { text }: Identifier, settings: Settings, context: Context): Tested {
  const { data, crop = 'whole', predict } = draft;
  const isKnown = (['crop', 'predict'] as const).every((field) => draft[field] || !settings.has(field));
  return {
    name: text,
    measured: measuresOf(draft, settings, context)?.length,
    ...(data ? { data } : {}),
    ...(isKnown ? { sight: { crop, predict } } : {}),
  };
}

/** Whether there is a best checkpoint to be found, where one is asked for. */
function hasBest(draft: Partial<Draft>, settings: Settings, context: Context): boolean {
  const { checkpoint = 'last', fold, train } = draft;
  if (checkpoint === 'last') return true;
  const fields = { ...(fold ? { fold } : {}), ...(train ? { train } : {}) };
  return canFindBest({ ...fields, checkpoint, measures: measuresOf(draft, settings, context) }, context);
}
