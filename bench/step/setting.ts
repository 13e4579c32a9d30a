import type { Experiment, LabelSource, Use } from '../../compiler/experiment.ts';

/** One network and batch to measure. */
export interface Setting {
  readonly size: number;
  readonly width: number;
  readonly batch: number;
  readonly depth: number;
}

/** The experiment that the step of a setting belongs to: 0.25 ce + 0.75 dml1, SGD with momentum and decay. */
export function experimentOf({ size, width, batch, depth }: Setting): Experiment {
  const span = { source: { path: 'bench', text: '' }, start: 0, end: 0 };
  const use = (name: string, options: Use['options'] = {}): Use => ({ name, options, span });
  const labels: LabelSource = { root: 'raters', steps: [use('average')], soft: true, span };
  return {
    name: 'step',
    doc: undefined,
    data: {
      name: 'noise',
      source: use('phantom', { cases: 40, raters: 4, seed: 7, size }),
      classes: [
        { name: 'background', values: [0] },
        { name: 'foreground', values: [1] },
      ],
      ignore: undefined,
      size: undefined,
      window: 'image',
      folds: use('holdout', { share: 0.2 }),
      span,
    },
    fold: [0],
    crop: [size, size],
    augment: [],
    labels,
    model: use('unet', { depth, width, norm: 'none' }),
    loss: [
      { weight: 0.25, loss: use('ce'), on: labels, at: 'main', span },
      {
        weight: 0.75,
        loss: use('dml1', { smooth: 1e-3, reduction: 'batch', active: 'auto' }),
        on: labels,
        at: 'main',
        span,
      },
    ],
    optimizer: use('sgd', { rate: 1e-2, momentum: 0.9, decay: 5e-4, nesterov: false }),
    schedule: [use('constant')],
    train: { value: 100, unit: 'steps' },
    batch,
    seed: [0],
    checkpoint: 'last',
    evaluate: [],
    predict: 'center',
    expect: [],
    span,
  };
}
