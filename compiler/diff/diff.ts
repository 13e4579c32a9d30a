import { canonicalForm } from '../canonical/form.ts';
import { fieldOf } from '../canonical/source-form.ts';
import { chainText, checkpointText, measuresText, mixText, plainText, useText } from '../canonical/text.ts';
import type { Plain } from '../canonical/value-form.ts';
import { meaningOf } from '../check/meaning.ts';
import type { Experiment, LabelSource, Term, Use } from '../experiment.ts';
import { addedTerms, chosenMeasures, normalForm } from '../identity.ts';
import type { Family, Registry } from '../registry.ts';
import { dataChanges, testChanges } from './data-changes.ts';
import { type Change, type Difference, type Effect, optionChanges } from './option-changes.ts';
import { sourceChanges } from './source-changes.ts';
import { startChanges } from './start-changes.ts';

export { type Change, type Effect, retrains } from './option-changes.ts';

/**
 * What differs between two experiments, in the order of the fields. Names and doc comments mean nothing. There is a
 * change that retrains if and only if the training hashes differ.
 */
export function diff(before: Experiment, after: Experiment, registry: Registry): readonly Change[] {
  const [from, to] = [normalForm(before), normalForm(after)];
  return fields.flatMap(({ name, effect, changes }) => {
    if (same(from[name], to[name])) return [];
    // What is only measured with another network's predictions keeps its own weights, whatever happens to that one.
    const own = (change: Difference) => (effect === 'training' ? change.effect : undefined);
    return changes(before, after, registry).map((change) => ({ ...change, effect: own(change) ?? effect }));
  });
}

interface FieldDiff {
  readonly name: string;
  readonly effect: Effect;
  /** Called for two experiments whose normal forms of this field differ. */
  readonly changes: (before: Experiment, after: Experiment, registry: Registry) => readonly Difference[];
}

/** A field that is compared as a whole. */
const whole = (name: string, effect: Effect = 'training'): FieldDiff => ({
  name,
  effect,
  changes(before, after) {
    const text = (experiment: Experiment) => fieldText(canonicalForm(experiment)[name]);
    return [{ path: name, before: text(before), after: text(after) }];
  },
});

/** Claims, separated by commas as in the file. */
const expectations: FieldDiff = {
  name: 'expect',
  effect: 'report',
  changes(before, after) {
    const text = (experiment: Experiment) =>
      (canonicalForm(experiment).expect as string[]).join(', ') || 'none';
    return [{ path: 'expect', before: text(before), after: text(after) }];
  },
};

/** A field of components: options of the same ones are compared one by one, other ones are shown as a whole. */
const components = (
  name: string,
  family: Family,
  uses: (experiment: Experiment) => readonly Use[],
  text: (experiment: Experiment, registry: Registry) => string,
  effect: Effect = 'training',
): FieldDiff => ({
  name,
  effect,
  changes(before, after, registry) {
    const single = family === 'model' || family === 'optimizer';
    const path = (use: Use) => (single ? name : `${name}.${use.name}`);
    const options = optionChanges(uses(before), uses(after), { path, family, registry });
    return options.length > 0
      ? options
      : [{ path: name, before: text(before, registry), after: text(after, registry) }];
  },
});

/** A label source of a field. */
const source = (name: string, of: (experiment: Experiment) => LabelSource | undefined): FieldDiff => ({
  name,
  effect: 'training',
  changes: (before, after, registry) => sourceChanges(name, [of(before), of(after)], diff, registry),
});

const fields: readonly FieldDiff[] = [
  { name: 'data', effect: 'training', changes: dataChanges },
  whole('fold', 'runs'),
  whole('crop'),
  components(
    'augment',
    'transform',
    (experiment) => experiment.augment,
    (experiment, registry) => chainText(experiment.augment, 'transform', '|>', registry),
  ),
  source('labels', ({ labels }) => labels),
  source('teacher', ({ teacher }) => teacher),
  components(
    'model',
    'model',
    (experiment) => [experiment.model],
    (experiment, registry) => useText(experiment.model, 'model', registry),
  ),
  {
    name: 'start',
    effect: 'training',
    changes: (before, after, registry) => startChanges([before.start, after.start], diff, registry),
  },
  { name: 'loss', effect: 'training', changes: lossChanges },
  components(
    'optimizer',
    'optimizer',
    (experiment) => [experiment.optimizer],
    (experiment, registry) => useText(experiment.optimizer, 'optimizer', registry),
  ),
  components(
    'schedule',
    'schedule',
    (experiment) => experiment.schedule,
    (experiment, registry) => chainText(experiment.schedule, 'schedule', 'then', registry),
  ),
  whole('train'),
  whole('batch'),
  whole('seed', 'runs'),
  { name: 'checkpoint', effect: 'training', changes: checkpointChanges },
  { name: 'evaluate', effect: 'evaluation', changes: evaluateChanges },
  { name: 'test', effect: 'evaluation', changes: testChanges },
  components(
    'predict',
    'prediction',
    (experiment) => experiment.predict,
    (experiment, registry) => chainText(experiment.predict, 'prediction', '|>', registry),
    'evaluation',
  ),
  expectations,
];

/** Options alone if terms, weights, targets and heads are equal, else both mixes. */
function lossChanges(before: Experiment, after: Experiment, registry: Registry): readonly Difference[] {
  const frame = (experiment: Experiment) =>
    experiment.loss.map((term) => [term.weight, term.loss.name, targetKey(term, experiment), term.at]);
  const parts = ({ loss }: Experiment) => loss.map((term) => ({ use: term.loss, on: term.on }));
  const text = (experiment: Experiment) => mixText(addedTerms(experiment), experiment, registry);
  const isSame = same(frame(before), frame(after));
  return measuredChanges(
    'loss',
    [parts(before), parts(after)],
    isSame,
    [text(before), text(after)],
    registry,
  );
}

function evaluateChanges(before: Experiment, after: Experiment, registry: Registry): readonly Difference[] {
  const truths = ({ evaluate }: Experiment) => evaluate.map(({ on }) => meaningOf(on));
  const parts = ({ evaluate }: Experiment) => evaluate.map(({ metric, on }) => ({ use: metric, on }));
  const text = ({ evaluate }: Experiment) => measuresText(evaluate, registry);
  const isSame = same(truths(before), truths(after));
  return measuredChanges(
    'evaluate',
    [parts(before), parts(after)],
    isSame,
    [text(before), text(after)],
    registry,
  );
}

/** Where the same is written, what decides the best weights is another: how cases are measured or predicted. */
function checkpointChanges(before: Experiment, after: Experiment, registry: Registry): readonly Difference[] {
  const text = ({ checkpoint }: Experiment) => checkpointText(checkpoint);
  if (text(before) !== text(after)) return [{ path: 'checkpoint', before: text(before), after: text(after) }];
  const { checkpoint } = after;
  if (checkpoint === 'last') return [];
  const chosen = (experiment: Experiment) => ({
    ...experiment,
    evaluate: chosenMeasures(experiment, checkpoint.metric),
  });
  return fields
    .filter(({ name }) => name === 'evaluate' || name === 'predict')
    .flatMap(({ name, changes }) => {
      const [from, to] = [chosen(before), chosen(after)];
      return same(normalForm(from)[name], normalForm(to)[name]) ? [] : changes(from, to, registry);
    })
    .map((change) => ({ ...change, path: `checkpoint.${change.path}` }));
}

interface Measured {
  readonly use: Use;
  readonly on: LabelSource;
}

/** What differs in losses or metrics and in what they are measured on; `isSame`: nothing does but options. */
function measuredChanges(
  path: 'loss' | 'evaluate',
  [from, to]: readonly [readonly Measured[], readonly Measured[]],
  isSame: boolean,
  [before, after]: readonly [string, string],
  registry: Registry,
): readonly Difference[] {
  const place = {
    path: (use: Use) => `${path}.${use.name}`,
    family: path === 'loss' ? 'loss' : 'metric',
    registry,
  } as const;
  const [uses, others] = [from.map(({ use }) => use), to.map(({ use }) => use)];
  const options = isSame ? optionChanges(uses, others, place) : [];
  if (options.length > 0) return options;
  // Written alike, and yet not equal: the teachers of one name are others.
  const inside = from.flatMap(({ use, on }, i) =>
    before === after && to[i] && meaningOf(on) !== meaningOf(to[i].on)
      ? sourceChanges(`${path}.${use.name}.on`, [on, to[i].on], diff, registry)
      : [],
  );
  return inside.length > 0 ? inside : [{ path, before, after }];
}

/** A target that is a field of the experiment is equal where its name is: what differs in it is said there. */
function targetKey({ on, at }: Term, experiment: Experiment): string {
  const field = fieldOf(on, at, experiment);
  return meaningOf(field ? [field.name, on.steps.slice(field.steps)] : on);
}

/** Equal, order included: that of classes is the order of the outputs. */
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** A field of the canonical form; what is empty or absent is `none`. */
const fieldText = (value: Plain | undefined): string =>
  value === undefined || (Array.isArray(value) && value.length === 0) ? 'none' : plainText(value);
