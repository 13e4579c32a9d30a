import type { Span } from '../../grammar/source.ts';
import type { Identifier } from '../../grammar/syntax.ts';
import type { Distilled, Experiment, Parts, Use } from '../experiment.ts';

/**
 * A label source before it is known what the `labels` and the `teacher` of the experiment are, whether its stored
 * masks are soft, and which head its term looks at.
 */
export interface PendingSource {
  readonly root: PendingRoot;
  readonly steps: readonly Use[];
  readonly span: Span;
}

export type PendingRoot = 'raters' | 'mask' | 'labels' | 'teacher' | PendingDistilled | PendingSum;

export interface PendingDistilled {
  readonly kind: 'distill';
  readonly experiment: Experiment;
  /** Absent where nothing is written: then the seeds of both experiments decide. */
  readonly pick: PendingPick | undefined;
  readonly temperature: number;
  /** Absent where nothing is written: then it is the head of the term. */
  readonly head: string | undefined;
  readonly span: Span;
}

/** Which of the networks of another experiment is meant, and where that was written. */
export interface PendingPick {
  readonly value: Distilled['pick'];
  readonly span: Span;
}

export interface PendingSum {
  readonly kind: 'sum';
  readonly terms: readonly { readonly weight: number; readonly source: PendingSource }[];
}

/** What a root is called in messages. */
export function rootName(root: PendingRoot): string {
  if (typeof root === 'string') return root;
  return root.kind === 'sum' ? 'sum' : 'distill';
}

/** All label steps of a source, those of the parts of a sum first. */
export const stepsWithin = ({ root, steps }: PendingSource): readonly Use[] =>
  typeof root === 'object' && root.kind === 'sum'
    ? [...root.terms.flatMap(({ source }) => stepsWithin(source)), ...steps]
    : steps;

/** Whether a source leads to this field of the experiment. */
export const isFrom = (field: 'labels' | 'teacher', { root }: PendingSource): boolean =>
  typeof root === 'string'
    ? root === field
    : root.kind === 'sum' && root.terms.some(({ source }) => isFrom(field, source));

/** What a source learns from other experiments, the fields of the experiment looked through. */
export function distilledWithin(
  { root }: PendingSource,
  fields: { readonly labels: PendingSource | undefined; readonly teacher: PendingSource | undefined },
): readonly PendingDistilled[] {
  if (root === 'labels' || root === 'teacher') {
    const field = fields[root];
    return field ? distilledWithin(field, fields) : [];
  }
  if (typeof root === 'string') return [];
  return root.kind === 'distill'
    ? [root]
    : root.terms.flatMap(({ source }) => distilledWithin(source, fields));
}

/** Where training begins, before it is known which model the experiment has and what it is trained on. */
export type PendingStart = 'random' | PendingWeights | PendingTrained;

interface PendingWeights {
  readonly kind: 'weights';
  readonly file: string;
  readonly parts: PendingParts;
  readonly span: Span;
}

export interface PendingTrained {
  readonly kind: 'trained';
  readonly experiment: Experiment;
  /** Absent where nothing is written: then the seeds of both experiments decide. */
  readonly pick: PendingPick | undefined;
  readonly parts: PendingParts;
  readonly span: Span;
}

export interface PendingParts {
  readonly value: Parts;
  /** As they were written. */
  readonly names: readonly Identifier[];
}
