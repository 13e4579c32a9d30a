// Written by scripts/registry.ts from the signatures of the components: change those, not this.
import type { Registry } from '../compiler/registry.ts';

export const registry: Registry = {
  source: {},
  folds: {
    contiguous: {
      family: "folds",
      name: "contiguous",
      summary: "Blocks of cases in their order, unshuffled: each fold validates on ⌊n/count⌋ cases, the last one on the rest.",
      doc: "Blocks of cases in their order, unshuffled: each fold validates on ⌊n/count⌋ cases, the last one on the rest.",
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
  schedule: {
    constant: {
      family: "schedule",
      name: "constant",
      summary: "The optimizer's own rate.",
      doc: "The optimizer's own rate.",
      tags: {},
      parameters: [
        {
          "name": "duration",
          "type": {
            "kind": "union",
            "of": [
              {
                "kind": "quantity",
                "dimension": "share"
              },
              {
                "kind": "quantity",
                "dimension": "duration"
              },
              {
                "kind": "choice",
                "values": [
                  "rest"
                ]
              }
            ]
          },
          "doc": "How long: a share of the run, epochs, steps, or the rest of the run.",
          "default": "rest"
        }
      ],
      file: "runtime/schedules/constant.ts",
      load: () => import('./schedules/constant.ts').then((module) => module.constant),
    },
    poly: {
      family: "schedule",
      name: "poly",
      summary: "Polynomial decay, step by step, from the optimizer's rate to 0 at the end of the phase: (1 − step / steps) ^ power.",
      doc: "Polynomial decay, step by step, from the optimizer's rate to 0 at the end of the phase: (1 − step / steps) ^ power.",
      tags: {
        "source": "official code of the Dice semimetric losses, power 0.9"
      },
      parameters: [
        {
          "name": "power",
          "type": {
            "kind": "number",
            "integer": false,
            "minimum": 0
          },
          "doc": "1 falls in a straight line, less stays high for longer.",
          "default": 0.9
        },
        {
          "name": "duration",
          "type": {
            "kind": "union",
            "of": [
              {
                "kind": "quantity",
                "dimension": "share"
              },
              {
                "kind": "quantity",
                "dimension": "duration"
              },
              {
                "kind": "choice",
                "values": [
                  "rest"
                ]
              }
            ]
          },
          "doc": "How long: a share of the run, epochs, steps, or the rest of the run.",
          "default": "rest"
        }
      ],
      file: "runtime/schedules/poly.ts",
      load: () => import('./schedules/poly.ts').then((module) => module.poly),
    },
    warmup: {
      family: "schedule",
      name: "warmup",
      summary: "Linear rise to the optimizer's rate: max(from / rate, step / steps).",
      doc: "Linear rise to the optimizer's rate: max(from / rate, step / steps).",
      tags: {
        "source": "official code of the Dice semimetric losses: 1 % of the steps, from 1e-6"
      },
      parameters: [
        {
          "name": "duration",
          "type": {
            "kind": "union",
            "of": [
              {
                "kind": "quantity",
                "dimension": "share"
              },
              {
                "kind": "quantity",
                "dimension": "duration"
              }
            ]
          },
          "doc": "How long: a share of the run (not rounded to whole steps), epochs or steps.",
          "default": 0.01
        },
        {
          "name": "from",
          "type": {
            "kind": "number",
            "integer": false,
            "minimum": 0
          },
          "doc": "Rate that it starts from. It divides the optimizer's rate to give the lowest factor, so parameter groups with a\nhigher rate start higher.",
          "default": 0.000001
        }
      ],
      file: "runtime/schedules/warmup.ts",
      load: () => import('./schedules/warmup.ts').then((module) => module.warmup),
    },
  },
  metric: {},
};
