import type { StoredTensor } from './stored-tensor.ts';

/** A record of losses.json, losses_prob.json or mix.json: what all groups have, and what only some have. */
export interface LossRecord {
  readonly group: string;
  readonly about?: string;
  readonly loss: string;
  readonly labels?: string;
  readonly smooth: number;
  readonly reduction: string;
  readonly temperature: number;
  readonly gamma: number;
  readonly terms: Readonly<Record<string, number>>;
  readonly options: Partial<Jdt>;
  readonly keep_mask?: StoredTensor | null;
  readonly target: StoredTensor;
  readonly target_hard: StoredTensor;
  readonly prob: StoredTensor;
  readonly logits: StoredTensor;
  readonly logits_aux: StoredTensor;
  readonly logits_teacher: StoredTensor;
  readonly value: number;
  readonly value_with_kl: number;
  readonly grad_prob: StoredTensor;
  readonly grad_logits: StoredTensor;
  readonly grad_logits_aux: StoredTensor;
}

/** Options of the official Tversky loss, by their names there. */
export interface Jdt {
  readonly alpha: number;
  readonly beta: number;
  readonly gamma: number;
  readonly smooth: number;
  readonly threshold: number;
  readonly norm: number;
  readonly log_loss: boolean;
  readonly class_weights: readonly number[] | null;
  readonly mIoUD: number;
  readonly mIoUI: number;
  readonly mIoUC: number;
  readonly active_classes_mode_hard: string;
  readonly active_classes_mode_soft: string;
}

export interface LossFile {
  readonly cases: readonly LossRecord[];
  readonly jdt_defaults: Jdt;
}
