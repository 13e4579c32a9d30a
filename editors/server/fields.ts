import type { Family } from '../../compiler/registry.ts';

/** What a field is, and what may be written there. */
export interface FieldDescription {
  readonly doc: string;
  readonly family?: Family;
  /** What stands between several components of the family. */
  readonly chain?: '|>' | 'then';
  /** Names that it takes beside components. */
  readonly words?: readonly string[];
  readonly units?: readonly string[];
  /** Kinds of blocks whose names it takes. */
  readonly blocks?: readonly string[];
  readonly example: string;
}

type Fields = Readonly<Record<string, FieldDescription>>;

const sources = ['raters', 'mask', 'distill'];

const experiment: Fields = {
  data: { doc: 'The data set. Must be given.', blocks: ['dataset'], example: 'kidney' },
  fold: {
    doc: 'Which folds are trained, each a run: a number, a range, a list, `all`, or `none` to train on every case. Default: 0.',
    words: ['all', 'none'],
    example: '0 .. 2',
  },
  crop: {
    doc: 'Size of the part of an image that a step sees, at random in training; what is missing is padded and does not count. Default: the whole image.',
    words: ['none'],
    example: '64 x 64',
  },
  augment: {
    doc: 'Transforms of the training images, one after the other. Default: `none`.',
    family: 'transform',
    chain: '|>',
    words: ['none'],
    example: 'flip(horizontal)',
  },
  labels: {
    doc: 'The label source: what the loss compares the prediction with. Must be given.',
    family: 'label',
    chain: '|>',
    words: sources,
    example: 'raters |> average',
  },
  teacher: {
    doc: 'A label source made of what another experiment predicts, which is trained first. Default: `none`.',
    family: 'label',
    chain: '|>',
    words: [...sources, 'none'],
    example: 'distill(big)',
  },
  model: { doc: 'The network. Must be given.', family: 'model', example: 'unet(depth: 3, width: 16)' },
  start: {
    doc: 'The weights to begin with: `random`, those of a file below the data root, or those of another experiment, which is trained first. Default: `random`.',
    words: ['random', 'weights', 'trained'],
    example: 'trained(big, parts: all - head)',
  },
  loss: {
    doc: 'A weighted sum of losses; each may be measured `on` a label source and look `at` a head of the model. Must be given.',
    family: 'loss',
    example: '0.25 ce + 0.75 dml1',
  },
  optimizer: {
    doc: 'How weights follow gradients; it owns the rate. Must be given.',
    family: 'optimizer',
    example: 'sgd(rate: 1e-2)',
  },
  schedule: {
    doc: 'A factor on the rate over time, in phases. Default: `constant`.',
    family: 'schedule',
    chain: 'then',
    words: ['none'],
    example: 'warmup(1%) then poly',
  },
  train: {
    doc: 'How long, in epochs or steps, or `none`. Must be given.',
    words: ['none'],
    units: ['epochs', 'steps'],
    example: '10 epochs',
  },
  batch: { doc: 'Images in a step. Default: 1.', example: '8' },
  seed: { doc: 'Seeds, each a run: a number, a range or a list. Default: 0.', example: '0 .. 2' },
  evaluate: {
    doc: 'What is measured after training; each metric may be `on` a label source.',
    family: 'metric',
    words: ['none'],
    example: 'dice, ece(bins: 10)',
  },
  expect: {
    doc: 'Claims about metrics, as fractions: the run fails where one does not hold. `lower(dice)` and `upper(dice)` are ends of the 95 % interval over runs, `worst(dice)` is the worst case. Is not inherited.',
    family: 'metric',
    words: ['none'],
    example: 'dice > 0.85, ece < 5%',
  },
  precision: {
    doc: 'Type of the numbers that engines compute in: `float32`, and there is no other.',
    words: ['float32'],
    example: 'float32',
  },
  checkpoint: {
    doc: 'Which weights are kept, scored and taught by: the `last`, or the `best` by a metric of `evaluate`, looked for on the validation cases every so often. Default: `last`.',
    words: ['last', 'best'],
    units: ['epochs', 'steps'],
    example: 'best(dice, every: 10 epochs)',
  },
  predict: {
    doc: 'How an image is predicted to be scored: windows of the size of `crop`, then ways to look at them. Default: `center`, the window in the middle alone.',
    family: 'prediction',
    chain: '|>',
    example: 'sliding(stride: 1/2) |> flips(all)',
  },
  test: { doc: 'Data that are scored last. This version knows `none`.', words: ['none'], example: 'none' },
};

const dataset: Fields = {
  source: {
    doc: 'Where images and masks are. Must be given.',
    family: 'source',
    example: 'folder("kidney", images: "{case}/image.nii.gz", raters: "{case}/rater{rater}.nii.gz")',
  },
  classes: {
    doc: 'Names of the classes in order, background first, each with its values in the files; `others` is every value that no other class has.',
    words: ['others'],
    example: '(background: 0, tumour: [1, 2])',
  },
  ignore: { doc: 'Pixels of a mask with this value do not count.', words: ['none'], example: '255' },
  size: {
    doc: 'Images and masks are resampled to it once. Default: as stored.',
    words: ['none'],
    example: '256 x 256',
  },
  window: {
    doc: 'Intensities are clipped to it and scaled to −1 … 1; `image` takes the range of each image, `none` the numbers as stored. Default: `image`.',
    words: ['image', 'none'],
    example: '-60 .. 140',
  },
  folds: { doc: 'How the cases are split.', family: 'folds', example: 'contiguous(5)' },
  spacing: {
    doc: 'Spacing of pixels. This version knows `none`: `size` resamples.',
    words: ['none'],
    example: 'none',
  },
};

const compare: Fields = {
  rows: {
    doc: 'What goes down the table: factors of the sweeps, or `experiment`. Default: all factors that are not in `columns`.',
    words: ['experiment', 'none'],
    example: 'labels, loss',
  },
  columns: {
    doc: 'What goes across the table, once for each metric. Default: `none`.',
    words: ['experiment', 'none'],
    example: 'data',
  },
  metrics: {
    doc: 'Which metrics of `evaluate` are shown. Default: all that an arm measures.',
    family: 'metric',
    example: 'dice, ece on mean',
  },
  baseline: {
    doc: 'What the others are compared with: an experiment, or a record of values. Default: `none`.',
    blocks: ['experiment', 'sweep'],
    words: ['none'],
    example: '(labels: voted)',
  },
  statistic: {
    doc: 'What is said of the differences to the baseline. Default: `wilcoxon` where there is one.',
    family: 'statistic',
    words: ['none'],
    example: 'wilcoxon(over: cases, correction: holm)',
  },
  expect: {
    doc: 'Claims about results of arms: the comparison fails where one does not hold.',
    words: ['none'],
    blocks: ['experiment', 'sweep'],
    example: 'student.ece < big.ece',
  },
};

const byBlock: Readonly<Record<string, Fields>> = {
  experiment,
  protocol: experiment,
  dataset,
  sweep: experiment,
  compare,
};

/** The fields of a kind of block, in the order in which they are read; those of a sweep are what it can vary. */
export const fieldsOf = (keyword: string): Fields => byBlock[keyword] ?? {};

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
