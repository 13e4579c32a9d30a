import fc from 'fast-check';
import { expect, test } from 'vitest';
import { meaningOf } from '../../../compiler/check/meaning.ts';

/** What is written the same without its places. */
const written = (value: unknown): string =>
  JSON.stringify(value, (key, part: unknown) => (key === 'span' ? undefined : part));

const values = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(undefined, null, true, 0, -1.5, Number.NaN, 'a', '"', 'span'),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('span', 'name', 'weight', '__proto__'), tie('value'), { maxKeys: 3 }),
  ),
})).value;

test('it tells apart what is written apart, but for places, however often it is asked', () => {
  fc.assert(
    fc.property(values, values, (a, b) => {
      for (const _ of [1, 2]) {
        expect(meaningOf(a)).toBe(meaningOf(structuredClone(a)));
        expect(meaningOf(a) === meaningOf(b)).toBe(written([a]) === written([b]));
      }
    }),
    { numRuns: 500 },
  );
});

test('places are no part of it, at any depth', () => {
  const at = (span: unknown) => ({ name: 'dml1', span, options: [{ value: 1, span }] });
  expect(meaningOf(at({ start: 1 }))).toBe(meaningOf(at({ start: 2 })));
});
