import type { Experiment, LabelSource, Use } from '../../compiler/experiment.ts';

const source = { path: 'test.dml', text: '' };
const span = { source, start: 0, end: 0 };
export const use = (name: string, options: Use['options'] = {}): Use => ({ name, options, span });
export const average: LabelSource = { root: 'raters', steps: [use('average')], soft: true, span };

/** A small complete experiment, for tests that start behind the checker. */
export const smallExperiment: Experiment = {
  name: 'small',
  doc: undefined,
  data: {
    name: 'shapes',
    source: use('phantom', { cases: 8, raters: 3, seed: 1, size: 16 }),
    classes: [
      { name: 'background', values: [0] },
      { name: 'foreground', values: [1] },
    ],
    ignore: undefined,
    size: undefined,
    window: 'image',
    folds: use('holdout', { share: 0.25 }),
    span,
  },
  fold: [0],
  crop: [16, 16],
  augment: [],
  labels: average,
  teacher: undefined,
  start: 'random',
  model: use('unet', { depth: 3, width: 4, norm: 'none' }),
  loss: [
    { weight: 0.25, loss: use('ce'), on: average, at: 'main', span },
    {
      weight: 0.75,
      loss: use('dml1', { smooth: 1e-3, reduction: 'batch', active: 'auto' }),
      on: average,
      at: 'main',
      span,
    },
  ],
  optimizer: use('sgd', { rate: 0.01, momentum: 0.9, decay: 5e-4, nesterov: false }),
  schedule: [use('constant')],
  train: { value: 4, unit: 'steps' },
  batch: 2,
  seed: [0],
  checkpoint: 'last',
  evaluate: [],
  test: [],
  predict: [use('center')],
  expect: [],
  span,
};
