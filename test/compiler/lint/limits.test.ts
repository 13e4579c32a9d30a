import { describe, expect, test } from 'vitest';
import { codesOf, lintText } from './support.ts';

/** One experiment with these fields, behind the prelude. */
const fields = (text: string) => `experiment a extends base { labels: mean  ${text} }`;
const clinic = 'dataset clinic extends shapes { source.seed: 2 }';
const big = 'experiment big extends base { labels: mean  seed: 0 .. 2 }';
const threeSeeds = 'experiment a extends base { labels: mean  seed: 0 .. 2 }';
const messages = async (text: string) => (await lintText(text)).diagnostics.map(({ message }) => message);

/** What a rule says of files near its limit: a false finding costs more than a missed one. */
describe.each<[code: string, rightFiles: readonly string[], wrongFiles: readonly string[]]>([
  [
    'DML3127',
    [fields('loss: dml1(smooth: 0)'), fields('loss: dml1(log: true, smooth: 1)')],
    [fields('loss: 0.5 ce + 0.5 jml2(log: true, smooth: 0)')],
  ],
  [
    'DML3129',
    [
      `${big} experiment a extends big { labels: voted  teacher: distill(big)  loss: 0.5 dml1 + 0.5 dml1 on (teacher |> harden) }`,
      `${big} experiment a extends big { labels: voted  teacher: distill(big)  loss: dml1 on (0.5 labels + 0.5 teacher) }`,
      `${big} experiment a extends big { labels: voted  teacher: distill(big)  loss: 0.5 dml1 + 0.5 dml1 on teacher }
       sweep s of a { vary loss in [dml1, 0.5 dml1 + 0.5 dml1 on teacher] }`,
    ],
    [`${big} experiment a extends big { labels: voted  teacher: distill(big)  loss: dml1 on voted }`],
  ],
  [
    'DML3130',
    [
      fields('loss: 0.5 sdl_l2 + 0.5 dml1 on voted'),
      'experiment a extends base { labels: voted  loss: 0.5 sdl + 0.5 jml1 }',
      'experiment a extends base { labels: voted  loss: 0.5 sdl(smooth: 1) + 0.5 dml1 }',
      'experiment a extends base { labels: voted  loss: 0.5 sdl + 0.5 dml1 on mean }',
    ],
    ['experiment a extends base { labels: voted  loss: 0.4 jml1 + 0.2 ce + 0.4 jml2 }'],
  ],
  [
    'DML3131',
    [
      fields('loss: dml1(threshold: 1)'),
      'experiment a extends base { labels: voted  loss: dml1(threshold: 1, active: all) }',
    ],
    [fields('loss: dml1(threshold: 2, active: present)')],
  ],
  [
    'DML3134',
    ['experiment a extends base { labels: mean  evaluate: dice on (voted |> smooth(1) |> harden) }'],
    ['experiment a extends base { labels: mean  evaluate: dice on (mean |> temperature(T: 2) |> harden) }'],
  ],
  [
    'DML3135',
    [`${big} experiment a extends base { labels: distill(big) |> harden }`],
    ['experiment a extends base { labels: raters |> one(1) |> harden }'],
  ],
  [
    'DML3136',
    [
      'dataset three extends shapes { classes: (background: 0, a: 1, b: 2) } experiment a extends base { data: three  labels: raters |> average |> harden }',
      'experiment a extends base { labels: raters |> average(weights: dice) |> harden }',
    ],
    ['experiment a extends base { labels: mean  evaluate: dice on (raters |> average |> harden) }'],
  ],
  [
    'DML3138',
    [
      'experiment a extends base { labels: raters |> average(weights: [0, 0, 1, 1, 0]) }',
      'dataset one { source: phantom(raters: 1) } experiment a extends base { data: one  labels: raters |> one(1) }',
    ],
    ['dataset one { source: phantom(raters: 1) } experiment a extends base { data: one  labels: mean }'],
  ],
  [
    'DML3139',
    [
      `${big} experiment a extends base { labels: distill(big) |> kde(bandwidth: 1e-5) }`,
      `${big} experiment a extends base { labels: distill(big) |> kde(bandwidth: auto, keys: 10) }`,
    ],
    [`${big} experiment a extends base { labels: distill(big) |> kde(bandwidth: 1e-4, keys: 20) }`],
  ],
  [
    'DML3202',
    [
      fields('schedule: warmup(50%) then poly(duration: 50%)'),
      fields('schedule: constant(50%)'),
      fields('schedule: warmup(10%)'),
      fields('schedule: poly(duration: 5 epochs) then constant'),
    ],
    [
      fields('schedule: poly(duration: 9 epochs)'),
      fields('train: 100 steps  schedule: poly(duration: 50 steps)'),
    ],
  ],
  [
    'DML3204',
    [
      fields('train: 300 steps  schedule: warmup(1%) then poly'),
      fields('schedule: warmup(2 steps) then poly'),
    ],
    [fields('schedule: warmup(1 step) then poly')],
  ],
  [
    'DML3208',
    [
      fields('schedule: warmup(5%) then poly(duration: 45%) then warmup(5%) then poly'),
      fields('schedule: warmup(5%) then constant'),
    ],
    [fields('schedule: constant(10%) then warmup(5%) then poly')],
  ],
  [
    'DML3210',
    [
      fields('crop: 56 x 64'),
      fields('crop: 60 x 60  model: unet(depth: 3)'),
      fields('crop: 61 x 61  model: convnet'),
    ],
    [
      fields('crop: 64 x 60'),
      'dataset small extends shapes { size: 36 x 40 } experiment a extends base { labels: mean  data: small }',
    ],
  ],
  [
    'DML3214',
    [fields('optimizer: adamw(rate: 0.03)'), fields('optimizer: sgd(rate: 0.1)')],
    [fields('optimizer: adamw(rate: 5e-3, decoder_factor: 10)')],
  ],
  [
    'DML3219',
    [
      fields('augment: scale'),
      fields('augment: scale(0.8 .. 1.2)'),
      fields('crop: 16 x 16  model: unet(depth: 2)  augment: scale(0.25 .. 0.5)'),
      'dataset files { source: folder("x", images: "a", masks: "b") } experiment a extends base { data: files  labels: mask  crop: 64 x 64  augment: scale(0.2 .. 0.4)  evaluate: dice on mask }',
    ],
    [fields('crop: 64 x 64  augment: flip |> scale(0.3 .. 0.7)')],
  ],
  [
    'DML3221',
    [fields('fold: 0'), fields('fold: all'), fields('fold: none')],
    [
      'dataset held extends shapes { folds: holdout } experiment a extends base { data: held  labels: mean  fold: 1 }',
      'dataset five extends shapes { folds: shuffled(5) } experiment a extends base { data: five  labels: mean  fold: 3 .. 7 }',
    ],
  ],
  [
    'DML3304',
    [
      'dataset five extends shapes { folds: contiguous(5) } experiment a extends base { data: five  labels: mean  fold: all } sweep s of a { vary batch in [4, 8] }',
    ],
    [
      'dataset held extends shapes { folds: holdout } experiment a extends base { data: held  labels: mean  fold: all } sweep s of a { vary batch in [4, 8] }',
    ],
  ],
  [
    'DML3309',
    [
      `${big} experiment a extends base { labels: voted  evaluate: dice on (0.5 voted + 0.5 mean |> harden) }`,
      // `on` binds to one metric: the other one is measured on labels.
      `${big} experiment a extends base { labels: voted  evaluate: ece, dice on (distill(big) |> harden) }`,
      `${big} experiment a extends base { labels: voted  evaluate: dice on (0.5 voted + 0.5 distill(big) |> harden) }`,
    ],
    [
      `${big} experiment a extends base { labels: voted  evaluate: dice on (0.5 distill(big) + 0.5 distill(big, temperature: 2) |> harden) }`,
    ],
  ],
  [
    'DML3310',
    [
      fields('evaluate: dice(classes: foreground)'),
      fields('evaluate: dice(classes: [1])'),
      fields('evaluate: accuracy, ece'),
    ],
    [fields('evaluate: jaccard(classes: [0, 1])'), fields('evaluate: bdice(classes: all) on mean')],
  ],
  [
    'DML3315',
    [
      fields('evaluate: nll on voted  expect: nll < 0.69'),
      fields('evaluate: nll(classes: foreground) on voted  expect: nll < 1'),
      fields('evaluate: brier on voted  expect: brier < 0.5'),
    ],
    [
      fields('evaluate: brier on voted  expect: brier <= 0.6'),
      fields('evaluate: nll on voted  expect: nll < 70%'),
    ],
  ],
  [
    'DML3224',
    [`${clinic} ${fields('checkpoint: best(dice)  test: clinic')}`],
    [fields('checkpoint: best(dice)'), `${clinic} ${fields('checkpoint: best(dice)  test: none')}`],
  ],
  [
    'DML3317',
    [
      `${big} ${clinic} experiment a extends big { labels: distill(big) |> temperature(fitted)  test: clinic }`,
    ],
    [`${big} experiment a extends big { labels: distill(big) |> temperature(fitted) }`],
  ],
  [
    'DML3313',
    [`${clinic} ${fields('test: clinic  expect: dice > 0.9, clinic.dice < 0.8')}`],
    [`${clinic} ${fields('test: clinic  expect: clinic.dice > 0.9, clinic.dice < 0.8')}`],
  ],
  [
    'DML3316',
    [
      `${big} experiment a extends big { labels: distill(big, pick: seed(1)) }`,
      `${big} experiment a extends big { labels: distill(big) }`,
      `${big} ${clinic} experiment a extends big { labels: distill(big, pick: best(dice))  test: clinic }`,
    ],
    [
      `${big} experiment a extends big { labels: voted  teacher: distill(big, pick: best(dice))  loss: dml1 on teacher }`,
    ],
  ],
  [
    'DML3318',
    [
      fields('crop: 64 x 64'),
      fields('crop: 32 x 32  predict: sliding |> flips(all)  augment: flip |> flip(vertical)'),
      'dataset files { source: folder("x", images: "a", masks: "b") } experiment a extends base { data: files  labels: mask  crop: 64 x 64  evaluate: dice on mask }',
    ],
    [
      fields('crop: 64 x 32'),
      'dataset large extends shapes { size: 96 x 96 } experiment a extends base { data: large  labels: mean  crop: 64 x 64 }',
    ],
  ],
  [
    'DML3319',
    [
      fields('augment: flip |> flip(vertical)  predict: center |> flips(all)'),
      fields('train: none  start: weights("x.safetensors")  predict: center |> flips(all)'),
    ],
    [fields('augment: flip(vertical)  predict: center |> flips(all)')],
  ],
  [
    'DML3402',
    [
      'experiment a extends base { labels: voted  seed: 0 .. 2 } sweep s of a { vary loss in [sdl, jml1] }',
      'experiment a extends base { labels: voted  seed: 0 .. 2 } sweep s of a { vary loss in [sdl, dml1(norm: 2)] }',
      'experiment a extends base { labels: voted  seed: 0 .. 2 } sweep s of a { vary labels in [voted, mean]  vary loss in [dml1, dml2]  except: (labels: voted, loss: dml2) }',
    ],
    [
      'experiment a extends base { labels: voted  seed: 0 .. 2 } sweep s of a { vary loss in [0.5 ce + 0.5 jml1, 0.5 ce + 0.5 sjl] }',
    ],
  ],
  [
    'DML3304',
    [
      // All arms are of one sweep, which says so itself.
      `${threeSeeds} sweep s of a { vary batch in [4, 8] } compare c of s { metrics: dice }`,
      `${threeSeeds} experiment b extends a { loss: ce } compare c of a, b { metrics: dice }`,
    ],
    [
      'experiment a extends base { labels: mean } experiment b extends a { loss: ce } compare c of a, b { metrics: dice }',
    ],
  ],
  [
    'DML3401',
    [`${threeSeeds} experiment b extends a { loss: ce } compare c of a, b { metrics: dice }`],
    [
      `${threeSeeds} experiment b extends a { loss: ce  train: 20 epochs } compare c of a, b { metrics: dice }`,
    ],
  ],
  [
    'DML3404',
    [
      `${threeSeeds} experiment b extends a { loss: ce } compare c of a, b { baseline: a  statistic: bootstrap(over: runs) }`,
      'experiment a extends base { labels: mean  fold: all  seed: 0 .. 1 } experiment b extends a { loss: ce } compare c of a, b { baseline: a  statistic: wilcoxon(over: runs) }',
    ],
    [
      `${threeSeeds} experiment b extends a { loss: ce } compare c of a, b { baseline: a  statistic: wilcoxon(over: runs) }`,
    ],
  ],
  [
    'DML3405',
    [
      `${threeSeeds} experiment b extends a { loss: ce } compare c of a, b { expect: a.dice < b.dice, lower(a.dice - b.dice) > -2 }`,
    ],
    [
      `${threeSeeds} experiment b extends a { loss: ce } compare c of a, b { expect: a.dice < b.dice + 1.5 }`,
      `${threeSeeds} experiment b extends a { loss: ce } compare c of a, b { expect: a.dice - b.dice in -1 .. 1 }`,
    ],
  ],
])('%s', (code, rightFiles, wrongFiles) => {
  test.each(rightFiles)('is not found in %s', async (text) => {
    expect(await codesOf(text)).not.toContain(code);
  });
  if (wrongFiles.length > 0)
    test.each(wrongFiles)('is found in %s', async (text) => {
      expect(await codesOf(text)).toContain(code);
    });
});

describe('the number that a message shows', () => {
  test('of a level of one pixel is that of the weights that meet padding alone', async () => {
    // 9 (64 + 128) 128 weights; a row of pixels meets three of nine.
    expect(await messages(fields('crop: 8 x 64  predict: sliding'))).toEqual([
      'The lowest level has 1 x 8 pixels: 66.7 % of its 221,184 weights meet only padding and never learn.',
    ]);
  });

  test('of padding is the mean over the range of the scale', async () => {
    // ∫ s² ds from 0.2 to 0.6 over 0.4 is 0.1733.
    expect(await messages(fields('augment: scale(0.2 .. 0.6)'))).toEqual([
      '`scale` by 0.2 to 0.6 leaves 17.3 % of the input to the image, on average; the rest is padding.',
    ]);
  });

  test('of two runs is the quantile of Student’s t with one degree of freedom, 12.7062, over √2', async () => {
    const [message] = await messages(
      'experiment a extends base { labels: mean  seed: 0 .. 1 } sweep s of a { vary batch in [4, 8] }',
    );
    expect(message).toContain('is 9.0 times their deviation');
  });

  test('of a smoothing done twice is what both take together', async () => {
    expect(
      await messages('experiment a extends base { labels: voted |> smooth(0.2) |> smooth(0.5) }'),
    ).toEqual(['`smooth` stands 2 times: together they take 0.6 from the label.']);
  });

  test('of a KDE with few keys is the kernel of the key beside the nearest', async () => {
    // KL(0.55 ‖ 0.5) is 0.00500836, and e^(−50.0836) is 1.77e-22.
    const [message] = await messages(
      `${big} experiment a extends big { labels: distill(big) |> kde(bandwidth: 1e-4, keys: 20) }`,
    );
    expect(message).toContain('counts 1.77e-22 of the nearest');
  });
});
