import { describe, expect, test } from 'vitest';
import type { Experiment, LabelSource, Use } from '../../../compiler/experiment.ts';
import { checkText, codesOf, experimentOf, prelude, withoutSpans } from './support.ts';

const of = (fields: string, more = '') =>
  experimentOf(`${more} experiment a extends base { labels: mean ${fields} }`);
const useOf = ({ name, options }: Use) => [name, options];
const labelsOf = ({ root, steps, soft }: LabelSource) => [root, ...steps.map(({ name }) => name), soft];
const termsOf = ({ loss }: Experiment) =>
  loss.map(({ weight, loss: { name }, on, at }) => [
    weight,
    name,
    on.steps.map((step) => step.name).join(' '),
    at,
  ]);

test('every default is explicit', () => {
  expect(withoutSpans(of(''))).toEqual(
    withoutSpans({
      name: 'a',
      data: {
        name: 'shapes',
        source: { name: 'phantom', options: { cases: 60, raters: 4, seed: 0 } },
        classes: [
          { name: 'background', values: [0] },
          { name: 'foreground', values: 'others' },
        ],
        window: 'image',
        folds: { name: 'contiguous', options: { count: 5 } },
      },
      fold: [0],
      crop: 'whole',
      augment: [],
      labels: { root: 'raters', steps: [{ name: 'average', options: { weights: 'equal' } }], soft: true },
      teacher: undefined,
      start: 'random',
      model: { name: 'unet', options: { depth: 4, width: 16, norm: 'none' } },
      loss: [
        { weight: 0.25, loss: { name: 'ce', options: {} }, on: of('').labels, at: 'main' },
        {
          weight: 0.75,
          loss: { name: 'dml1', options: { smooth: 0.001, reduction: 'batch', active: 'auto' } },
          on: of('').labels,
          at: 'main',
        },
      ],
      optimizer: { name: 'sgd', options: { rate: 0.01, momentum: 0, decay: 0, nesterov: false } },
      schedule: [{ name: 'constant', options: { duration: 'rest' } }],
      train: { value: 10, unit: 'epochs' },
      batch: 1,
      seed: [0],
      checkpoint: 'last',
      evaluate: of('').evaluate,
      predict: [{ name: 'center', options: {} }],
      expect: [],
      test: [],
    }),
  );
});

describe('Prediction', () => {
  const predicted = (fields: string) =>
    of(fields).predict.map(({ name, options }) => [name, ...Object.values(options)].join(' '));

  test.each([
    [
      'windows, then ways to look at them',
      'predict: sliding(stride: 1/2) |> flips(all)',
      ['sliding 0.5', 'flips all'],
    ],
    [
      'ways to look at the window in the middle',
      'predict: flips(horizontal)',
      ['center', 'flips horizontal'],
    ],
    ['the window in the middle', 'predict: center', ['center']],
  ])('%s', (_, fields, expected) => {
    expect(predicted(fields)).toEqual(expected);
  });

  test('is inherited, replaced and changed by paths', () => {
    const files = (child: string) =>
      experimentOf(`
        experiment a extends base { labels: mean  predict: sliding |> flips }
        experiment b extends a { ${child} }`).predict.map(({ name, options }) => ({ name, ...options }));
    expect(files('predict.sliding.stride: 1/4')[0]).toEqual({ name: 'sliding', stride: 0.25 });
    expect(files('predict.flips.directions: vertical')[1]).toEqual({ name: 'flips', directions: 'vertical' });
    expect(files('predict: center')).toEqual([{ name: 'center' }]);
  });

  test.each([
    ['windows that come late', 'predict: flips |> sliding', ['DML1391']],
    ['windows twice', 'predict: center |> sliding', ['DML1391']],
    ['a misspelt step', 'predict: slidng', ['DML1203']],
    ['a transform', 'predict: sliding |> flip', ['DML1203']],
    ['no stride', 'predict: sliding(stride: 0)', ['DML1310']],
    ['steps as phases', 'predict: sliding then flips', ['DML1304']],
    ['a step that is not there', 'predict.sliding.stride: 1/2', ['DML1215']],
    ['nothing', 'predict: none', ['DML1203']],
  ])('%s is an error', (_, fields, codes) => {
    expect(codesOf(`experiment a extends base { labels: mean  ${fields} }`)).toEqual(codes);
  });

  test('a misspelt step is told what is nearest', () => {
    const { diagnostics } = checkText(
      `${prelude}experiment a extends base { labels: mean  predict: slidng }`,
    );
    expect(diagnostics[0]!.help).toBe('Did you mean `sliding`?');
  });

  test('can be varied, and set on the command line', () => {
    const text = `${prelude}
      experiment a extends base { labels: mean  seed: 0 .. 2 }
      sweep s of a { vary predict in [center, sliding, sliding |> flips] }`;
    const { value, diagnostics } = checkText(text, { set: ['batch=2'] });
    expect(diagnostics).toEqual([]);
    expect(value!.sweeps[0]!.arms.map(({ experiment }) => experiment.predict.length)).toEqual([1, 1, 2]);
    const set = experimentOf('experiment a extends base { labels: mean }', {
      set: ['predict=sliding(stride: 1/2)'],
    });
    expect(set.predict[0]!.options.stride).toBe(0.5);
  });
});

describe('Checkpoints', () => {
  const kept = (fields: string) => withoutSpans(of(fields).checkpoint);
  const epochs = (value: number) => ({ value, unit: 'epochs' });

  test.each([
    ['the last ones', 'checkpoint: last', 'last'],
    ['the best of each epoch', 'checkpoint: best(dice)', { metric: 'dice', every: epochs(1) }],
    [
      'the best by a metric with a name',
      'checkpoint: best(metric: ece, every: 5 epochs)',
      { metric: 'ece', every: epochs(5) },
    ],
    [
      'steps between looks',
      'train: 40 steps  checkpoint: best(dice, every: 20 steps)',
      { metric: 'dice', every: { value: 20, unit: 'steps' } },
    ],
  ])('%s', (_, fields, expected) => {
    expect(kept(fields)).toEqual(expected);
  });

  test('are inherited, and changed by paths', () => {
    const child = (fields: string) =>
      withoutSpans(
        experimentOf(`
          experiment a extends base { labels: mean  checkpoint: best(dice, every: 5 epochs) }
          experiment b extends a { ${fields} }`).checkpoint,
      );
    expect(child('checkpoint.every: 2 epochs')).toEqual({ metric: 'dice', every: epochs(2) });
    expect(child('checkpoint.metric: ece')).toEqual({ metric: 'ece', every: epochs(5) });
    expect(child('checkpoint: last')).toBe('last');
  });

  test.each([
    ['a metric that is not evaluated', 'evaluate: ece  checkpoint: best(dice)', ['DML1392']],
    [
      'a metric that is evaluated twice',
      'evaluate: dice on mean, dice on voted  checkpoint: best(dice)',
      ['DML1392'],
    ],
    ['nothing that is evaluated', 'evaluate: none  checkpoint: best(dice)', ['DML1392']],
    ['no fold', 'fold: none  checkpoint: best(dice)', ['DML1393']],
    ['no training', 'train: none  checkpoint: best(dice)', ['DML1394']],
    ['less often than the run is long', 'checkpoint: best(dice, every: 11 epochs)', ['DML1395']],
    ['no metric', 'checkpoint: best(every: 2 epochs)', ['DML1220']],
    ['never', 'checkpoint: best(dice, every: 0 epochs)', ['DML1310']],
    ['a number without its unit', 'checkpoint: best(dice, every: 10)', ['DML1310']],
    ['a misspelt word', 'checkpoint: lst', ['DML1201']],
    ['a misspelt call', 'checkpoint: bst(dice)', ['DML1201']],
    ['a misspelt option', 'checkpoint: best(dice, evry: 2 epochs)', ['DML1218']],
    ['an option twice', 'checkpoint: best(dice, metric: ece)', ['DML1219']],
    ['another value', 'checkpoint: 5', ['DML1301']],
    ['an option of the last ones', 'checkpoint: last  ', []],
  ])('%s', (_, fields, codes) => {
    expect(codesOf(`experiment a extends base { labels: mean  ${fields} }`)).toEqual(codes);
  });

  test('an option of the last ones is told', () => {
    expect(
      codesOf(
        'experiment a extends base { labels: mean  checkpoint: last } experiment b extends a { checkpoint.every: 2 epochs }',
      ),
    ).toEqual(['DML1215']);
  });

  test('a metric that is nearly evaluated is suggested', () => {
    const { diagnostics } = checkText(
      `${prelude}experiment a extends base { labels: mean  checkpoint: best(dise) }`,
    );
    expect(diagnostics[0]!.help).toBe('Did you mean `dice`?');
  });
});

describe('Values', () => {
  test.each([
    ['a fraction', 'optimizer: sgd(rate: 1/4)', (a: Experiment) => a.optimizer.options.rate, 0.25],
    ['percent', 'schedule: warmup(5%)', (a: Experiment) => a.schedule[0]!.options.duration, 0.05],
    [
      'a duration',
      'schedule: warmup(2 epochs)',
      (a: Experiment) => a.schedule[0]!.options.duration,
      { value: 2, unit: 'epochs' },
    ],
    ['thousands', 'train: 40k steps', (a: Experiment) => a.train, { value: 40_000, unit: 'steps' }],
    ['one of a unit', 'train: 1 epoch', (a: Experiment) => a.train, { value: 1, unit: 'epochs' }],
    [
      'a length',
      'augment: shift(3 px)',
      (a: Experiment) => a.augment[0]!.options.by,
      { value: 3, unit: 'px' },
    ],
    [
      'a range',
      'augment: scale(0.5 .. 2)',
      (a: Experiment) => a.augment[0]!.options.factor,
      { low: 0.5, high: 2 },
    ],
    ['a size', 'crop: 64 x 32', (a: Experiment) => a.crop, [64, 32]],
    [
      'a truth',
      'optimizer: sgd(rate: 1, nesterov: true)',
      (a: Experiment) => a.optimizer.options.nesterov,
      true,
    ],
    [
      'a choice',
      'loss: dml1(reduction: image)',
      (a: Experiment) => a.loss[0]!.loss.options.reduction,
      'image',
    ],
    [
      'a list',
      'optimizer: adamw(betas: [0.9, 0.95])',
      (a: Experiment) => a.optimizer.options.betas,
      [0.9, 0.95],
    ],
    [
      'one of several kinds',
      'labels: raters |> average(weights: [1, 2, 1, 1])',
      (a: Experiment) => a.labels.steps[0]!.options.weights,
      [1, 2, 1, 1],
    ],
    ['whole numbers as a range', 'seed: 3 .. 5', (a: Experiment) => a.seed, [3, 4, 5]],
    ['whole numbers as a list', 'fold: [0, 2]', (a: Experiment) => a.fold, [0, 2]],
    ['none for a field that can be switched off', 'crop: none', (a: Experiment) => a.crop, 'whole'],
    [
      'the first option without its name',
      'schedule: poly(1)',
      (a: Experiment) => a.schedule[0]!.options.power,
      1,
    ],
  ])('%s', (_, fields, value, expected) => {
    const text = fields.startsWith('labels') ? fields : `labels: mean ${fields}`;
    expect(value(experimentOf(`experiment a extends base { ${text} }`))).toEqual(expected);
  });

  test('arithmetic with lets, with units, and without noise in the last digits', () => {
    const lets = 'let n = 2 let e = 5 epochs let r = 1 - 0.9';
    expect(of('train: n * e + 1 epoch', lets).train).toEqual({ value: 11, unit: 'epochs' });
    expect(of('optimizer: sgd(rate: r)', lets).optimizer.options.rate).toBe(0.1);
    expect(of('optimizer: sgd(rate: e / (10 epochs))', lets).optimizer.options.rate).toBe(0.5);
    expect(codesOf('experiment a extends base { labels: mean  train: 2 epochs + 3 steps }')).toEqual([
      'DML1301',
    ]);
  });

  test('a name stands for a value, never for text', () => {
    const sum = 'let sum = 1 + 1 let half = ce + dml1';
    expect(of('batch: 2 * sum', sum).batch).toBe(4);
    expect(termsOf(of('loss: 0.5 half', sum)).map(([weight]) => weight)).toEqual([0.5, 0.5]);
  });
});

describe('Mixes', () => {
  test('are multiplied out, with on and at going to every term inside', () => {
    const mix = 'let mix = 0.125 ce + 0.125 ce at aux + 0.75 dml1';
    expect(termsOf(of('model: twin  loss: 0.5 mix + 0.5 mix on voted', mix))).toEqual([
      [0.0625, 'ce', 'average', 'main'],
      [0.0625, 'ce', 'average', 'aux'],
      [0.375, 'dml1', 'average', 'main'],
      [0.0625, 'ce', 'majority', 'main'],
      [0.0625, 'ce', 'majority', 'aux'],
      [0.375, 'dml1', 'majority', 'main'],
    ]);
  });

  test('on ends at a plus, and binds closer than a weight', () => {
    expect(termsOf(of('loss: ce + 0.5 dml1 on voted'))).toEqual([
      [1, 'ce', 'average', 'main'],
      [0.5, 'dml1', 'majority', 'main'],
    ]);
    expect(termsOf(of('loss: 0.5 (ce + dml1) on voted'))).toEqual(
      termsOf(of('loss: 0.5 ce on voted + 0.5 dml1 on voted')),
    );
  });

  test('take weights that are names, with a star, and fractions', () => {
    expect(termsOf(of('loss: w * ce + (1 - w) * dml1', 'let w = 0.25')).map(([weight]) => weight)).toEqual([
      0.25, 0.75,
    ]);
    expect(termsOf(of('loss: 1/3 ce + dml1 / 4')).map(([weight]) => weight)).toEqual([1 / 3, 0.25]);
  });

  test('on labels is what is meant without on', () => {
    expect(termsOf(of('loss: ce on labels'))).toEqual(termsOf(of('loss: ce')));
  });

  test('keep three lines apart: on the mask, on the vote, on the mean', () => {
    const softness = of('loss: ce on mask + ce on voted + ce').loss.map(({ on }) => on.soft);
    expect(softness).toEqual([false, false, true]);
  });
});

describe('Labels', () => {
  test.each([
    ['mask', ['mask', false]],
    ['mask |> smooth', ['mask', 'smooth', true]],
    ['mask |> smooth |> harden', ['mask', 'smooth', 'harden', false]],
    ['raters |> majority', ['raters', 'majority', false]],
    ['raters |> majority |> mirrored', ['raters', 'majority', 'mirrored', false]],
    ['raters |> average |> mirrored', ['raters', 'average', 'mirrored', true]],
    ['mean |> smooth(0.2)', ['raters', 'average', 'smooth', true]],
  ])('%s: softness follows from the steps', (text, expected) => {
    expect(labelsOf(experimentOf(`experiment a extends base { labels: ${text} }`).labels)).toEqual(expected);
  });

  test('a stored mask is soft where the source says so, until a step makes it hard', () => {
    const soft = (text: string) =>
      experimentOf(
        `dataset stored { source: folder("x", images: "*.png", soft: true) }
         experiment a extends base { data: stored  labels: ${text} }`,
      ).labels.soft;
    expect([soft('mask'), soft('mask |> mirrored'), soft('mask |> harden')]).toEqual([true, true, false]);
  });
});

describe('Evaluation', () => {
  const measured = ({ evaluate }: Experiment) =>
    evaluate.map(({ metric, on }) => [metric.name, on.steps.at(-1)?.name]);

  test('a metric has its own ground truth, whatever was trained on', () => {
    expect(measured(of('evaluate: dice, bdice, ece'))).toEqual([
      ['dice', 'majority'],
      ['bdice', 'average'],
      ['ece', 'majority'],
    ]);
  });

  test('another truth is written with on', () => {
    expect(measured(of('evaluate: ece on mean, dice on labels'))).toEqual([
      ['ece', 'average'],
      ['dice', 'average'],
    ]);
  });

  test('without evaluate it depends on the kind of the labels', () => {
    expect(measured(of('')).map(([name]) => name)).toEqual(['dice', 'bdice', 'ece']);
    expect(
      measured(experimentOf('experiment a extends base { labels: voted }')).map(([name]) => name),
    ).toEqual(['dice', 'ece']);
    expect(measured(of('evaluate: none'))).toEqual([]);
  });

  test('expectations are fractions, bounds or ranges', () => {
    const { expect: claims } = of('evaluate: dice, ece  expect: dice > 0.85, ece < 5%, dice in 0.8 .. 0.9');
    expect(claims.map(({ metric, operator, value }) => [metric, operator, value])).toEqual([
      ['dice', '>', 0.85],
      ['ece', '<', 0.05],
      ['dice', 'in', { low: 0.8, high: 0.9 }],
    ]);
  });
});

describe('extends', () => {
  const parents = `
    protocol p extends base { model: unet(depth: 3, width: 8)  loss: 0.25 ce + 0.75 dml1(smooth: 1) }
    experiment parent extends p { labels: mean |> smooth(0.2)  batch: 4  evaluate: dice  expect: dice > 0.5 }`;
  const child = (fields: string) => experimentOf(`${parents} experiment child extends parent { ${fields} }`);

  test('a child starts from all fields of its parent, but not from its claims', () => {
    expect(child('').batch).toBe(4);
    expect(child('').expect).toEqual([]);
  });

  test('a field replaces the whole value, so no option lingers', () => {
    expect(useOf(child('model: unet(width: 64)').model)).toEqual([
      'unet',
      { depth: 4, width: 64, norm: 'none' },
    ]);
  });

  test('a path changes one part of what is there', () => {
    const experiment = child(
      'model.width: 64  labels.smooth.epsilon: 0.3  loss.dml1.smooth: 0  optimizer.rate: 1  evaluate.dice: 0'.replace(
        '  evaluate.dice: 0',
        '',
      ),
    );
    expect(experiment.model.options).toEqual({ depth: 3, width: 64, norm: 'none' });
    expect(experiment.labels.steps.at(-1)!.options.epsilon).toBe(0.3);
    expect(experiment.loss[1]!.loss.options.smooth).toBe(0);
    expect(experiment.loss[1]!.on.steps.at(-1)!.options.epsilon).toBe(0.3);
  });

  test('a path of a grandparent is kept until the field is given again', () => {
    const text = `${parents} experiment wide extends parent { model.width: 64 }`;
    expect(experimentOf(`${text} experiment a extends wide { model.depth: 2 }`).model.options).toMatchObject({
      depth: 2,
      width: 64,
    });
    expect(experimentOf(`${text} experiment a extends wide { model: unet }`).model.options).toMatchObject({
      depth: 4,
      width: 16,
    });
  });

  test('an option that must be given may come from a path', () => {
    expect(
      of('optimizer.rate: 0.5', 'protocol b extends base { optimizer: sgd }').optimizer.options.rate,
    ).toBe(0.5);
    expect(codesOf('protocol b extends base { optimizer: sgd }')).toEqual([]);
    expect(
      codesOf('protocol b extends base { optimizer: sgd } experiment a extends b { labels: mean }'),
    ).toEqual(['DML1220']);
  });

  test('a data set extends a data set by the same rules', () => {
    const { data } = of(
      'data: other',
      'dataset other extends shapes { source.cases: 7  folds: holdout(25%) }',
    );
    expect(data.source.options).toEqual({ cases: 7, raters: 4, seed: 0 });
    expect(useOf(data.folds)).toEqual(['holdout', { share: 0.25, by: '' }]);
  });

  test('an inherited value keeps the scope of the file where it was written', () => {
    const files = {
      'lib.dml': `${prelude} let w = 0.1 protocol weighted extends base { loss: w * ce + (1 - w) * dml1 }`,
    };
    const text =
      'dml 1 use "./lib.dml" as lib let w = 0.9 let mine = raters |> average experiment a extends lib.weighted { labels: mine }';
    expect(checkText(text, { files }).value!.experiments[0]!.loss.map(({ weight }) => weight)).toEqual([
      0.1, 0.9,
    ]);
  });
});

describe('use', () => {
  const files = {
    'a/lib.dml': 'dml 1 use "../deep.dml" let half = 0.5 ce',
    'deep.dml': 'dml 1 let deep = 2 let half = 0.1 ce',
  };

  test('brings what a file declares, and not what that file uses', () => {
    expect(
      codesOf('use "./a/lib.dml" experiment a extends base { labels: mean  loss: half }', {
        files: { ...files, 'deep.dml': 'dml 1 let deep = 2' },
      }),
    ).toEqual([]);
    expect(
      codesOf('use "./a/lib.dml" experiment a extends base { labels: mean  batch: deep }', {
        files: { ...files, 'deep.dml': 'dml 1 let deep = 2' },
      }),
    ).toEqual(['DML1201']);
  });

  test('under a name of its own it brings no clash', () => {
    const text =
      'use "./a/lib.dml" as lib use "./deep.dml" experiment a extends base { labels: mean  loss: lib.half + half }';
    const withoutDeep = { ...files, 'a/lib.dml': 'dml 1 let half = 0.5 ce' };
    expect(experimentOf(text, { files: withoutDeep }).loss.map(({ weight }) => weight)).toEqual([0.5, 0.1]);
    expect(codesOf('use "./a/lib.dml" use "./deep.dml"', { files: withoutDeep })).toEqual(['DML1204']);
  });

  test('reports the syntax errors of a file that is used, at their place', () => {
    const { diagnostics } = checkText(`${prelude} use "./lib.dml"`, {
      files: { 'lib.dml': 'dml 1\nlet a = ' },
    });
    expect(diagnostics.map(({ span }) => span.source.path)).toEqual(['lib.dml']);
  });

  test('asks each file that is used, near or far, whether it is of a newer version', () => {
    const newer = { 'a.dml': 'dml 1 use "./b.dml" as b', 'b.dml': 'dml 2\nlet a = 1' };
    const { diagnostics } = checkText(`${prelude} use "./a.dml" as lib`, { files: newer });
    expect(diagnostics.map(({ code, span }) => [code, span.source.path, span.start])).toEqual([
      ['DML1251', 'b.dml', 0],
    ]);
    // Whether it says its version at all is left to its own check.
    expect(codesOf('use "./a.dml" as lib', { files: { 'a.dml': 'let a = 1' } })).toEqual([]);
  });

  test('follows paths from the file that uses, and never out of the root', () => {
    const nested = { 'sub/x.dml': 'dml 1 use "../y.dml" let b = 1', 'y.dml': 'dml 1 let c = 1' };
    expect(codesOf('use "./sub/x.dml"', { files: nested })).toEqual([]);
    expect(codesOf('use "./sub/../../y.dml"', { files: nested })).toEqual(['DML1206']);
    expect(codesOf('use "/etc/passwd.dml"')).toEqual(['DML1206']);
  });

  test('reports files that use each other in a circle, and goes on', () => {
    const circle = { 'x.dml': 'dml 1 use "./z.dml" let x = 1', 'z.dml': 'dml 1 use "./x.dml" let z = 1' };
    expect(
      codesOf('use "./x.dml" experiment a extends base { labels: mean  batch: x }', { files: circle }),
    ).toEqual(['DML1207']);
  });
});

describe('--set', () => {
  const set = (...texts: string[]) =>
    experimentOf('experiment a extends base { labels: mean  model.width: 8 }', { set: texts });

  test('is a path and a value, applied last', () => {
    expect(set('model.width=32', 'train=2 epochs', 'labels=voted')).toMatchObject({
      model: { options: { width: 32 } },
      train: { value: 2, unit: 'epochs' },
      labels: { soft: false },
    });
  });

  test.each([
    ['modl.width=3', 'DML1212', 'modl'],
    ['model.wdth=3', 'DML1218', 'wdth'],
    ['model.width=wide', 'DML1201', 'wide'],
    ['batch=0', 'DML1301', '0'],
  ])('%s is refused with the same message as in a file, at its place', (text, code, place) => {
    const { diagnostics } = checkText(`${prelude} experiment a extends base { labels: mean }`, {
      set: [text],
    });
    const [found] = diagnostics;
    expect([
      found!.code,
      found!.span.source.path,
      found!.span.source.text.slice(found!.span.start, found!.span.end),
    ]).toEqual([code, '--set', place]);
  });

  test('goes to the target alone', () => {
    const { value } = checkText(
      `${prelude} experiment a extends base { labels: mean } experiment b extends a { batch: 2 }`,
      { set: ['batch=8'], target: 'b' },
    );
    expect(value!.experiments.map(({ batch }) => batch)).toEqual([1, 8]);
  });
});

test('no component is ever loaded', () => {
  // Loading one of the test's components rejects, and an unhandled rejection fails the run.
  expect(codesOf('experiment a extends base { labels: mean }')).toEqual([]);
});

test('the program holds what the file declares, not what it uses', () => {
  const files = { 'lib.dml': `${prelude} experiment theirs extends base { labels: mean }` };
  const { value } = checkText('dml 1 use "./lib.dml" experiment ours extends theirs { batch: 2 }', { files });
  expect(value!.experiments.map(({ name }) => name)).toEqual(['ours']);
});
