import { expect, test } from 'vitest';
import type { LabelSource } from '../../../compiler/experiment.ts';
import { type LabelCase, labelMaker } from '../../../runtime/data/label-sources.ts';
import { registry } from '../../../runtime/registry.generated.ts';
import { labelSource, use } from '../../support/data.ts';
import { oneHot } from '../../support/labels.ts';

const stored = { stored: true, name: 'test' };
const draw = { seed: 0, epoch: 0 };

function labelCase(given: Partial<LabelCase> = {}): LabelCase {
  const raters = given.raters ?? [];
  return { id: 'p1', classes: 2, height: 1, width: 3, raters, keep: [1, 1, 1], ...given };
}

async function made(source: LabelSource, given: LabelCase): Promise<number[]> {
  return [...(await labelMaker(source, stored, registry))(given, draw)];
}

const masks = [oneHot([0, 1, 1]), oneHot([0, 0, 1]), oneHot([0, 0, 0])];
const average = labelSource('raters', use('average'));
const sumOf = (terms: readonly (readonly [weight: number, source: LabelSource])[]) =>
  labelSource({ kind: 'sum', terms: terms.map(([weight, source]) => ({ weight, source })) });

test('a sum of sources is the weighted sum of their labels, sums inside of sums too', async () => {
  const given = labelCase({ raters: masks, mask: oneHot([1, 1, 0]) });
  const inner = sumOf([
    [0.5, labelSource('mask')],
    [0.5, average],
  ]);
  const outer = sumOf([
    [0.25, labelSource('raters', use('majority'))],
    [0.75, inner],
  ]);
  const foreground = [0.25 * 0 + 0.375, 0.375 + 0.375 / 3, 0.25 + (0.375 * 2) / 3];
  const labels = await made(outer, given);
  for (const [i, y] of foreground.entries()) {
    expect(labels[3 + i]).toBeCloseTo(y, 15);
    expect(labels[i]).toBeCloseTo(1 - y, 15);
  }
});

test('steps after a sum see the sum', async () => {
  const source = sumOf([
    [0.5, labelSource('mask')],
    [0.5, average],
  ]);
  const hard = { ...source, steps: [use('harden')] };
  const given = labelCase({ raters: masks, mask: oneHot([1, 1, 0]) });
  expect(await made(hard, given)).toEqual([1, 0, 1, 0, 1, 0]);
});

test('the labels of a teacher are its predictions, asked for by root', async () => {
  const predicted = Float64Array.of(0.9, 0.2, 0.5, 0.1, 0.8, 0.5);
  const asked: unknown[] = [];
  const predictions: LabelCase['predictions'] = (root) => {
    asked.push(root);
    return predicted;
  };
  const source = labelSource('teacher', use('smooth', { epsilon: 0 }));
  expect(await made(source, labelCase({ predictions }))).toEqual([...predicted]);
  expect(asked).toEqual(['teacher']);
});

test.each([
  { root: 'raters', steps: [use('majority')], found: /of case p1 are made of `raters`/ },
  { root: 'mask', steps: [], found: /of case p1 are made of `mask`/ },
  { root: 'teacher', steps: [], found: /of case p1 are made of what a teacher predicts/ },
] as const)('what is not there is named: $root', async ({ root, steps, found }) => {
  await expect(made(labelSource(root, ...steps), labelCase())).rejects.toThrow(found);
});
