import { compareTakes } from '../../compiler/check/compare.ts';
import { datasetTakes } from '../../compiler/check/dataset.ts';
import { experimentTakes } from '../../compiler/check/experiment-fields.ts';
import type { Takes } from '../../compiler/check/takes.ts';

/** What a field is, with something that may be written there. */
interface Documented {
  readonly doc: string;
  readonly example: string;
}

/** The same, and what may be written there. */
export type FieldDescription = Documented & Takes;

type Fields<T> = Readonly<Record<string, T>>;

const experiment: Fields<Documented> = {
  data: { doc: 'The data set. Must be given.', example: 'kidney' },
  fold: {
    doc: 'Which folds are trained, each a run: a number, a range, a list, `all`, or `none` to train on every case. Default: 0.',
    example: '0 .. 2',
  },
  crop: {
    doc: 'Size of the part of an image that a step sees, at random in training; what is missing is padded and does not count. Default: the whole image.',
    example: '64 x 64',
  },
  augment: {
    doc: 'Transforms of the training images, one after the other. Default: `none`.',
    example: 'flip(horizontal)',
  },
  labels: {
    doc: 'The label source: what the loss compares the prediction with. Must be given.',
    example: 'raters |> average',
  },
  teacher: {
    doc: 'A label source made of what another experiment predicts, which is trained first. Default: `none`.',
    example: 'distill(big)',
  },
  model: { doc: 'The network. Must be given.', example: 'unet(depth: 3, width: 16)' },
  start: {
    doc: 'The weights to begin with: `random`, those of a file below the data root, or those of another experiment, which is trained first. Default: `random`.',
    example: 'trained(big, parts: all - head)',
  },
  loss: {
    doc: 'A weighted sum of losses; each may be measured `on` a label source and look `at` a head of the model. Must be given.',
    example: '0.25 ce + 0.75 dml1',
  },
  optimizer: {
    doc: 'How weights follow gradients; it owns the rate. Must be given.',
    example: 'sgd(rate: 1e-2)',
  },
  schedule: {
    doc: 'A factor on the rate over time, in phases. Default: `constant`.',
    example: 'warmup(1%) then poly',
  },
  train: {
    doc: 'How long, in epochs or steps, or `none`. Must be given.',
    example: '10 epochs',
  },
  batch: { doc: 'Images in a step. Default: 1.', example: '8' },
  seed: { doc: 'Seeds, each a run: a number, a range or a list. Default: 0.', example: '0 .. 2' },
  evaluate: {
    doc: 'What is measured after training; each metric may be `on` a label source.',
    example: 'dice, ece(bins: 10)',
  },
  test: {
    doc: 'Other data sets: each run is scored on all their cases at its end, and nothing is chosen by them. Their metrics are `clinic.dice`. Default: `none`.',
    example: 'clinic',
  },
  expect: {
    doc: 'Claims about metrics, as fractions: the run fails where one does not hold. `lower(dice)` and `upper(dice)` are ends of the 95 % interval over runs, `worst(dice)` is the worst case. Is not inherited.',
    example: 'dice > 0.85, ece < 5%',
  },
  precision: {
    doc: 'Type of the numbers that engines compute in: `float32`, and there is no other.',
    example: 'float32',
  },
  checkpoint: {
    doc: 'Which weights are kept, scored and taught by: the `last`, or the `best` by a metric of `evaluate`, looked for on the validation cases every so often. Default: `last`.',
    example: 'best(dice, every: 10 epochs)',
  },
  predict: {
    doc: 'How an image is predicted to be scored: windows of the size of `crop`, then ways to look at them. Default: `center`, the window in the middle alone.',
    example: 'sliding(stride: 1/2) |> flips(all)',
  },
};

const dataset: Fields<Documented> = {
  source: {
    doc: 'Where images and masks are. Must be given.',
    example: 'folder("kidney", images: "{case}/image.nii.gz", raters: "{case}/rater{rater}.nii.gz")',
  },
  classes: {
    doc: 'Names of the classes in order, background first, each with its values in the files; `others` is every value that no other class has.',
    example: '(background: 0, tumour: [1, 2])',
  },
  ignore: { doc: 'Pixels of a mask with this value do not count.', example: '255' },
  size: {
    doc: 'Images and masks are resampled to it once. Default: as stored.',
    example: '256 x 256',
  },
  window: {
    doc: 'Intensities are clipped to it and scaled to −1 … 1; `image` takes the range of each image, `none` the numbers as stored. Default: `image`.',
    example: '-60 .. 140',
  },
  folds: { doc: 'How the cases are split.', example: 'contiguous(5)' },
  spacing: {
    doc: 'Spacing of pixels. This version knows `none`: `size` resamples.',
    example: 'none',
  },
};

const compare: Fields<Documented> = {
  rows: {
    doc: 'What goes down the table: factors of the sweeps, or `experiment`. Default: all factors that are not in `columns`.',
    example: 'labels, loss',
  },
  columns: {
    doc: 'What goes across the table, once for each metric. Default: `none`.',
    example: 'data',
  },
  metrics: {
    doc: 'Which metrics of `evaluate` are shown. Default: all that an arm measures.',
    example: 'dice, ece on mean',
  },
  baseline: {
    doc: 'What the others are compared with: an experiment, or a record of values. Default: `none`.',
    example: '(labels: voted)',
  },
  statistic: {
    doc: 'What is said of the differences to the baseline. Default: `wilcoxon` where there is one.',
    example: 'wilcoxon(over: cases, correction: holm)',
  },
  expect: {
    doc: 'Claims about results of arms: the comparison fails where one does not hold.',
    example: 'student.ece < big.ece',
  },
};

const except: FieldDescription = {
  doc: 'Arms that are left out: all that have these values of these factors.',
  example: '(loss: ce, model.width: 8)',
  records: true,
};

/** In the order of the docs; a field that nobody has documented is missing, which a test finds. */
const described = (docs: Fields<Documented>, takes: Fields<Takes>): Fields<FieldDescription> =>
  Object.fromEntries(Object.entries(docs).map(([name, doc]) => [name, { ...takes[name], ...doc }]));

const experimentFields = described(experiment, experimentTakes);

const byBlock: Fields<Fields<FieldDescription>> = {
  experiment: experimentFields,
  protocol: experimentFields,
  dataset: described(dataset, datasetTakes),
  sweep: { ...experimentFields, except },
  compare: described(compare, compareTakes),
};

/** The fields of a kind of block, in the order in which they are read; those of a sweep are what it can vary. */
export const fieldsOf = (keyword: string): Fields<FieldDescription> => byBlock[keyword] ?? {};

/** Of all kinds of blocks. */
export const allFields = (): readonly FieldDescription[] =>
  Object.values(byBlock).flatMap((fields) => Object.values(fields));

export const describeField = (keyword: string, name: string): FieldDescription | undefined => {
  const fields = fieldsOf(keyword);
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
};

/** Where declarations begin. */
export const declarationWords: Readonly<Record<string, string>> = {
  use: 'Brings the names that another file declares.',
  let: 'Gives a value a name.',
  dataset: 'What lies on disk, and what is certain about it.',
  protocol: 'What several experiments share. It may be incomplete and never runs.',
  experiment: 'One complete experiment.',
  sweep: 'An experiment with all combinations of some values.',
  compare: 'A table of experiments and sweeps, with tests and claims.',
};

/** What a label source after `on` may begin with. */
export const targetWords: Readonly<Record<string, string>> = {
  raters: 'The masks of all raters; a step that combines them follows.',
  mask: 'The one stored mask of a case.',
  labels: 'The label source of the field `labels`.',
  teacher: 'The label source of the field `teacher`.',
  distill: 'What the networks of another experiment predict: `distill(big)`.',
};
