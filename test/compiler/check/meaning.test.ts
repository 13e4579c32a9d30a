import { expect, test } from 'vitest';
import { meaningOf } from '../../../compiler/check/meaning.ts';

test('places are no part of it, at any depth, and all else is', () => {
  const at = (span: unknown, value: number) => ({ name: 'dml1', span, options: [{ value, span }] });
  expect(meaningOf(at({ start: 1 }, 3))).toBe(meaningOf(at({ start: 2 }, 3)));
  expect(meaningOf(at({ start: 1 }, 3))).not.toBe(meaningOf(at({ start: 1 }, 4)));
});
