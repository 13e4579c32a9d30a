import fc from 'fast-check';
import { expect, test } from 'vitest';
import { average } from '../../../runtime/labels/average.ts';
import { estimateRaters, informedness } from '../../../runtime/labels/staple/estimate.ts';
import { staple } from '../../../runtime/labels/staple.ts';
import { random } from '../../../runtime/random.ts';
import { labelContext, oneHot } from '../../support/labels.ts';

const pixels = 4000;

/** Raters who see a truth, of `classes` alike, and name it with this probability, else one of the others. */
function simulated(skills: readonly number[], classes: number) {
  const draw = random('raters', classes);
  const truth = Array.from({ length: pixels }, () => draw.integer(classes));
  const answers = skills.map((skill) =>
    truth.map((c) => (draw.uniform() < skill ? c : (c + 1 + draw.integer(classes - 1)) % classes)),
  );
  return { truth, masks: answers.map((answer) => oneHot(answer, classes)) };
}

test.each([2, 3])('STAPLE finds how good the raters are, of %i classes', (classes) => {
  const skills = [0.95, 0.9, 0.8, 0.7, 0.6];
  const { masks } = simulated(skills, classes);
  const context = labelContext({ classes, width: pixels });
  const estimate = estimateRaters(masks, context);
  expect(estimate.rounds).toBeLessThan(1000);
  for (const [r, skill] of skills.entries())
    for (let c = 0; c < classes; c++) expect(estimate.confusion[r]![c]![c]!).toBeCloseTo(skill, 1);
  const scores = informedness(estimate);
  for (const [r, skill] of skills.entries())
    expect(scores[r]).toBeCloseTo((classes * skill - 1) / (classes - 1), 1);
});

test('the posterior of STAPLE is nearer to the truth than the plain mean', () => {
  const { truth, masks } = simulated([0.97, 0.95, 0.6, 0.6, 0.6, 0.6], 2);
  const context = labelContext({ width: pixels });
  const squaredError = (labels: Float64Array) =>
    truth.reduce((sum, c, i) => sum + (labels[pixels + i]! - c) ** 2, 0) / pixels;
  const byStaple = squaredError(staple(masks, context));
  const weighted = squaredError(average(masks, context, { weights: 'staple' }));
  const equal = squaredError(average(masks, context));
  expect(byStaple).toBeLessThan(weighted);
  expect(weighted).toBeLessThan(equal);
});

test('the estimate is where a round of expectation maximisation, pixel by pixel, changes nothing', () => {
  const { masks } = simulated([0.9, 0.8, 0.75], 3);
  const { confusion, prior } = estimateRaters(masks, labelContext({ classes: 3, width: pixels }));
  const said = masks.map((mask) =>
    Array.from({ length: pixels }, (_, i) => [0, 1, 2].find((c) => mask[c * pixels + i])!),
  );
  const votes = [0, 1, 2].map(
    (c) => said.flat().filter((answer) => answer === c).length / said.length / pixels,
  );
  for (const c of [0, 1, 2]) expect(prior[c]).toBeCloseTo(votes[c]!, 12);
  const truth = Array.from({ length: pixels }, (_, i) => {
    const likelihood = prior.map((share, c) =>
      said.reduce((p, answers, r) => p * confusion[r]![c]![answers[i]!]!, share),
    );
    const sum = likelihood[0]! + likelihood[1]! + likelihood[2]!;
    return likelihood.map((l) => l / sum);
  });
  for (const [r, answers] of said.entries())
    for (const c of [0, 1, 2])
      for (const answer of [0, 1, 2]) {
        let [hits, all] = [0, 0];
        for (const [i, row] of truth.entries()) {
          all += row[c]!;
          if (answers[i] === answer) hits += row[c]!;
        }
        expect(hits / all).toBeCloseTo(confusion[r]![c]![answer]!, 6);
      }
});

test('where all raters agree, whatever their number, the posterior is what they say', () => {
  const mask = oneHot([0, 1, 1, 0, 0]);
  for (const count of [1, 2, 5, 300]) {
    const labels = staple(
      Array.from({ length: count }, () => mask),
      labelContext({ width: 5 }),
    );
    for (const [i, y] of labels.entries()) expect(y).toBeCloseTo(mask[i]!, 3);
  }
});

test('a mask with shares is refused by number', () => {
  const soft = Float64Array.of(0.5, 0.5);
  expect(() => staple([oneHot([0]), soft], labelContext())).toThrow('that of rater 2 has shares');
});

test('ignored pixels do not change what is found on the others', () => {
  const rows = fc.array(fc.array(fc.nat({ max: 1 }), { minLength: 6, maxLength: 6 }), {
    minLength: 1,
    maxLength: 4,
  });
  fc.assert(
    fc.property(rows, fc.array(fc.nat({ max: 1 }), { minLength: 6, maxLength: 6 }), (answers, other) => {
      const context = labelContext({ width: 6, keep: [1, 1, 1, 1, 0, 0] });
      const changed = answers.map((row) => [...row.slice(0, 4), ...other.slice(4)]);
      const [a, b] = [answers, changed].map((each) =>
        staple(
          each.map((row) => oneHot(row)),
          context,
        ),
      ) as [Float64Array, Float64Array];
      for (let i = 0; i < 4; i++) expect(a[6 + i]).toBe(b[6 + i]);
    }),
    { numRuns: 30 },
  );
});
