import type { Experiment, LabelSource, Term } from '../../compiler/experiment.ts';
import type { Graph } from '../../compiler/graph/graph.ts';
import type { Tensor } from '../../compiler/graph/operation.ts';
import { build } from '../../runtime/build.ts';
import { registry } from '../../runtime/registry.generated.ts';
import { smallExperiment, use } from './experiment.ts';
import { oracle } from './oracle.ts';
import { classFirst, keepOf, type StoredTensor, stored, tempered } from './stored-tensor.ts';

type Weights = Readonly<Record<string, StoredTensor>>;

interface TrainingRecord {
  readonly loss: string;
  readonly smooth: number;
  readonly image: StoredTensor;
  readonly target: StoredTensor;
  readonly target_hard: StoredTensor;
  readonly logits_teacher: StoredTensor;
  readonly temperature: number;
  readonly keep_mask?: StoredTensor;
  readonly optimizer: {
    readonly momentum: number;
    readonly weight_decay: number;
    readonly nesterov: boolean;
  };
  readonly schedule: { readonly base_lr: number };
  readonly initial: Weights;
  readonly after_two_steps: Weights;
  readonly final: Weights;
  readonly steps: readonly Readonly<Record<string, number>>[];
}

/** Ten steps of a network of two convolutions, in our words. */
export interface TrainingCase {
  readonly name: string;
  readonly experiment: Experiment;
  /** What `train` is fed, but the rate. */
  readonly feeds: Readonly<Record<string, Tensor>>;
  readonly initial: Weights;
  /** Weights after a step, by its number from 0. */
  readonly weights: Readonly<Record<number, Weights>>;
  /** Of each step the rate, and what `train` returns by the names of its outputs. */
  readonly steps: readonly {
    readonly rate: number;
    readonly outputs: Readonly<Record<string, number>>;
  }[];
}

const { span } = smallExperiment;
const hard: LabelSource = { root: 'mask', steps: [], soft: false, span };
const soft: LabelSource = { root: 'mask', steps: [], soft: true, span };
const teacher: LabelSource = { root: 'teacher', steps: [], soft: true, span };

interface Mix {
  readonly terms: readonly Term[];
  /** What the records call the value of each term. */
  readonly names: readonly string[];
  readonly labels: readonly StoredTensor[];
}

const term = (weight: number, loss: Term['loss'], on: LabelSource): Term => ({
  weight,
  loss,
  on,
  at: 'main',
  span,
});

const mixes: Readonly<Record<string, (record: TrainingRecord) => Mix>> = {
  dml1: ({ smooth, target }) => ({
    terms: [term(0.25, use('ce'), soft), term(0.75, use('dml1', { smooth }), soft)],
    names: ['ce', 'dml1'],
    labels: [target],
  }),
  'dml2+distillation': ({ smooth, temperature, target_hard, logits_teacher }) => ({
    terms: [
      term(0.125, use('ce'), hard),
      term(0.375, use('dml2', { smooth }), hard),
      term(0.125, use('kl', { temperature }), teacher),
      term(0.375, use('dml2', { smooth }), teacher),
    ],
    names: ['ce_hard', 'dml2_hard', 'kl_teacher', 'dml2_teacher'],
    labels: [target_hard, tempered(logits_teacher, temperature)],
  }),
};

/** All trajectories of the reference vectors; none where they are absent. */
export const trainingCases: readonly TrainingCase[] = (
  oracle<{ cases: TrainingRecord[] }>('training')?.cases ?? []
).map((record) => {
  const { terms, names, labels } = mixes[record.loss]!(record);
  const { momentum, weight_decay: decay, nesterov } = record.optimizer;
  return {
    name: record.loss,
    experiment: {
      ...smallExperiment,
      model: use('convnet', { channels: [4], kernel: 3 }),
      loss: terms,
      optimizer: use('sgd', { rate: record.schedule.base_lr, momentum, decay, nesterov }),
    },
    feeds: {
      image: stored(record.image),
      ...Object.fromEntries(labels.map((label, i) => [`labels${i}`, classFirst(label)])),
      keep: keepOf(record.keep_mask ?? null, record.image),
    },
    initial: record.initial,
    weights: { 1: record.after_two_steps, [record.steps.length - 1]: record.final },
    steps: record.steps.map((step) => ({
      rate: step.lr!,
      outputs: {
        loss: step.loss!,
        ...Object.fromEntries(names.map((name, i) => [`loss.${i}`, step[name]!])),
      },
    })),
  };
});

/** The training graph that engines get. */
export async function trainingGraph({ experiment, feeds }: TrainingCase): Promise<Graph> {
  const [, height, width, channels] = feeds.image!.shape as [number, number, number, number];
  return (await build(experiment, { height, width, channels }, registry)).graph;
}
