import type { DataSet, Experiment, Measure, Term } from '../experiment.ts';
import { type Embed, fieldForm, isTaught, type SourceFields, sourceForm, targetForm } from './source-form.ts';
import { startForm } from './start-form.ts';
import { usedFiles } from './used-files.ts';
import {
  expectationForm,
  intervalForm,
  type Plain,
  type PlainRecord,
  quantityForm,
  sizeForm,
  useForm,
  wholeNumbersForm,
} from './value-form.ts';

/**
 * An experiment as plain data, its fields in the order of the language, scalars spelt as in the language. It stands
 * alone: data set and label sources are written into it.
 */
export function canonicalForm(experiment: Experiment): PlainRecord {
  const { dml, experiment: name, doc, ...fields } = formOf(experiment, inWhole);
  const files = usedFiles(experiment);
  return {
    dml: dml!,
    experiment: name!,
    ...(doc === undefined ? {} : { doc }),
    ...(files.length === 0 ? {} : { use: files }),
    ...fields,
  };
}

/** Another experiment stands in whole where it is named, so that what is written stands alone. */
export const inWhole: Embed = ({ experiment, pick }) => ({ from: formOf(experiment, inWhole), pick });

/** The same with something else in the place of other experiments. */
export function formOf(experiment: Experiment, embed: Embed): PlainRecord {
  const { name, doc, data, labels, loss, evaluate } = experiment;
  return {
    dml: 1,
    experiment: name,
    ...(doc === undefined ? {} : { doc }),
    data: dataForm(data),
    fold: wholeNumbersForm(experiment.fold),
    crop: experiment.crop === 'whole' ? 'none' : sizeForm(experiment.crop),
    augment: experiment.augment.map(useForm),
    labels: fieldForm(labels, embed),
    teacher: experiment.teacher ? fieldForm(experiment.teacher, embed) : 'none',
    model: useForm(experiment.model),
    start: startForm(experiment.start, embed),
    loss: loss.map((term) => termForm(term, experiment, embed)),
    optimizer: useForm(experiment.optimizer),
    schedule: experiment.schedule.map(useForm),
    train: experiment.train === 'none' ? 'none' : quantityForm(experiment.train),
    batch: experiment.batch,
    seed: wholeNumbersForm(experiment.seed),
    checkpoint: checkpointForm(experiment.checkpoint),
    evaluate: evaluate.map((measure) => writtenMeasure(measure, experiment, embed)),
    test: experiment.test.map(({ data: tested }) => dataForm(tested)),
    predict: experiment.predict.map(useForm),
    expect: experiment.expect.map(expectationForm),
  };
}

const checkpointForm = (checkpoint: Experiment['checkpoint']): Plain =>
  checkpoint === 'last'
    ? checkpoint
    : { best: { metric: checkpoint.metric, every: quantityForm(checkpoint.every) } };

/** The data set as plain data. */
export function dataForm({ name, source, classes, ignore, size, window, folds }: DataSet): PlainRecord {
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

/** One term of the loss; what it is measured on goes by the name of the field that it is. */
export const termForm = (
  { weight, loss, on, at }: Term,
  fields: SourceFields,
  embed: Embed,
): PlainRecord => ({
  weight,
  loss: useForm(loss),
  on: targetForm(on, at, fields, embed),
  at,
});

/** A metric with its ground truth in whole, because that is no matter of the labels. */
export const measureForm = ({ metric, on }: Measure, embed: Embed): PlainRecord => ({
  metric: useForm(metric),
  on: sourceForm(on, embed),
});

/** As it is written: a teacher by its name, because the whole of it is long. */
const writtenMeasure = (measure: Measure, fields: SourceFields, embed: Embed): PlainRecord =>
  isTaught(measure.on)
    ? { metric: useForm(measure.metric), on: targetForm(measure.on, 'main', fields, embed) }
    : measureForm(measure, embed);
