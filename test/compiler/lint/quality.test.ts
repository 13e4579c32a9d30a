import { expect, test } from 'vitest';
import { rules } from '../../../compiler/lint/rules/index.ts';
import { falseFindings, recalls } from '../../../scripts/lint-quality/measure.ts';
import { mutants } from '../../../scripts/lint-quality/mutants.ts';

test('nothing is found in right files', async () => {
  expect((await falseFindings(24)).wrong).toEqual([]);
});

test('every rule has faults that it is measured by', () => {
  const measured = new Set(mutants.map(({ code }) => code));
  expect(rules.map(({ code }) => code).filter((code) => !measured.has(code))).toEqual([]);
});

test('at least nine of ten one-fault files are found by their rule', async () => {
  const measured = await recalls(17);
  const sum = (of: 'files' | 'found') => measured.reduce((total, each) => total + each[of], 0);
  expect(sum('files')).toBeGreaterThan(50);
  expect(sum('found') / sum('files')).toBeGreaterThanOrEqual(0.9);
});
