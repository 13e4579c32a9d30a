import { canonicalForm, type Plain, type PlainRecord, useForm } from '../canonical/form.ts';
import {
  chainText,
  labelsText,
  measuresText,
  mixText,
  optionText,
  plainText,
  useText,
} from '../canonical/text.ts';
import type { Experiment, Use } from '../experiment.ts';
import { addedTerms, normalForm } from '../identity.ts';
import type { Family, Registry } from '../registry.ts';

/** One difference in meaning between two experiments. */
export interface Change {
  /** As in `--set`: `model.width`, `labels.smooth.epsilon`. */
  readonly path: string;
  /** As the language writes it; `none` for what is not there. */
  readonly before: string;
  readonly after: string;
  /** What has to be done again for finished runs: train, measure, or nothing. */
  readonly effect: 'training' | 'evaluation' | 'none';
}

/**
 * What differs between two experiments, in the order of the fields. Names and doc comments mean nothing. There is a
 * change with the effect `training` if and only if the training hashes differ.
 */
export function diff(before: Experiment, after: Experiment, registry: Registry): readonly Change[] {
  const [from, to] = [normalForm(before), normalForm(after)];
  return fields.flatMap(({ name, effect, changes }) => {
    if (same(from[name], to[name])) return [];
    return changes(before, after, registry).map((change) => ({ ...change, effect }));
  });
}

type Difference = Omit<Change, 'effect'>;

interface FieldDiff {
  readonly name: string;
  readonly effect: Change['effect'];
  /** Called for two experiments whose normal forms of this field differ. */
  readonly changes: (before: Experiment, after: Experiment, registry: Registry) => readonly Difference[];
}

/** A field that is compared as a whole. */
const whole = (name: string, effect: Change['effect'] = 'training'): FieldDiff => ({
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
  effect: 'none',
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
  effect: Change['effect'] = 'training',
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

const fields: readonly FieldDiff[] = [
  { name: 'data', effect: 'training', changes: dataChanges },
  whole('fold', 'none'),
  whole('crop'),
  components(
    'augment',
    'transform',
    (experiment) => experiment.augment,
    (experiment, registry) => chainText(experiment.augment, 'transform', '|>', registry),
  ),
  components(
    'labels',
    'label',
    // The root is no component, but where it differs the whole source does.
    ({ labels }) => [{ name: JSON.stringify(labels.root), options: {}, span: labels.span }, ...labels.steps],
    (experiment, registry) => labelsText(experiment.labels, registry),
  ),
  components(
    'model',
    'model',
    (experiment) => [experiment.model],
    (experiment, registry) => useText(experiment.model, 'model', registry),
  ),
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
  whole('seed', 'none'),
  whole('checkpoint'),
  { name: 'evaluate', effect: 'evaluation', changes: evaluateChanges },
  whole('predict', 'evaluation'),
  expectations,
];

function dataChanges(before: Experiment, after: Experiment, registry: Registry): readonly Difference[] {
  const forms = [before, after].map((experiment) => canonicalForm(experiment).data as PlainRecord);
  const [from, to] = forms as [PlainRecord, PlainRecord];
  return ['source', 'classes', 'ignore', 'size', 'window', 'folds'].flatMap((name) => {
    if (same(from[name], to[name])) return [];
    const path = `data.${name}`;
    if (name !== 'source' && name !== 'folds')
      return [{ path, before: fieldText(from[name]), after: fieldText(to[name]) }];
    const options = optionChanges([before.data[name]], [after.data[name]], {
      path: () => path,
      family: name,
      registry,
    });
    const text = ({ data }: Experiment) => useText(data[name], name, registry);
    return options.length > 0 ? options : [{ path, before: text(before), after: text(after) }];
  });
}

/** Options alone if terms, weights, targets and heads are equal, else both mixes. */
function lossChanges(before: Experiment, after: Experiment, registry: Registry): readonly Difference[] {
  const frame = ({ loss }: Experiment) =>
    loss.map(({ weight, loss: { name }, on, at }) => [weight, name, on.root, on.steps.map(useForm), at]);
  const uses = ({ loss }: Experiment) => loss.map((term) => term.loss);
  const options = same(frame(before), frame(after))
    ? optionChanges(uses(before), uses(after), {
        path: (use) => `loss.${use.name}`,
        family: 'loss',
        registry,
      })
    : [];
  const text = (experiment: Experiment) => mixText(addedTerms(experiment), experiment.labels, registry);
  return options.length > 0 ? options : [{ path: 'loss', before: text(before), after: text(after) }];
}

function evaluateChanges(before: Experiment, after: Experiment, registry: Registry): readonly Difference[] {
  const truths = ({ evaluate }: Experiment) => evaluate.map(({ on }) => [on.root, ...on.steps.map(useForm)]);
  const uses = ({ evaluate }: Experiment) => evaluate.map(({ metric }) => metric);
  const options = same(truths(before), truths(after))
    ? optionChanges(uses(before), uses(after), {
        path: (use) => `evaluate.${use.name}`,
        family: 'metric',
        registry,
      })
    : [];
  const text = ({ evaluate }: Experiment) => measuresText(evaluate, registry);
  return options.length > 0 ? options : [{ path: 'evaluate', before: text(before), after: text(after) }];
}

/**
 * Options that differ between the same components in the same order; none if the components are others, or if a path
 * would not say which one is meant.
 */
function optionChanges(
  before: readonly Use[],
  after: readonly Use[],
  { path, family, registry }: Place,
): readonly Difference[] {
  const names = before.map((use) => use.name);
  const isSame = same(
    names,
    after.map((use) => use.name),
  );
  if (!isSame) return [];
  const changed = before.flatMap((use, i) => {
    const other = after[i]!;
    const options = [...new Set([...Object.keys(use.options), ...Object.keys(other.options)])];
    return options.flatMap((option) => {
      const parameter = registry[family][use.name]?.parameters.find((each) => each.name === option);
      const text = ({ options: all }: Use) =>
        all[option] === undefined ? 'none' : optionText(all[option], parameter);
      const difference = { path: `${path(use)}.${option}`, before: text(use), after: text(other) };
      return difference.before === difference.after ? [] : [{ use, difference }];
    });
  });
  const isClear = changed.every(({ use }) => names.filter((name) => name === use.name).length === 1);
  return isClear ? changed.map(({ difference }) => difference) : [];
}

/** How the options of a component are called, and where they are described. */
interface Place {
  readonly path: (use: Use) => string;
  readonly family: Family;
  readonly registry: Registry;
}

/** Equal, order included: that of classes is the order of the outputs. */
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** A field of the canonical form; what is empty or absent is `none`. */
const fieldText = (value: Plain | undefined): string =>
  value === undefined || (Array.isArray(value) && value.length === 0) ? 'none' : plainText(value);
