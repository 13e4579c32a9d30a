import type { Family } from './registry.ts';

export interface FamilyTexts {
  /** Heading. */
  readonly title: string;
  /** Where its members stand in the language. */
  readonly place: string;
  /** Folder of its pages below `docs/reference/`. */
  readonly folder: string;
}

/** In the order of the reference. */
export const families: Readonly<Record<Family, FamilyTexts>> = {
  loss: { title: 'Losses', place: 'The field `loss`, mixed by weights.', folder: 'losses' },
  label: {
    title: 'Label steps',
    place: 'What follows `raters |>`, `mask |>` or a teacher in a label source.',
    folder: 'labels',
  },
  metric: {
    title: 'Metrics',
    place: 'The field `evaluate`, each `on` a ground truth; scores are fractions, unless a unit is given.',
    folder: 'metrics',
  },
  model: { title: 'Models', place: 'The field `model`.', folder: 'models' },
  optimizer: { title: 'Optimizers', place: 'The field `optimizer`.', folder: 'optimizers' },
  schedule: { title: 'Schedules', place: 'The field `schedule`, joined by `then`.', folder: 'schedules' },
  transform: { title: 'Augmentation', place: 'The field `augment`, joined by `|>`.', folder: 'augmentation' },
  prediction: {
    title: 'Prediction',
    place: 'The field `predict`: windows first, then ways to look at them, joined by `|>`.',
    folder: 'prediction',
  },
  source: { title: 'Data', place: 'The `source` of a dataset.', folder: 'data' },
  statistic: {
    title: 'Statistics',
    place: 'The `statistic` of a comparison: what is said of a difference to its baseline.',
    folder: 'statistics',
  },
  folds: { title: 'Folds', place: 'The `folds` of a dataset.', folder: 'folds' },
};

export const familyNames = Object.keys(families) as readonly Family[];
