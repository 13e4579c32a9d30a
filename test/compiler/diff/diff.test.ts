import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diff, retrains } from '../../../compiler/diff/diff.ts';
import { evaluationHash, trainingHash } from '../../../compiler/identity.ts';
import { randomExperiment } from '../check/arbitrary.ts';
import { registry } from '../check/components.ts';
import { checkText, experimentOf } from '../check/support.ts';

const of = (fields: string, labels = 'mean', more = '') =>
  experimentOf(`${more} experiment a extends base { labels: ${labels} ${fields} }`);
const clinics =
  'dataset clinic extends shapes { source.seed: 2 } dataset ward extends shapes { source.seed: 3 }';
const lines = (...[a, b]: [ReturnType<typeof of>, ReturnType<typeof of>]) =>
  diff(a, b, registry).map(({ path, before, after, effect }) => `${path}: ${before} → ${after} (${effect})`);

test.each([
  ['an option of the model', of(''), of('model.width: 32'), ['model.width: 16 → 32 (training)']],
  ['another model', of(''), of('model: twin(width: 8)'), ['model: unet → twin(width: 8) (training)']],
  [
    'another combination of raters',
    of('evaluate: dice'),
    of('evaluate: dice', 'voted'),
    ['labels: raters |> average → raters |> majority (training)'],
  ],
  [
    'an option of a label step',
    of('', 'mean |> smooth(0.1)'),
    of('', 'mean |> smooth(0.2)'),
    ['labels.smooth.epsilon: 0.1 → 0.2 (training)'],
  ],
  [
    'one loss for another',
    of('loss: 0.25 ce + 0.75 sdl'),
    of('loss: 0.25 ce + 0.75 dml1'),
    ['loss: 0.25 ce + 0.75 sdl → 0.25 ce + 0.75 dml1 (training)'],
  ],
  [
    'an option of a term',
    of(''),
    of('loss: 0.25 ce + 0.75 dml1(smooth: 0)'),
    ['loss.dml1.smooth: 0.001 → 0 (training)'],
  ],
  [
    'the target of a term',
    of('loss: ce + dml1'),
    of('loss: ce on voted + dml1'),
    ['loss: 1 ce + 1 dml1 → 1 ce on (raters |> majority) + 1 dml1 (training)'],
  ],
  [
    'the schedule',
    of(''),
    of('schedule: warmup(5%) then poly'),
    ['schedule: constant → warmup(duration: 0.05) then poly (training)'],
  ],
  [
    'a metric',
    of('evaluate: dice'),
    of('evaluate: dice on mean'),
    ['evaluate: dice on (raters |> majority) → dice on (raters |> average) (evaluation)'],
  ],
  [
    'an option of a metric',
    of('evaluate: ece'),
    of('evaluate: ece(15)'),
    ['evaluate.ece.bins: 10 → 15 (evaluation)'],
  ],
  [
    'which weights are kept',
    of(''),
    of('checkpoint: best(dice, every: 2 epochs)'),
    ['checkpoint: last → best(dice, every: 2 epochs) (training)'],
  ],
  [
    'how the best weights are measured',
    of('evaluate: dice  checkpoint: best(dice)'),
    of('evaluate: dice on mean  checkpoint: best(dice)'),
    [
      'checkpoint.evaluate: dice on (raters |> majority) → dice on (raters |> average) (training)',
      'evaluate: dice on (raters |> majority) → dice on (raters |> average) (evaluation)',
    ],
  ],
  [
    'how the best weights are predicted',
    of('checkpoint: best(dice)'),
    of('checkpoint: best(dice)  predict: sliding'),
    ['checkpoint.predict: center → sliding (training)', 'predict: center → sliding (evaluation)'],
  ],
  [
    'how images are predicted',
    of(''),
    of('predict: sliding |> flips(vertical)'),
    ['predict: center → sliding |> flips(directions: vertical) (evaluation)'],
  ],
  [
    'an option of a prediction step',
    of('predict: sliding'),
    of('predict: sliding(stride: 1/2)'),
    ['predict.sliding.stride: 0.6666666666666666 → 0.5 (evaluation)'],
  ],
  [
    'seeds and a claim',
    of(''),
    of('seed: 0 .. 2  expect: dice > 0.8'),
    ['seed: 0 → 0 .. 2 (runs)', 'expect: none → dice > 0.8 (report)'],
  ],
  [
    'the data set, field by field',
    of(''),
    of(
      'data: other',
      'mean',
      'dataset other extends shapes { source.cases: 20  window: 0 .. 255  size: 32 x 32  folds: holdout }',
    ),
    [
      'data.source.cases: 60 → 20 (training)',
      'data.size: none → 32 x 32 (training)',
      'data.window: image → 0 .. 255 (training)',
      'data.folds: contiguous → holdout (training)',
    ],
  ],
  [
    'what is tested on',
    of('test: clinic', 'mean', clinics),
    of('test: clinic, ward', 'mean', clinics),
    ['test: clinic → clinic, ward (evaluation)'],
  ],
  [
    'a data set that is tested on, field by field, whatever its folds',
    of('test: clinic', 'mean', 'dataset clinic extends shapes { source.seed: 2  window: 0 .. 1 }'),
    of('test: clinic', 'mean', 'dataset clinic extends shapes { source.seed: 3  folds: holdout }'),
    ['test.clinic.source.seed: 2 → 3 (evaluation)', 'test.clinic.window: 0 .. 1 → image (evaluation)'],
  ],
  ['the order of terms, which means nothing', of('loss: 0.75 dml1 + 0.25 ce'), of(''), []],
  [
    'names, which mean nothing',
    of(''),
    experimentOf('## Doc.\nexperiment b extends base { labels: mean }'),
    [],
  ],
])('%s', (_, before, after, expected) => {
  expect(lines(before, after)).toEqual(expected);
});

test('says training, or evaluation, if and only if the hash of it differs; and nothing of equals', () => {
  const parsed = randomExperiment.map((text) => checkText(text).value!.experiments.at(-1)!);
  fc.assert(
    fc.property(parsed, parsed, fc.nat(), (a, b, mask) => {
      // Fields from both, so that most of them are equal.
      const mixed = Object.fromEntries(
        Object.entries(a).map(([field, value], i) => [
          field,
          (mask >> i) & 1 ? b[field as keyof typeof b] : value,
        ]),
      ) as unknown as typeof a;
      const effects = diff(a, mixed, registry).map(({ effect }) => effect);
      expect(effects.some(retrains)).toBe(trainingHash(a) !== trainingHash(mixed));
      expect(effects.includes('evaluation')).toBe(evaluationHash(a) !== evaluationHash(mixed));
      expect(diff(a, a, registry)).toEqual([]);
      for (const { before, after } of diff(a, mixed, registry)) expect(before).not.toBe(after);
    }),
    { numRuns: 40 },
  );
});

describe('Teachers', () => {
  const taught = (teacher: string, { big = '', fields = '' } = {}) =>
    experimentOf(`
      experiment big extends base { labels: mean  fold: all  seed: 0 .. 2 ${big} }
      experiment other extends big { batch: 7 }
      experiment a extends base { labels: voted  teacher: ${teacher}  ${fields} }`);
  const usual = taught('distill(big) |> kde');

  test.each([
    ['none at all', of('', 'voted'), usual, ['teacher: none → distill(big) |> kde (training)']],
    [
      'an option of a step',
      usual,
      taught('distill(big) |> kde(bandwidth: 0.5)'),
      ['teacher.kde.bandwidth: 0.001 → 0.5 (training)'],
    ],
    [
      'what is asked of the same networks',
      usual,
      taught('distill(big, pick: seed(1), temperature: 2) |> kde'),
      ['teacher.distill.pick: same → seed(1) (training)', 'teacher.distill.temperature: 1 → 2 (training)'],
    ],
    [
      'something in the training of the networks',
      usual,
      taught('distill(big) |> kde', { big: 'model.width: 8  evaluate: dice' }),
      ['teacher.distill.model.width: 16 → 8 (teaching)'],
    ],
    [
      'other networks, by what they differ in',
      usual,
      taught('distill(other) |> kde'),
      ['teacher.distill.batch: 1 → 7 (teaching)'],
    ],
    [
      'what the same networks predict',
      usual,
      taught('distill(big) |> kde', { big: 'predict: flips' }),
      ['teacher.distill.predict: center → center |> flips (training)'],
    ],
    [
      'what the same networks are scored on, which is not what they teach',
      usual,
      taught('distill(big) |> kde', { big: 'predict: sliding' }),
      [],
    ],
    [
      'another step',
      usual,
      taught('distill(big)'),
      ['teacher: distill(big) |> kde → distill(big) (training)'],
    ],
    [
      'how the best network is chosen',
      taught('distill(big, pick: best(dice))'),
      taught('distill(big, pick: best(dice))', { big: 'evaluate: dice on mean' }),
      [
        'teacher.distill.evaluate: dice on (raters |> majority), bdice(levels: 9) on (raters |> average), ece on (raters |> majority) → dice on (raters |> average) (training)',
      ],
    ],
    [
      'an option of a term on the teacher',
      taught('distill(big)', { fields: 'loss: 0.5 ce + 0.5 dml1 on teacher' }),
      taught('distill(big)', { fields: 'loss: 0.5 ce + 0.5 dml1(smooth: 0) on teacher' }),
      ['loss.dml1.smooth: 0.001 → 0 (training)'],
    ],
    [
      'the target of a term, by its name',
      taught('distill(big)', { fields: 'loss: 0.5 ce + 0.5 dml1' }),
      taught('distill(big)', { fields: 'loss: 0.5 ce + 0.5 dml1 on (teacher |> harden)' }),
      ['loss: 0.5 ce + 0.5 dml1 → 0.5 ce + 0.5 dml1 on (teacher |> harden) (training)'],
    ],
    [
      'a network that teaches one term alone',
      taught('none', { fields: 'loss: 0.5 ce + 0.5 dml1 on (distill(big))' }),
      taught('none', { fields: 'loss: 0.5 ce + 0.5 dml1 on (distill(big))', big: 'model.width: 8' }),
      ['loss.dml1.on.distill.model.width: 16 → 8 (teaching)'],
    ],
  ])('%s', (_, before, after, expected) => {
    expect(lines(before, after)).toEqual(expected.map((line) => line.replace('bdice(levels: 9)', 'bdice')));
  });

  test('where they are compared by meaning: other names, scores and folds of a teacher change nothing', () => {
    const renamed = experimentOf(`
      experiment huge extends base { labels: mean  fold: 0 .. 1  seed: 0 .. 1  evaluate: ece  expect: ece < 1 }
      experiment a extends base { labels: voted  teacher: distill(huge) |> kde }`);
    expect(lines(usual, renamed)).toEqual([]);
    expect(trainingHash(usual)).toBe(trainingHash(renamed));
  });
});

test('where training starts is a change of the training', () => {
  expect(lines(of(''), of('start: weights("a.safetensors")'))).toEqual([
    'start: random → weights("a.safetensors") (training)',
  ]);
  expect(lines(of('start: weights("a")'), of('start: weights("b", parts: encoder)'))).toEqual([
    'start.weights.file: "a" → "b" (training)',
    'start.weights.parts: all → [encoder] (training)',
  ]);
});

describe('What an experiment starts from', () => {
  const first = (fields: string, start = 'trained(big)') =>
    of(`start: ${start}`, 'mean', `experiment big extends base { labels: mean ${fields} }`);

  test.each([
    ['its model', first('loss: ce'), ['start.trained.loss: 0.25 ce + 0.75 dml1 → ce (teaching)']],
    ['its seed', first('seed: 3'), ['start.trained.pick: same → seed(3) (training)']],
    [
      'what is taken',
      first('', 'trained(big, parts: all - head)'),
      ['start.trained.parts: all → [encoder, decoder] (training)'],
    ],
    ['nothing of it', first('', 'random'), ['start: trained(big) → random (training)']],
  ])('%s', (_, after, expected) => {
    expect(lines(first(''), after)).toEqual(expected);
    expect(trainingHash(first('')) === trainingHash(after)).toBe(false);
  });

  test('what is evaluated there is none of its weights, nor are more seeds and equal parts', () => {
    const same = first('evaluate: ece  seed: 0 .. 2', 'trained(big, parts: [decoder, head, encoder])');
    expect(lines(first(''), same)).toEqual([]);
    expect(trainingHash(first(''))).toBe(trainingHash(same));
  });

  test('on other data, where all folds start from one network, its fold is part of the identity', () => {
    const other = (fold: number) =>
      of(
        'start: trained(big)',
        'mean',
        `dataset more { source: phantom(seed: 1) } experiment big extends base { data: more  labels: mean  fold: ${fold} }`,
      );
    expect(lines(other(1), other(2))).toEqual(['start.trained.fold: 1 → 2 (training)']);
  });
});
