import { expect, test } from 'vitest';
import { accuracy } from '../../../runtime/metrics/accuracy.ts';
import { ace } from '../../../runtime/metrics/ace.ts';
import { bdice } from '../../../runtime/metrics/bdice.ts';
import { brier } from '../../../runtime/metrics/brier.ts';
import { dice } from '../../../runtime/metrics/dice.ts';
import { ece } from '../../../runtime/metrics/ece.ts';
import { extreme } from '../../../runtime/metrics/extreme.ts';
import { jaccard } from '../../../runtime/metrics/jaccard.ts';
import type { Metric, ScoredCase } from '../../../runtime/metrics/metric.ts';
import { nll } from '../../../runtime/metrics/nll.ts';
import type { OverlapOptions } from '../../../runtime/metrics/overlap.ts';
import { sce } from '../../../runtime/metrics/sce.ts';
import { binary, labelled, scoreOf } from '../../support/scored.ts';

const background = binary([0.1, 0.2], [0, 0]);
const onlyPredicted = binary([0.9, 0.2], [0, 0]);
const right = binary([0.9, 0.2], [1, 0]);
const ignored = binary([0.9, 0.2], [1, 0], { keep: [0, 0] });

const everyMetric: Readonly<Record<string, Metric>> = {
  dice: dice(),
  'dice by data': dice({ by: 'data' }),
  'dice by class': dice({ by: 'class' }),
  jaccard: jaccard(),
  bdice: bdice(),
  accuracy: accuracy(),
  'accuracy over classes': accuracy({ average: 'classes' }),
  ece: ece(),
  'ece by data': ece({ by: 'data' }),
  sce: sce(),
  'sce by data': sce({ by: 'data' }),
  ace: ace(),
  brier: brier(),
  'brier by data': brier({ by: 'data' }),
  nll: nll(),
  extreme: extreme({ where: 'all' }),
};

test.each(Object.entries(everyMetric))(
  '%s: nothing to score has no value, and a case without a pixel that counts leaves the mean',
  (_, metric) => {
    expect(metric.value([])).toBeUndefined();
    expect(scoreOf(metric, ignored)).toBeUndefined();
    expect(scoreOf(metric, right, ignored)).toBe(scoreOf(metric, right));
    expect(scoreOf(metric, right)).toBeTypeOf('number');
  },
);

test.each(Object.entries({ dice, jaccard, bdice }))(
  '%s: the foreground on neither side is 1, or left out, or undefined, as `empty` says',
  (_, metric) => {
    const [neither, one] = [binary([0], [0]), binary([1], [0])];
    const score = (options: OverlapOptions, ...cases: readonly ScoredCase[]) =>
      scoreOf<unknown>(metric(options), ...cases);
    expect(score({}, neither)).toBe(1);
    expect(score({}, neither, one)).toBe(1 / 2);
    expect(score({ empty: 'skip' }, neither)).toBeUndefined();
    expect(score({ empty: 'skip' }, neither, one)).toBe(0);
    expect(score({ empty: 'undefined' }, neither, one)).toBeUndefined();
    expect(score({ empty: 'undefined', worst: 0 }, neither, one)).toBe(0);
  },
);

test('a class of several on neither side is a 1 in the mean by case, and is left out by image', () => {
  const scored = labelled(3, [0, 1], [1, 1]);
  expect(scoreOf(dice(), scored)).toBeCloseTo((2 / 3 + 1) / 2, 12);
  expect(scoreOf(dice({ by: 'image' }), scored)).toBeCloseTo(2 / 3, 12);
});

test('bdice by level: a level that neither side reaches is 1, or is left out of the levels', () => {
  const scored = binary([0.15], [0.35]);
  // Reached by both at 0.1, by the truth alone at 0.2 and 0.3, by neither at six levels.
  expect(scoreOf(bdice(), scored)).toBeCloseTo(7 / 9, 12);
  expect(scoreOf(bdice({ empty: 'skip' }), scored)).toBeCloseTo(1 / 3, 12);
});

test('accuracy of a class on neither side is what `empty` says, and left out if nothing is said', () => {
  const recall = (empty: 'one' | 'skip' | 'undefined') =>
    scoreOf(accuracy({ average: 'classes', classes: 'foreground', active: 'all', empty }), background);
  expect(scoreOf(accuracy({ classes: 'foreground' }), background)).toBeUndefined();
  expect(scoreOf(accuracy({ classes: 'foreground' }), background, right)).toBe(1);
  expect(recall('one')).toBe(1);
  expect(recall('skip')).toBeUndefined();
  expect(recall('undefined')).toBeUndefined();
});

test('accuracy of a class that is in the prediction alone is undefined, and so is a mean with it, unless skipped', () => {
  const score = (empty: 'one' | 'skip' | 'undefined', ...cases: readonly ScoredCase[]) =>
    scoreOf(
      accuracy({ average: 'classes', by: 'image', classes: 'foreground', active: 'either', empty }),
      ...cases,
    );
  expect(score('one', right, background)).toBe(1);
  expect(score('one', right, onlyPredicted)).toBeUndefined();
  expect(score('undefined', right, onlyPredicted)).toBeUndefined();
  expect(score('skip', right, onlyPredicted)).toBe(1);
});

test('calibration of classes that are nowhere: no pixel predicted so, none in the truth, none above the threshold', () => {
  expect(scoreOf(ece({ classes: 'foreground' }), background)).toBeUndefined();
  expect(scoreOf(ece({ classes: 'foreground' }), background, right)).toBeCloseTo(0.1, 12);
  expect(scoreOf(sce({ active: 'truth' }), background)).toBeUndefined();
  expect(scoreOf(sce({ active: 'truth' }), background, right)).toBe(scoreOf(sce(), right));
  expect(scoreOf(ace({ threshold: 0.5 }), background)).toBeUndefined();
  expect(scoreOf(ace({ threshold: 0.5 }), background, right)).toBeCloseTo(0.1, 12);
});

test('nll of a class without truth has no value', () => {
  expect(scoreOf(nll({ classes: 'foreground' }), background)).toBeUndefined();
  expect(scoreOf(nll({ classes: 'foreground' }), background, right)).toBeCloseTo(-Math.log(0.9), 12);
});

test('extreme has no value where nobody disagrees', () => {
  expect(scoreOf(extreme(), background)).toBeUndefined();
});
