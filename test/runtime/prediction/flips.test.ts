import { expect, test } from 'vitest';
import { flips } from '../../../runtime/prediction/flips.ts';

const shown = (directions?: 'all' | 'horizontal' | 'vertical') =>
  flips([2, 3], directions ? { directions } : {}).map((view) => [...view].join(''));

test('horizontal swaps left and right, vertical top and bottom, and all is each with each', () => {
  expect(shown('horizontal')).toEqual(['012345', '210543']);
  expect(shown('vertical')).toEqual(['012345', '345012']);
  expect(shown()).toEqual(['012345', '210543', '345012', '543210']);
});
