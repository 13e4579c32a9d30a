import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LabelSource } from '../../../compiler/experiment.ts';
import { drawsAnew, type LabelCase, labelMaker } from '../../../runtime/data/label-sources.ts';
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

const drawn = labelSource('raters', use('random'));

test('a random rater depends on seed, case and epoch alone, not on what was asked before', async () => {
  const make = await labelMaker(drawn, stored, registry);
  const asked = Array.from({ length: 40 }, (_, i) => ({
    given: labelCase({ raters: masks, id: `p${i % 5}` }),
    draw: { seed: Math.floor(i / 5) % 2, epoch: Math.floor(i / 10) },
  }));
  const answers = asked.map(({ given, draw }) => make(given, draw));
  const backwards = [...asked].reverse().map(({ given, draw }) => make(given, draw));
  expect(backwards.reverse()).toEqual(answers);
  const chosen = answers.map((labels) => masks.findIndex((mask) => labels.every((y, i) => y === mask[i])));
  expect(new Set(chosen)).toEqual(new Set([0, 1, 2]));
  for (const of of [
    (i: number) => i % 5,
    (i: number) => Math.floor(i / 5) % 2,
    (i: number) => Math.floor(i / 10),
  ]) {
    const groups = [0, 1].map((group) => chosen.filter((_, i) => of(i) === group));
    expect(groups[0]).not.toEqual(groups[1]);
  }
});

test('labels change from epoch to epoch only where something in them is drawn', async () => {
  const nested = sumOf([
    [0.5, labelSource('mask')],
    [0.5, drawn],
  ]);
  const calibrated = labelSource('teacher', use('kde', { bandwidth: 0.1, keys: 2, where: 'all' }));
  expect([drawn, nested, average, calibrated].map((source) => drawsAnew(source, registry))).toEqual([
    true,
    true,
    false,
    false,
  ]);
  const predictions = () => Float64Array.of(0.9, 0.2, 0.5, 0.1, 0.8, 0.5);
  const given = labelCase({ mask: oneHot([0, 1, 1]), predictions });
  const make = await labelMaker(calibrated, stored, registry);
  expect(make(given, { seed: 3, epoch: 7 })).toEqual(make(given, { seed: 0, epoch: 0 }));
});

test('a step that cannot work says on which case', async () => {
  const source = labelSource('raters', use('one', { rater: 4 }));
  await expect(made(source, labelCase({ raters: masks }))).rejects.toThrow(
    'Case p1, step `one`: there is no rater 4, the case has 3.',
  );
});

test('steps are told what is known of the case: its hard labels, key points, and whom to tell what they chose', async () => {
  const predictions = () => Float64Array.of(0.9, 0.2, 0.5, 0.1, 0.8, 0.5);
  const told: unknown[] = [];
  const given = labelCase({
    predictions,
    keys: { probabilities: Float64Array.of(0.5, 0.5), labels: [1] },
    raters: [oneHot([0, 0, 0])],
    note: (step, chosen) => told.push({ step, ...chosen }),
  });
  // The first pixel is predicted right, the second and third (a tie is background) are not both.
  const labels = await made(labelSource('teacher', use('kde', { bandwidth: 0.5, kernel: 1 })), given);
  expect(labels).toEqual([0.9, 0, 0.5, 0.1, 1, 0.5]);
  expect(told).toEqual([{ step: 'kde', bandwidth: 0.5, keys: 1 }]);
});

test('labels of every source are distributions where its roots are', async () => {
  const everywhere = [
    labelSource('raters', use('majority')),
    labelSource('raters', use('average', { weights: 'dice' })),
    labelSource('raters', use('average', { weights: 'staple' })),
    labelSource('raters', use('staple')),
    labelSource('raters', use('random'), use('boundary', { epsilon: 0.3, kernel: 3 })),
    labelSource('raters', use('one', { rater: 1 }), use('smooth', { epsilon: 0.2 })),
    labelSource('raters', use('average'), use('harden')),
    labelSource('teacher', use('temperature', { T: 3 })),
    labelSource('teacher', use('temperature', { T: 0.1 }), use('kde', { bandwidth: 1e-5, where: 'all' })),
    labelSource('teacher', use('kde', { bandwidth: 'auto', keys: 3 })),
  ];
  const sum = sumOf(everywhere.map((source) => [1 / everywhere.length, source] as const));
  const makers = await Promise.all(
    [...everywhere, sum].map((source) => labelMaker(source, stored, registry)),
  );
  const share = fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true }));
  const rows = fc.array(fc.array(fc.nat({ max: 1 }), { minLength: 6, maxLength: 6 }), {
    minLength: 1,
    maxLength: 5,
  });
  const cases = fc.record({
    rows,
    foreground: fc.array(share, { minLength: 6, maxLength: 6 }),
    keep: fc.array(fc.nat({ max: 1 }), { minLength: 6, maxLength: 6 }),
  });
  fc.assert(
    fc.property(cases, fc.nat(), ({ rows, foreground, keep }, epoch) => {
      const predictions = () => Float64Array.from([...foreground.map((p) => 1 - p), ...foreground]);
      const given = labelCase({
        height: 2,
        raters: rows.map((row) => oneHot(row)),
        predictions,
        keep,
      });
      for (const [s, make] of makers.entries()) {
        const labels = make(given, { seed: 1, epoch });
        for (let i = 0; i < 6; i++) {
          expect(Math.abs(labels[i]! + labels[6 + i]! - 1), `source ${s}`).toBeLessThan(1e-12);
          expect(labels[i]! >= 0 && labels[i]! <= 1, `source ${s}: ${labels[i]}`).toBe(true);
        }
      }
    }),
    { numRuns: 100 },
  );
});
