import { describe, expect, test } from 'vitest';
import type { Value } from '../../../compiler/graph/builder.ts';
import { abs } from '../../../compiler/graph/operations/abs.ts';
import { add } from '../../../compiler/graph/operations/add.ts';
import { div } from '../../../compiler/graph/operations/div.ts';
import { mul } from '../../../compiler/graph/operations/mul.ts';
import { sub } from '../../../compiler/graph/operations/sub.ts';
import { decide } from '../../../compiler/laws/decide.ts';
import type { Loss } from '../../../compiler/laws/loss-graph.ts';
import { dml1 } from '../../../runtime/losses/dml1.ts';
import { lawsOfLoss, term } from './support.ts';

const hard = { soft: false };

describe('proved on soft labels', () => {
  test.each([
    ['dml1', {}],
    ['dml1', { smooth: 0 }],
    ['dml1', { gamma: 1.5 }],
    ['dml1', { reduction: { mix: { image: 0.5, class: 0.5 } } }],
    ['dml2', { smooth: 0, reduction: 'image' }],
    ['jml1', {}],
    ['jml2', { smooth: 0 }],
    ['sdl_l2', { smooth: 0 }],
    ['tversky', { fp: 0.3, fn: 0.7 }],
    ['tversky', { fp: 0.3, fn: 0.3, norm: 2 }],
    ['kl', {}],
  ])('%s(%o) is zero at the label, lowest there alone, and never steep', async (name, options) => {
    const { zero, minimum, gradient } = await lawsOfLoss(name, options);
    expect(zero).toMatchObject({ verdict: 'proved' });
    expect(minimum).toMatchObject({ verdict: 'proved', alone: true });
    expect(gradient).toMatchObject({ verdict: 'proved' });
    for (const { rules } of [zero, minimum, gradient]) expect(rules).not.toEqual([]);
  });

  test.each(['sdl', 'sjl', 'focal', 'ce'])('%s obeys all laws on hard labels', async (name) => {
    const { zero, minimum, gradient } = await lawsOfLoss(name, {}, hard);
    expect([zero.verdict, minimum.verdict, gradient.verdict]).toEqual(['proved', 'proved', 'proved']);
    expect(minimum.alone).toBe(true);
  });

  test('cross-entropy is the entropy of the label at the label, and its minimum is there', async () => {
    const { zero, minimum } = await lawsOfLoss('ce');
    expect(zero.verdict).toBe('refuted');
    expect(zero.because).toContain('entropy');
    expect(zero.example?.atLabel).toBeCloseTo(Math.log(2), 12);
    expect(minimum).toMatchObject({ verdict: 'proved', alone: true, rules: ['gibbs'] });
  });
});

describe('refuted by numbers', () => {
  test('soft Dice on a pixel labelled 0.5 is 1/2 at the label and 1/3 at 1', async () => {
    const { zero, minimum, gradient } = await lawsOfLoss('sdl', { smooth: 0 });
    expect(zero.example).toMatchObject({ label: [[0.5]], prediction: [[0.5]], loss: 0.5 });
    expect(minimum).toMatchObject({
      verdict: 'refuted',
      example: { label: [[0.5]], prediction: [[1]], atLabel: 0.5 },
    });
    expect(minimum.example?.loss).toBeCloseTo(1 / 3, 12);
    expect(gradient.verdict).toBe('proved');
  });

  test('a mix with soft Dice has its minimum away from the label as well', async () => {
    const { minimum } = decide(
      [[await term('ce', {}, { weight: 0.25 }), await term('sdl', {}, { weight: 0.75 })]],
      2,
    );
    expect(minimum.verdict).toBe('refuted');
    expect(minimum.example!.loss).toBeLessThan(minimum.example!.atLabel - 0.01);
  });

  test('norm 2 with different weights goes below zero on soft labels', async () => {
    const { zero, minimum } = await lawsOfLoss('tversky', { fp: 0.3, fn: 0.7, norm: 2 });
    expect(zero.verdict).toBe('proved');
    expect(minimum).toMatchObject({ verdict: 'refuted', example: { atLabel: 0 } });
    expect(minimum.example!.loss).toBeLessThan(-0.05);
  });

  test('the logarithmic form without smoothing is infinite where nothing overlaps', async () => {
    const { minimum, gradient } = await lawsOfLoss('dml1', { log: true, smooth: 0 });
    expect(minimum.verdict).toBe('proved');
    expect(gradient).toMatchObject({ verdict: 'refuted', example: { loss: Number.POSITIVE_INFINITY } });
  });

  test('a tempered divergence is lowest at another prediction than an untempered label', async () => {
    const { minimum } = await lawsOfLoss('kl', { temperature: 2 });
    expect(minimum.verdict).toBe('refuted');
  });

  test('terms with different targets meet in the middle', async () => {
    const { zero, minimum, gradient } = decide(
      [
        [
          await term('ce', {}, { weight: 0.5, soft: false }),
          await term('kl', {}, { weight: 0.5, target: 1 }),
        ],
      ],
      2,
    );
    expect(zero.verdict).toBe('refuted');
    expect(minimum.verdict).toBe('refuted');
    expect(minimum.example?.teacher).toBeDefined();
    expect(gradient.verdict).toBe('proved');
  });
});

describe('a minimum that is not alone', () => {
  test.each([
    ['without a weight of false positives', { fp: 0, fn: 0.7 }],
    ['without a weight of false negatives', { fp: 0.7, fn: 0 }],
  ])('tversky %s', async (_, options) => {
    const { minimum } = await lawsOfLoss('tversky', options);
    expect(minimum).toMatchObject({ verdict: 'proved', alone: false });
    expect(minimum.example!.loss).toBe(minimum.example!.atLabel);
    expect(minimum.example!.prediction).not.toEqual(minimum.example!.label);
  });

  test('of three classes, two that are too faint to count can change places', async () => {
    const { minimum } = await lawsOfLoss('dml1', { active: 'present' }, { classes: 3 });
    expect(minimum).toMatchObject({ verdict: 'proved', alone: false });
  });

  test('a class without weight is decided by the others, unless labels are hard and it is the only one', async () => {
    const soft = await lawsOfLoss('dml1', { weights: [0, 1] });
    expect(soft.minimum).toMatchObject({ verdict: 'proved', alone: true });
    const onHard = await lawsOfLoss('dml1', { weights: [0, 1] }, hard);
    expect(onHard.minimum).toMatchObject({ verdict: 'proved', alone: false });
  });
});

test("a loss of one's own whose pixels weigh what the label says is proved like its origin", () => {
  const weighted: Loss = (inputs, options) => {
    const weight = add(1, abs(sub(inputs.labels, 0.4)));
    return dml1({ ...inputs, keep: mul(inputs.keep, weight) }, options);
  };
  const verdicts = decide([[{ weight: 1, loss: weighted, options: {}, target: 0, soft: true }]], 2);
  expect(verdicts.zero).toMatchObject({ verdict: 'proved', rules: ['quotient'] });
  expect(verdicts.minimum).toMatchObject({ verdict: 'proved', alone: true });
  expect(verdicts.gradient).toMatchObject({ verdict: 'proved', rules: ['denominator'] });
});

test('a weight that can be 0 leaves pixels open, and one that can be infinite proves nothing', () => {
  const weightedBy =
    (weigh: (labels: Value) => Value): Loss =>
    (inputs, options) =>
      dml1({ ...inputs, keep: mul(inputs.keep, weigh(inputs.labels)) }, options);
  const of = (loss: Loss) => decide([[{ weight: 1, loss, options: {}, target: 0, soft: true }]], 2);
  expect(of(weightedBy((y) => abs(sub(y, 0.5)))).minimum).not.toMatchObject({
    verdict: 'proved',
    alone: true,
  });
  expect(of(weightedBy((y) => div(1, y))).gradient.verdict).not.toBe('proved');
});

test('heads have predictions of their own: a mix over two of them is decided by its parts', async () => {
  const { minimum } = decide([[await term('dml1')], [await term('ce')]], 2);
  expect(minimum).toMatchObject({ verdict: 'proved', alone: true, rules: ['quotient', 'gibbs'] });
  const spoiled = decide([[await term('dml1')], [await term('sdl')]], 2);
  expect(spoiled.minimum.verdict).toBe('refuted');
});
