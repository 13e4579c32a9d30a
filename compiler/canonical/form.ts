import type { DataSet, Experiment, LabelRoot, LabelSource, Term, Use } from '../experiment.ts';
import type { Interval, Mixture, OptionValue, ParameterType, Quantity } from '../registry.ts';

/** What YAML and JSON can hold. */
export type Plain = number | boolean | string | readonly Plain[] | { readonly [key: string]: Plain };
export type PlainRecord = { readonly [key: string]: Plain };

/**
 * An experiment as plain data, its fields in the order of the language, scalars spelt as in the language. It stands
 * alone: data set and label sources are written into it.
 */
export function canonicalForm(experiment: Experiment): PlainRecord {
  const { name, doc, data, labels, loss, evaluate } = experiment;
  return {
    dml: 1,
    experiment: name,
    ...(doc === undefined ? {} : { doc }),
    data: dataForm(data),
    fold: wholeNumbersForm(experiment.fold),
    crop: experiment.crop === 'whole' ? 'none' : sizeForm(experiment.crop),
    augment: experiment.augment.map(useForm),
    labels: labelsForm(labels),
    teacher: experiment.teacher ? labelsForm(experiment.teacher) : 'none',
    model: useForm(experiment.model),
    start: experiment.start,
    loss: loss.map((term) => termForm(term, labels)),
    optimizer: useForm(experiment.optimizer),
    schedule: experiment.schedule.map(useForm),
    train: experiment.train === 'none' ? 'none' : quantityForm(experiment.train),
    batch: experiment.batch,
    seed: wholeNumbersForm(experiment.seed),
    checkpoint: experiment.checkpoint,
    evaluate: evaluate.map(({ metric, on }) => ({ metric: useForm(metric), on: labelsForm(on) })),
    predict: experiment.predict,
    expect: experiment.expect.map(
      ({ metric, operator, value }) =>
        `${metric} ${operator} ${typeof value === 'number' ? value : intervalForm(value)}`,
    ),
  };
}

function dataForm({ name, source, classes, ignore, size, window, folds }: DataSet): PlainRecord {
  return {
    name,
    source: useForm(source),
    classes: Object.fromEntries(classes.map((each) => [each.name, each.values])),
    ...(ignore === undefined ? {} : { ignore }),
    ...(size === undefined ? {} : { size: sizeForm(size) }),
    window: typeof window === 'string' ? window : intervalForm(window),
    folds: useForm(folds),
  };
}

/** `dice`, or `{ ece: { bins: 10 } }`. */
export function useForm({ name, options }: Use): Plain {
  const entries = Object.entries(options).map(([option, value]) => [option, valueForm(value)] as const);
  return entries.length === 0 ? name : { [name]: Object.fromEntries(entries) };
}

/** `[raters, average]` */
export const labelsForm = ({ root, steps }: LabelSource): readonly Plain[] => [
  rootForm(root),
  ...steps.map(useForm),
];

/** A teacher stands here in whole, so that what is written stands alone. */
function rootForm(root: LabelRoot): Plain {
  if (typeof root === 'string') return root;
  if (root.kind === 'sum')
    return { sum: root.terms.map(({ weight, source }) => ({ weight, labels: labelsForm(source) })) };
  const { experiment, pick, temperature, head } = root;
  return { distill: { from: canonicalForm(experiment), pick, temperature, head } };
}

/** `on` is `labels` where the target is that of the experiment. */
export function termForm({ weight, loss, on, at }: Term, labels: LabelSource): PlainRecord {
  const target = labelsForm(on);
  const isUsual = JSON.stringify(target) === JSON.stringify(labelsForm(labels));
  return { weight, loss: useForm(loss), on: isUsual ? 'labels' : target, at };
}

/** An option as the language writes it: `5 px`, `64 x 64`, `0.5 .. 2`. */
export function valueForm(value: OptionValue): Plain {
  if (typeof value !== 'object') return value;
  if (isList(value)) return value.map(valueForm);
  if ('unit' in value) return quantityForm(value);
  if ('mix' in value) return mixtureForm(value);
  return 'size' in value ? sizeForm(value.size) : intervalForm(value);
}

const isList = (value: OptionValue): value is readonly OptionValue[] => Array.isArray(value);
export const quantityForm = ({ value, unit }: Quantity): string => `${value} ${unit}`;
export const intervalForm = ({ low, high }: Interval): string => `${low} .. ${high}`;
const mixtureForm = ({ mix }: Mixture): string =>
  Object.entries(mix)
    .map(([name, weight]) => `${weight} ${name}`)
    .join(' + ');
export const sizeForm = (size: readonly number[]): string => size.join(' x ');

/** `all`, `3`, `0 .. 2`, and a list where the numbers do not follow one another. */
function wholeNumbersForm(numbers: readonly number[] | 'all' | 'none'): Plain {
  if (typeof numbers === 'string') return numbers;
  const [first, ...rest] = numbers as [number, ...number[]];
  if (rest.length === 0) return first;
  const follows = rest.every((value, i) => value === first + i + 1);
  return follows ? intervalForm({ low: first, high: rest.at(-1)! }) : numbers;
}

/** Whether an option may be a text, which YAML and messages cannot tell from a choice by themselves. */
export const takesText = (type: ParameterType): boolean =>
  type.kind === 'text' ||
  (type.kind === 'list' && takesText(type.of)) ||
  (type.kind === 'union' && type.of.some(takesText));
