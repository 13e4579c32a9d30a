import { describe, expect, test } from 'vitest';
import { evaluationHash, groupKey, runKey, trainingHash } from '../../compiler/identity.ts';
import { experimentOf } from './check/support.ts';

const of = (fields: string, more = '') =>
  experimentOf(`${more} experiment a extends base { labels: mean ${fields} }`);
const usual = trainingHash(of(''));

describe('the training hash stays', () => {
  test.each([
    ['the order of terms', of('loss: 0.75 dml1 + 0.25 ce')],
    ['equal terms written apart', of('loss: 0.25 ce + 0.5 dml1 + 0.25 dml1')],
    ['a let in place of its value', of('loss: w * ce + (1 - w) * dml1', 'let w = 0.25')],
    ['a default that is written out', of('model: unet(depth: 4, width: 16)  batch: 1  schedule: constant')],
    ['another spelling of a number', of('optimizer: sgd(rate: 1e-2)')],
    ['fold and seed, which name the run', of('fold: all  seed: 0 .. 2')],
    ['what is measured and expected', of('evaluate: ece  expect: ece < 5%')],
    ['a doc comment and another name', experimentOf('## Words.\nexperiment b extends base { labels: mean }')],
    [
      'another name of an equal data set',
      experimentOf('dataset same extends shapes {} experiment a extends base { data: same  labels: mean }'),
    ],
  ])('with %s', (_, experiment) => {
    expect(trainingHash(experiment)).toBe(usual);
  });
});

describe('the training hash changes', () => {
  test.each([
    ['labels', experimentOf('experiment a extends base { labels: voted }')],
    ['a weight of the loss', of('loss: 0.3 ce + 0.7 dml1')],
    ['an option of the loss', of('loss: 0.25 ce + 0.75 dml1(smooth: 0)')],
    ['the target of a term', of('loss: 0.25 ce on voted + 0.75 dml1')],
    ['the model', of('model.width: 8')],
    ['the crop', of('crop: 32 x 32')],
    ['the length', of('train: 20 epochs')],
  ])('with %s', (_, experiment) => {
    expect(trainingHash(experiment)).not.toBe(usual);
  });

  test('with the order of the classes, which is that of the outputs', () => {
    const classes = (text: string) =>
      trainingHash(
        experimentOf(
          `dataset c extends shapes { classes: ${text} } experiment a extends base { data: c  labels: mean }`,
        ),
      );
    expect(classes('(none: 0, left: 1, right: 2)')).not.toBe(classes('(none: 0, right: 2, left: 1)'));
  });
});

test('how images are predicted decides the scores, and what a student learns', () => {
  const sliding = of('predict: sliding');
  expect(trainingHash(sliding)).toBe(usual);
  expect(evaluationHash(sliding)).not.toBe(evaluationHash(of('')));
  expect(evaluationHash(of('predict: sliding(stride: 2/3)'))).toBe(evaluationHash(sliding));
  const taught = (predict: string, distill = 'distill(big)') =>
    trainingHash(
      experimentOf(`
        experiment big extends base { labels: mean  seed: 0 .. 1  ${predict} }
        experiment a extends base { labels: mean  teacher: ${distill}  loss: ce on teacher }`),
    );
  // A student learns from whole images, whatever its teacher is scored on.
  expect(taught('predict: sliding')).toBe(taught(''));
  expect(taught('predict: sliding(stride: 1/2)')).not.toBe(taught(''));
  expect(taught('predict: flips')).not.toBe(taught(''));
  // Which network is the best one is decided by the scores.
  const best = 'distill(big, pick: best(dice))';
  expect(taught('predict: sliding', best)).not.toBe(taught('', best));
});

test('which weights are kept is a part of the training, with all that decides which are the best', () => {
  const best = (fields: string) => of(`checkpoint: best(dice) ${fields}`);
  expect(trainingHash(best(''))).not.toBe(usual);
  expect(trainingHash(best('evaluate: dice, bdice'))).toBe(trainingHash(best('')));
  expect(trainingHash(best('evaluate: dice on mean'))).not.toBe(trainingHash(best('')));
  expect(trainingHash(best('predict: sliding'))).not.toBe(trainingHash(best('')));
  expect(trainingHash(of('checkpoint: best(dice, every: 1 epoch)'))).toBe(trainingHash(best('')));
  expect(trainingHash(of('checkpoint: last'))).toBe(usual);
});

test('the evaluation hash is that of what is measured', () => {
  expect(evaluationHash(of('model.width: 8'))).toBe(evaluationHash(of('')));
  expect(evaluationHash(of('evaluate: ece'))).not.toBe(evaluationHash(of('')));
  expect(evaluationHash(of('expect: dice > 0.5'))).toBe(evaluationHash(of('')));
});

test('what it is tested on is in the evaluation alone, without names and folds', () => {
  const tested = (test: string, clinic = 'source.seed: 2', name = 'clinic') =>
    experimentOf(`dataset ${name} extends shapes { ${clinic} } dataset ward extends shapes { source.seed: 3 }
      experiment a extends base { labels: mean  test: ${test} }`);
  const clinic = evaluationHash(tested('clinic'));
  expect(trainingHash(tested('clinic'))).toBe(usual);
  expect(evaluationHash(tested('none'))).toBe(evaluationHash(of('')));
  expect(clinic).not.toBe(evaluationHash(of('')));
  expect(evaluationHash(tested('clinic, ward'))).not.toBe(evaluationHash(tested('ward, clinic')));
  expect(evaluationHash(tested('clinic', 'source.seed: 4'))).not.toBe(clinic);
  expect(evaluationHash(tested('clinic', 'source.seed: 2  window: 0 .. 1'))).not.toBe(clinic);
  expect(evaluationHash(tested('hospital', 'source.seed: 2  folds: holdout', 'hospital'))).toBe(clinic);
});

test('a run has its key from training, data, engine, fold and seed', () => {
  const engine = { engine: 'native', threads: 2 };
  const key = runKey(groupKey(usual, 'data', engine), 0, 1);
  expect(key).toMatch(/^[0-9a-f]{64}$/);
  expect(runKey(groupKey(usual, 'data', { threads: 2, engine: 'native' }), 0, 1)).toBe(key);
  const others = [
    runKey(groupKey(usual, 'data', engine), 1, 1),
    runKey(groupKey(usual, 'data', engine), 0, 2),
    runKey(groupKey(usual, 'other data', engine), 0, 1),
    runKey(groupKey(usual, 'data', { ...engine, threads: 1 }), 0, 1),
    runKey(groupKey('other', 'data', engine), 0, 1),
  ];
  expect(new Set([key, ...others]).size).toBe(6);
});
