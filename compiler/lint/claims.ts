import { scoredName } from '../canonical/value-form.ts';
import type { Expectation } from '../experiment.ts';

/** The numbers that a claim allows; an end that is `open` does not belong to them. */
export interface Bounds {
  readonly low: number;
  readonly high: number;
  readonly lowOpen: boolean;
  readonly highOpen: boolean;
}

export function boundsOf({ operator, value }: Pick<Expectation, 'operator' | 'value'>): Bounds {
  const { low, high } = typeof value === 'number' ? { low: value, high: value } : value;
  const isBelow = operator === '<' || operator === '<=';
  const isAbove = operator === '>' || operator === '>=';
  return {
    low: isBelow ? Number.NEGATIVE_INFINITY : low,
    high: isAbove ? Number.POSITIVE_INFINITY : high,
    lowOpen: operator === '>',
    highOpen: operator === '<',
  };
}

/** What two claims allow together. */
export function within(a: Bounds, b: Bounds): Bounds {
  const low = Math.max(a.low, b.low);
  const high = Math.min(a.high, b.high);
  const isOpen = (end: 'low' | 'high', at: number) =>
    [a, b].some((one) => one[end] === at && one[`${end}Open`]);
  return { low, high, lowOpen: isOpen('low', low), highOpen: isOpen('high', high) };
}

export const isEmpty = ({ low, high, lowOpen, highOpen }: Bounds): boolean =>
  low > high || (low === high && (lowOpen || highOpen));

/** A key that is the same for bounds that allow the same. */
export const meaningOfBounds = ({ low, high, lowOpen, highOpen }: Bounds): string =>
  [low, high, lowOpen, highOpen].join(' ');

const words: Readonly<Record<Expectation['operator'], string>> = {
  '>': 'above',
  '>=': 'at least',
  '<': 'below',
  '<=': 'at most',
  in: 'within',
};

/** Whether two claims are about the same number: the mean of a metric, its worst case, or an end of its interval. */
export const isOfSame = (a: Expectation, b: Expectation): boolean =>
  scoredName(a) === scoredName(b) && a.of === b.of;

/** `above 0.85`, `within 0.84 .. 0.88` */
export const claimText = ({ operator, value }: Pick<Expectation, 'operator' | 'value'>): string =>
  `${words[operator]} ${typeof value === 'number' ? value : `${value.low} .. ${value.high}`}`;
