import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Expectation } from '../../../compiler/experiment.ts';
import { boundsOf, isEmpty, meaningOfBounds, within } from '../../../compiler/lint/claims.ts';

const number = fc.integer({ min: -3, max: 3 });
const claim: fc.Arbitrary<Pick<Expectation, 'operator' | 'value'>> = fc.oneof(
  fc.record({ operator: fc.constantFrom('<', '<=', '>', '>='), value: number }),
  fc.record({
    operator: fc.constant('in' as const),
    value: fc.tuple(number, number).map(([a, b]) => ({ low: Math.min(a, b), high: Math.max(a, b) })),
  }),
);

const holds = ({ operator, value }: Pick<Expectation, 'operator' | 'value'>, score: number): boolean => {
  if (typeof value === 'object') return score >= value.low && score <= value.high;
  return { '<': score < value, '<=': score <= value, '>': score > value, '>=': score >= value, in: false }[
    operator
  ];
};

/** Whole numbers and what lies between them, beyond all bounds on either side. */
const scores = Array.from({ length: 33 }, (_, i) => -4 + i / 4);

test('two claims hold together exactly for the scores within both bounds', () => {
  fc.assert(
    fc.property(claim, claim, (a, b) => {
      const { low, high, lowOpen, highOpen } = within(boundsOf(a), boundsOf(b));
      for (const score of scores) {
        const isWithin = (lowOpen ? score > low : score >= low) && (highOpen ? score < high : score <= high);
        expect(isWithin).toBe(holds(a, score) && holds(b, score));
      }
    }),
  );
});

test('bounds are empty exactly where no score holds', () => {
  fc.assert(
    fc.property(claim, claim, (a, b) => {
      const none = scores.every((score) => !(holds(a, score) && holds(b, score)));
      expect(isEmpty(within(boundsOf(a), boundsOf(b)))).toBe(none);
    }),
  );
});

test('a claim that adds nothing leaves the bounds of the other as they are', () => {
  fc.assert(
    fc.property(claim, claim, (a, b) => {
      const isImplied = scores.every((score) => !holds(a, score) || holds(b, score));
      const unchanged = meaningOfBounds(within(boundsOf(a), boundsOf(b))) === meaningOfBounds(boundsOf(a));
      if (!isEmpty(boundsOf(a))) expect(unchanged).toBe(isImplied);
    }),
  );
});
