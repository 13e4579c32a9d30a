import { expect, test } from 'vitest';
import { checkMetrics } from '../../../compiler/check/expression.ts';
import type { ScoredCase } from '../../../runtime/metrics/metric.ts';
import { openScorers } from '../../../runtime/metrics/score.ts';
import { registry } from '../../../runtime/registry.generated.ts';
import {
  expressionFor,
  type ImageRecord,
  type MedicalRecord,
  medicalExpressions,
  metricOracle,
  type Rules,
} from '../../support/metric-oracles.ts';
import { binary, stacked } from '../../support/scored.ts';

const records = metricOracle?.cases ?? [];
const groups = records.flatMap((record) => [
  { about: record.about, record, rules: 'every' as Rules, values: record.values },
  ...(record.values_binary
    ? [{ about: record.about, record, rules: 'binary' as Rules, values: record.values_binary }]
    : []),
]);

test.skipIf(!metricOracle).each(groups)(
  'every value of $rules equals the reference, images being cases or one stack: $about, $record.classes classes',
  async ({ record, rules, values }) => {
    const images = imagesOf(record);
    for (const [key, expected] of Object.entries(values)) {
      const { text, scale } = expressionFor(key, rules, record.bins);
      for (const cases of [images, [stacked(images)]]) {
        const [value] = await scored(text, record.classes, cases);
        if (expected === null) expect(value, `${key}: ${text}`).toBeUndefined();
        else expect(scale * value!, `${key}: ${text}`).toBeCloseTo(expected, 9);
      }
    }
  },
);

test.skipIf(!metricOracle).each(metricOracle?.medical ?? [])(
  'the medical protocol equals the reference, for each case and all: $about',
  async (record) => {
    const { dice, ece, bdice } = medicalExpressions(record);
    const expressions = [
      { text: dice, truth: 'majority', all: record.dice, each: record.dice_per_case },
      { text: ece, truth: 'majority', all: record.ece, each: record.ece_per_case },
      { text: bdice, truth: 'rater_mean', all: record.bdice, each: undefined },
    ] as const;
    for (const { text, truth, all, each } of expressions) {
      const cases = casesOf(record, truth);
      const [value] = await scored(text, 2, cases);
      expect(100 * value!, text).toBeCloseTo(all, 9);
      for (const [i, expected] of (each ?? []).entries()) {
        const [own] = await scored(text, 2, [cases[i]!]);
        expect(100 * own!, text).toBeCloseTo(expected, 9);
      }
    }
  },
);

/** Scores of an expression; every measure has the cases' own truth. */
async function scored(text: string, classes: number, cases: readonly ScoredCase[]) {
  const { value: measures, diagnostics } = checkMetrics(text, { registry });
  expect(diagnostics, text).toEqual([]);
  const names = Array.from({ length: classes }, (_, c) => `class ${c}`);
  const scorers = await openScorers(measures!, registry, names);
  for (const one of cases) scorers.add(one, [one.truth]);
  return scorers.result().map(({ value }) => value);
}

function imagesOf({ prob, label, classes, ignore_index: ignore }: ImageRecord): readonly ScoredCase[] {
  const [count, height, width] = label.shape as [number, number, number];
  const pixels = height * width;
  return Array.from({ length: count }, (_, k) => {
    const labels = label.data.slice(k * pixels, (k + 1) * pixels);
    const rows = (of: (c: number, i: number) => number) =>
      Float64Array.from({ length: classes * pixels }, (_, at) => of(Math.floor(at / pixels), at % pixels));
    const truth = rows((c, i) => Number(labels[i] === c));
    return {
      id: `image ${k}`,
      classes,
      pixels,
      images: 1,
      probabilities: rows((c, i) => prob.data[(k * pixels + i) * classes + c]!),
      truth,
      raters: truth,
      keep: labels.map((value) => Number(value !== ignore)),
    };
  });
}

const casesOf = ({ cases }: MedicalRecord, truth: 'majority' | 'rater_mean'): readonly ScoredCase[] =>
  cases.map((one) =>
    binary(one.foreground_prob.data, truth === 'majority' ? one.majority : one.rater_mean.data),
  );
