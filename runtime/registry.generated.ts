// Written by scripts/registry.ts from the signatures of the components: change those, not this.
import type { Registry } from '../compiler/registry.ts';

export const registry: Registry = {
  source: {},
  folds: {
    contiguous: {
      family: "folds",
      name: "contiguous",
      summary: "Blocks of cases in their order, unshuffled: each fold holds ⌊n/count⌋ cases, the last one takes the rest.",
      doc: "Blocks of cases in their order, unshuffled: each fold holds ⌊n/count⌋ cases, the last one takes the rest.",
      tags: {
        "source": "official code of the Dice semimetric losses"
      },
      parameters: [
        {
          "name": "count",
          "type": {
            "kind": "number",
            "integer": true,
            "minimum": 2
          },
          "doc": "Number of folds.",
          "default": 5
        }
      ],
      file: "runtime/folds/contiguous.ts",
      load: () => import('./folds/contiguous.ts').then((module) => module.contiguous),
    },
    holdout: {
      family: "folds",
      name: "holdout",
      summary: "One fold: a fixed random part of the cases is for validation, all others are for training.",
      doc: "One fold: a fixed random part of the cases is for validation, all others are for training.",
      tags: {},
      parameters: [
        {
          "name": "share",
          "type": {
            "kind": "quantity",
            "dimension": "share"
          },
          "doc": "Part of the cases that is kept for validation: at least one case, and never all of them.",
          "default": 0.2
        }
      ],
      file: "runtime/folds/holdout.ts",
      load: () => import('./folds/holdout.ts').then((module) => module.holdout),
    },
    shuffled: {
      family: "folds",
      name: "shuffled",
      summary: "Folds of a fixed random order: the cases are permuted once, then cut like `contiguous`.",
      doc: "Folds of a fixed random order: the cases are permuted once, then cut like `contiguous`.",
      tags: {},
      parameters: [
        {
          "name": "count",
          "type": {
            "kind": "number",
            "integer": true,
            "minimum": 2
          },
          "doc": "Number of folds.",
          "default": 5
        },
        {
          "name": "seed",
          "type": {
            "kind": "number",
            "integer": true,
            "minimum": 0
          },
          "doc": "Decides the order; it belongs to the data set, not to a run.",
          "default": 0
        }
      ],
      file: "runtime/folds/shuffled.ts",
      load: () => import('./folds/shuffled.ts').then((module) => module.shuffled),
    },
  },
  transform: {},
  label: {},
  model: {},
  loss: {},
  optimizer: {},
  schedule: {},
  metric: {},
};
