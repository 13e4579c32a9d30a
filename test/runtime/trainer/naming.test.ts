import { expect, test } from 'vitest';
import { labelsText, optionText } from '../../../compiler/canonical/text.ts';
import type { LabelSource, Term } from '../../../compiler/experiment.ts';
import { registry } from '../../../runtime/registry.generated.ts';
import { measureText, termNames } from '../../../runtime/trainer/naming.ts';
import { average, smallExperiment, use } from '../../support/experiment.ts';

const { span } = smallExperiment;
const source = (...steps: LabelSource['steps']): LabelSource => ({ root: 'raters', steps, soft: true, span });
const term = (name: string, changes: Partial<Term> = {}): Term => ({
  weight: 0.5,
  loss: use(name),
  on: average,
  at: 'main',
  span,
  ...changes,
});

test.each([
  [0.1, '0.1'],
  [1e-7, '1e-7'],
  [true, 'true'],
  ['batch', 'batch'],
  [{ value: 3, unit: 'px' }, '3 px'],
  [{ size: [64, 32] }, '64 x 32'],
  [{ low: 0.5, high: 2 }, '0.5 .. 2'],
  [[1, 2], '[1, 2]'],
])('%o is written %s', (value, text) => {
  expect(optionText(value)).toBe(text);
});

test('A truth is written with the options that differ from their defaults', () => {
  const usual = registry.label.smooth!.parameters[0]!.default as number;
  expect(labelsText(source(use('majority'), use('smooth', { epsilon: usual })), registry)).toBe(
    'raters |> majority |> smooth',
  );
  expect(labelsText(source(use('majority'), use('smooth', { epsilon: usual / 2 })), registry)).toBe(
    `raters |> majority |> smooth(epsilon: ${usual / 2})`,
  );
});

test('What a teacher predicts and sums of sources are written as in the file', () => {
  const root = {
    kind: 'distill',
    experiment: smallExperiment,
    pick: 'same',
    temperature: 1,
    head: 'main',
    predict: [],
  } as const;
  const distilled: LabelSource = { ...source(), root };
  expect(labelsText(distilled, registry)).toBe('distill(small)');
  const best = { ...root, pick: { best: 'dice' }, temperature: 2, head: 'aux' } as const;
  expect(labelsText({ ...source(use('kde')), root: best }, registry)).toBe(
    'distill(small, pick: best(dice), temperature: 2, head: aux) |> kde',
  );
  const terms = [
    { weight: 0.25, source: source(use('majority')) },
    { weight: 0.75, source: distilled },
  ];
  const sum: LabelSource = { ...source(), root: { kind: 'sum', terms } };
  expect(labelsText(sum, registry)).toBe('0.25 (raters |> majority) + 0.75 distill(small)');
  expect(labelsText({ ...sum, steps: [use('harden')] }, registry)).toBe(
    '(0.25 (raters |> majority) + 0.75 distill(small)) |> harden',
  );
});

test('A metric is named with the options that differ from their defaults', () => {
  expect(measureText({ metric: use('ece', { bins: 10 }), on: average, span }, registry).options).toBe('');
  expect(measureText({ metric: use('ece', { bins: 15 }), on: average, span }, registry)).toEqual({
    metric: 'ece',
    options: 'bins: 15',
    on: 'raters |> average',
  });
});

test('A term is named by its loss, and says more only where that is not enough', () => {
  const voted = source(use('majority'));
  const terms = [term('ce'), term('dml1'), term('dml1', { on: voted }), term('dml1', { at: 'aux' })];
  expect(termNames(terms, average, registry)).toEqual([
    'ce',
    'dml1',
    'dml1 on raters |> majority',
    'dml1 at aux',
  ]);
  expect(termNames([term('ce'), term('ce')], average, registry)).toEqual(['ce', 'ce #2']);
});
