import type { Exact } from './exact.ts';
import { type By, joined, nothing } from './rule-names.ts';

/** What is known of a value of the graph of a loss, for all predictions and labels. */
export interface Facts {
  /** Whether it depends on the prediction. Labels and `keep` are given. */
  readonly predicted: boolean;
  /** Bounds, wherever it is a number. */
  readonly low: number;
  readonly high: number;
  /** For each label there is a bound on |value|. */
  readonly bounded: boolean;
  /** For each label there is a δ > 0 below which it never falls. */
  readonly apart: boolean;
  /** For each label there is a bound on its gradient with respect to the logits, through softmax. */
  readonly steady: boolean;
  /** An elementwise function of the probability of its own pixel and class, with a bounded derivative in it. */
  readonly own: boolean;
  /** Elementwise in the logarithm of the probability of its own pixel and class, linear in it. */
  readonly ownLog: boolean;
  readonly exact: Exact | undefined;
  readonly atTarget: AtTarget | undefined;
  /** The value at the target is the least, or the greatest; and whether other predictions have it too. */
  readonly least: Grip | undefined;
  readonly most: Grip | undefined;
  /** Depends on labels alone, and is above 0 wherever a class is above this in the label. */
  readonly presence: number | undefined;
  /** The greatest label of a class over the pixels that count. */
  readonly peak: boolean;
  /** Where the value with this id is 0, it is a finite number: it may be infinite elsewhere. */
  readonly finiteWithout: number | undefined;
  readonly by: By;
}

/** A number, plus multiples of values that labels alone decide, by the id of their node; or of the label's entropy. */
export type AtTarget = { readonly constant: number; readonly atoms: ReadonlyMap<number | 'entropy', number> };

/**
 * Which classes of the prediction are decided where a value is extreme: all, all but one, those present in the label
 * above a threshold; or nothing is known of that.
 */
export type Grip =
  | { readonly kind: 'all' }
  | { readonly kind: 'all but one' }
  | { readonly kind: 'present'; readonly above: number }
  | { readonly kind: 'some' };

export const all: Grip = { kind: 'all' };
export const some: Grip = { kind: 'some' };
const order: readonly Grip['kind'][] = ['all', 'all but one', 'present', 'some'];

export const strongest = (a: Grip, b: Grip): Grip => (order.indexOf(a.kind) <= order.indexOf(b.kind) ? a : b);

/** A value of which nothing is known. */
export const unknown = (id: number, predicted: boolean): Facts => ({
  predicted,
  low: Number.NEGATIVE_INFINITY,
  high: Number.POSITIVE_INFINITY,
  bounded: !predicted,
  apart: false,
  steady: !predicted,
  own: !predicted,
  ownLog: false,
  exact: undefined,
  atTarget: predicted ? undefined : { constant: 0, atoms: new Map([[id, 1]]) },
  least: predicted ? undefined : some,
  most: predicted ? undefined : some,
  presence: undefined,
  peak: false,
  finiteWithout: undefined,
  by: nothing,
});

/** A value of which nothing but its operands is known. What labels alone decide is finite if they are. */
export function ofOperands(id: number, operands: readonly Facts[]): Facts {
  const predicted = operands.some((operand) => operand.predicted);
  return {
    ...unknown(id, predicted),
    bounded: !predicted && operands.every(({ bounded }) => bounded),
    by: joined(...operands.map(({ by }) => by)),
  };
}

export const numberAtTarget = (facts: Facts): number | undefined =>
  facts.atTarget?.atoms.size === 0 ? facts.atTarget.constant : undefined;

export const constantAtTarget = (constant: number): AtTarget => ({ constant, atoms: new Map() });
