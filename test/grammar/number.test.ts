import { expect, test } from 'vitest';
import { numberValue } from '../../grammar/number.ts';

test.for([
  [['1e-3'], false, 0.001],
  [['1_000'], false, 1000],
  [['40k'], false, 40000],
  [['1.5M'], false, 1500000],
  [['2', '3'], false, 2 / 3],
  [['5'], true, 0.05],
  [['0.1'], true, 0.001],
  [['1e2'], true, 1],
  [['1', '2'], true, 0.005],
] as const)('%j with percent %s means %d', ([numerals, percent, value]) => {
  expect(numberValue(numerals, percent)).toBe(value);
});
