import { expect, test } from 'vitest';
import type { Sweep } from '../../../compiler/experiment.ts';
import { checkText, codesOf, prelude } from './support.ts';

const plain = 'experiment plain extends base { labels: mean  batch: 2 }';

function sweepOf(text: string, options: Parameters<typeof checkText>[1] = {}): Sweep {
  const { value, diagnostics } = checkText(`${prelude} ${plain} ${text}`, options);
  if (!value) throw new Error(diagnostics.map(({ code, message }) => `${code} ${message}`).join('\n'));
  return value.sweeps[0]!;
}

const valuesOf = ({ arms }: Sweep) => arms.map(({ values }) => values.join(' | '));

test('one factor: an arm for each value, called by it as written', () => {
  const sweep = sweepOf(
    'let mix = 0.25 ce + 0.75 sdl sweep s of plain { vary loss in [mix, 0.25 ce  +  0.75 dml1] }',
  );
  expect(sweep.factors).toEqual(['loss']);
  expect(valuesOf(sweep)).toEqual(['mix', '0.25 ce + 0.75 dml1']);
  expect(
    sweep.arms.map(({ number, experiment }) => [number, experiment.name, experiment.loss[1]!.loss.name]),
  ).toEqual([
    [1, 's/1', 'sdl'],
    [2, 's/2', 'dml1'],
  ]);
});

test('the product of several, the first factor slowest', () => {
  const sweep = sweepOf('sweep s of plain { vary labels in [voted, mean]  vary model.width in [8, 16] }');
  expect(valuesOf(sweep)).toEqual(['voted | 8', 'voted | 16', 'mean | 8', 'mean | 16']);
  expect(
    sweep.arms.map(({ experiment }) => [experiment.labels.soft, experiment.model.options.width]),
  ).toEqual([
    [false, 8],
    [false, 16],
    [true, 8],
    [true, 16],
  ]);
});

test('paired values are one factor', () => {
  const sweep = sweepOf('sweep s of plain { vary model.depth, model.width in [(2, 8), (3, 16)] }');
  expect(sweep.factors).toEqual(['model.depth, model.width']);
  expect(valuesOf(sweep)).toEqual(['2, 8', '3, 16']);
  expect(sweep.arms[1]!.experiment.model.options).toMatchObject({ depth: 3, width: 16 });
});

test('a let is a factor for a number that is used in several places', () => {
  const sweep = sweepOf('sweep s of plain { let w in [0, 0.25]  loss: w * ce + (1 - w) * dml1 }');
  expect(sweep.factors).toEqual(['w']);
  expect(sweep.arms.map(({ experiment }) => experiment.loss.map(({ weight }) => weight))).toEqual([
    [0, 1],
    [0.25, 0.75],
  ]);
});

test('several experiments after of are the first factor', () => {
  const sweep = sweepOf(
    'experiment wide extends plain { model.width: 64 } sweep s of plain, wide { vary batch in 1 .. 2 }',
  );
  expect(sweep.factors).toEqual(['experiment', 'batch']);
  expect(valuesOf(sweep)).toEqual(['plain | 1', 'plain | 2', 'wide | 1', 'wide | 2']);
  expect(sweep.arms[3]!.experiment).toMatchObject({ batch: 2, model: { options: { width: 64 } } });
});

test('ordinary fields are the same in every arm', () => {
  const sweep = sweepOf('sweep s of plain { vary batch in [1, 4]  train: 3 epochs  seed: 0 .. 1 }');
  expect(sweep.arms.map(({ experiment }) => [experiment.train, experiment.seed])).toEqual([
    [{ value: 3, unit: 'epochs' }, [0, 1]],
    [{ value: 3, unit: 'epochs' }, [0, 1]],
  ]);
});

test.each([
  [
    'a record of several fields',
    'vary labels in [voted, mean] vary batch in [1, 2] except: (labels: voted, batch: 2)',
    ['voted | 1', 'mean | 1', 'mean | 2'],
  ],
  ['several records', 'vary batch in [1, 2, 3, 4] except: (batch: 2), (batch: 3)', ['1', '4']],
  [
    'values that are equal by meaning',
    'vary labels in [voted, mean] except: (labels: raters |> average)',
    ['voted'],
  ],
  ['the last word of a path', 'vary model.width in [8, 16] except: (width: 2 * 4)', ['16']],
  ['a let', 'let w in [0.5, 1] loss: w * ce except: (w: 50%)', ['1']],
])('except leaves out what matches %s', (_, body, expected) => {
  expect(valuesOf(sweepOf(`sweep s of plain { ${body} }`))).toEqual(expected);
});

test('arms that stay are numbered from 1', () => {
  const sweep = sweepOf('sweep s of plain { vary batch in [1, 2, 3]  except: (batch: 1) }');
  expect(sweep.arms.map(({ number, experiment }) => [number, experiment.name, experiment.batch])).toEqual([
    [1, 's/1', 2],
    [2, 's/2', 3],
  ]);
});

test('settings of the command line go to the base, and not to what is varied', () => {
  const text = 'sweep s of plain { vary model.width in [8, 16]  train: 3 epochs }';
  const sweep = sweepOf(text, { set: ['train=1 epoch', 'model.depth=2'], target: 's' });
  expect(sweep.arms.map(({ experiment }) => [experiment.train, experiment.model.options])).toEqual([
    [
      { value: 1, unit: 'epochs' },
      { depth: 2, width: 8, norm: 'none' },
    ],
    [
      { value: 1, unit: 'epochs' },
      { depth: 2, width: 16, norm: 'none' },
    ],
  ]);
  expect(codesOf(`${plain} ${text}`, { set: ['model=unet'], target: 's' })).toEqual(['DML1353']);
});

test('a mistake in a value is reported once, at the value, not once an arm', () => {
  const body = 'vary model.width in [8, 0] vary batch in [1, 2, 3]';
  expect(codesOf(`${plain} sweep s of plain { ${body} }`)).toEqual(['DML1310']);
});

test('a mistake that only an arm has is found', () => {
  expect(codesOf(`${plain} sweep s of plain { vary model in [unet, twin]  model.depth: 2 }`)).toEqual([
    'DML1214',
  ]);
  expect(codesOf(`${plain} sweep s of plain { vary optimizer in [adamw, sgd] }`)).toEqual(['DML1220']);
});
