import fc from 'fast-check';
import { expect, test } from 'vitest';
import { firstFrom } from '../../grammar/search.ts';

test('what is found is what a search from the start finds', () => {
  const sorted = fc.array(fc.integer({ min: 0, max: 20 })).map((items) => items.sort((a, b) => a - b));
  fc.assert(
    fc.property(sorted, fc.integer({ min: -1, max: 21 }), (items, offset) => {
      const found = items.findIndex((item) => item >= offset);
      expect(firstFrom(items, offset, (item) => item)).toBe(found < 0 ? items.length : found);
    }),
  );
});
