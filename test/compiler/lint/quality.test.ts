import { expect, test } from 'vitest';
import { falseFindings, recalls } from '../../../scripts/lint-quality/measure.ts';

test('nothing is found in right files', async () => {
  expect((await falseFindings(24)).wrong).toEqual([]);
});

test('at least nine of ten one-fault files are found by their rule', async () => {
  const measured = await recalls(17);
  const sum = (of: 'files' | 'found') => measured.reduce((total, each) => total + each[of], 0);
  expect(sum('files')).toBeGreaterThan(50);
  expect(sum('found') / sum('files')).toBeGreaterThanOrEqual(0.9);
});
