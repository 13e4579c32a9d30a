import type { Fields } from './files.ts';

/** One fault, and the rule that has to find it: fields of an experiment, or declarations behind a protocol `usual`. */
export type Mutant = { readonly code: string } & ({ readonly fields: Fields } | { readonly text: string });

const faults = (code: string, ...each: readonly Fields[]): readonly Mutant[] =>
  each.map((fields) => ({ code, fields }));
const each = (code: string, field: string, values: readonly string[], beside: Fields = {}) =>
  faults(code, ...values.map((value) => ({ ...beside, [field]: value })));
const texts = (code: string, ...all: readonly string[]): readonly Mutant[] =>
  all.map((text) => ({ code, text }));

const soft = { labels: 'raters |> average' };
const hard = { labels: 'raters |> majority' };
const experiment = (name: string, fields: string, parent = 'usual') =>
  `experiment ${name} extends ${parent} { ${fields} }\n`;

/** One-fault mutants of right files. The values are others than those of the examples of the rules. */
export const mutants: readonly Mutant[] = [
  ...each(
    'DML3101',
    'loss',
    ['sdl', '0.5 ce + 0.5 sdl', '0.25 ce + 0.75 sjl', 'sdl(reduction: image)'],
    soft,
  ),
  ...each('DML3110', 'loss', ['ce + dml1', '0.5 ce + 0.25 dml1', '0.3 ce + 0.3 dml1 + 0.3 jml1'], soft),
  ...each('DML3111', 'loss', ['0.5 dml1 + 0.5 dml1', '0.2 ce + 0.6 dml1 + 0.2 ce'], soft),
  ...each('DML3112', 'loss', ['0.5 ce + 0.5 kl', '0.2 kl + 0.3 ce + 0.5 jml1'], soft),
  ...each(
    'DML3113',
    'loss',
    [
      '0.5 ce on (raters |> majority |> smooth(0.1)) + 0.5 dml1',
      '0.5 ce + 0.5 dml1 on (raters |> majority |> boundary(kernel: 3))',
    ],
    hard,
  ),
  ...each('DML3114', 'labels', [
    'raters |> majority |> boundary(epsilon: 0)',
    'raters |> average |> smooth(0)',
    'raters |> average |> temperature(T: 1)',
  ]),
  ...texts(
    'DML3115',
    'dataset pairs { source: phantom(raters: 2) }\nexperiment a extends usual { data: pairs  labels: raters |> majority }',
    'dataset six { source: phantom(raters: 6) }\nexperiment a extends usual { data: six  labels: raters |> majority |> smooth(0.1) }',
  ),
  ...each('DML3116', 'loss', ['dml1', '0.5 ce + 0.5 jml1', 'dml2(reduction: image)'], {
    labels: 'raters |> random',
  }),
  ...each('DML3117', 'labels', ['raters |> one(6)', 'raters |> one(12) |> smooth(0.1)']),
  ...each('DML3119', 'labels', ['raters |> majority |> smooth(1)', 'raters |> majority |> smooth(0.9)']),
  ...faults(
    'DML3120',
    {
      ...hard,
      teacher: 'distill(big, temperature: 4)',
      loss: '0.5 dml1 + 0.5 kl(temperature: 2) on teacher',
    },
    { ...hard, teacher: 'distill(big)', loss: '0.5 dml1 + 0.5 kl(temperature: 3) on teacher' },
  ),
  ...each('DML3121', 'labels', ['distill(big) |> kde(bandwidth: 10)', 'distill(big) |> kde(bandwidth: 3)']),
  ...each('DML3122', 'loss', ['dml1(weights: [1, 0])', '0.5 ce + 0.5 jml1(weights: [0, 2])'], soft),
  ...each('DML3123', 'loss', ['dml1(smooth: 200)', '0.5 ce + 0.5 dml2(smooth: 1000)'], {
    ...soft,
    crop: '32 x 32',
    predict: 'sliding',
  }),
  ...faults(
    'DML3124',
    { ...soft, batch: '3', loss: 'dml1' },
    { ...soft, batch: '2', loss: '0.5 ce + 0.5 jml1' },
  ),
  ...each(
    'DML3125',
    'loss',
    ['tversky(fp: 0.2, fn: 0.8, norm: 2)', '0.5 ce + 0.5 tversky(fp: 0.7, fn: 0.3, norm: 2)'],
    soft,
  ),
  ...each('DML3126', 'loss', ['tversky(fp: 0, fn: 0.7)', '0.5 ce + 0.5 tversky(fp: 1, fn: 0)'], soft),
  ...each('DML3127', 'loss', ['dml2(log: true, smooth: 0)', '0.5 ce + 0.5 dml1(log: true, smooth: 0)'], soft),
  ...each('DML3128', 'loss', ['ce + 0 dml1', '0.5 ce + 0.5 dml1 + 0 jml1'], soft),
  ...each('DML3129', 'teacher', ['distill(big)', 'distill(big, temperature: 2)'], { ...hard, loss: 'dml1' }),
  ...each('DML3130', 'loss', ['0.5 sdl + 0.5 dml2', '0.5 dml1 + 0.5 dml2', '0.5 sjl + 0.5 jml1'], hard),
  ...each('DML3131', 'loss', ['dml2(threshold: 1)', '0.5 ce + 0.5 jml1(threshold: 1)'], hard),
  ...each('DML3132', 'loss', ['dml1(weights: [3, 3])', '0.5 ce + 0.5 jml1(weights: [0.5, 0.5])'], soft),
  ...each('DML3133', 'labels', [
    'raters |> majority |> smooth(0.1) |> smooth(0.05)',
    'raters |> average |> smooth(0.1) |> smooth(0.2)',
  ]),
  ...each('DML3134', 'labels', [
    'raters |> majority |> boundary(kernel: 3) |> harden',
    'raters |> majority |> smooth(0.2) |> harden',
  ]),
  ...each('DML3135', 'labels', ['raters |> one(1) |> harden']),
  ...each('DML3136', 'labels', ['raters |> average |> harden |> smooth(0.1)']),
  ...each('DML3137', 'labels', ['raters |> average(weights: [0, 0, 0, 0, 0]) |> smooth(0.1)']),
  ...each('DML3138', 'labels', [
    'raters |> average(weights: [1, 0, 0, 0, 0])',
    'raters |> average(weights: [0, 0, 0, 0, 3])',
  ]),
  ...each('DML3139', 'labels', [
    'distill(big) |> kde(bandwidth: 1e-9)',
    'distill(big) |> kde(bandwidth: 3e-9)',
  ]),
  ...each('DML3140', 'labels', ['raters |> average |> kde(bandwidth: 1e-3)']),
  ...each('DML3141', 'labels', [
    'raters |> majority |> boundary(kernel: 51)',
    'raters |> one(1) |> boundary(kernel: 63)',
  ]),
  ...each('DML3142', 'labels', ['distill(big, pick: best(dice)) |> kde(bandwidth: 1e-3)']),
  ...each('DML3143', 'loss', ['0.5 ce + 0.5 tversky(fp: 0, fn: 0)'], soft),
  ...each('DML3144', 'labels', ['distill(big) |> kde(keys: 20000)']),
  ...faults(
    'DML3201',
    { schedule: 'warmup(30 epochs) then poly', train: '10 epochs' },
    { schedule: 'warmup(100%) then poly', train: '10 epochs' },
    { schedule: 'warmup(3000 steps) then poly', train: '2000 steps' },
  ),
  ...each('DML3202', 'schedule', ['poly(duration: 50%)', 'warmup(5%) then poly(duration: 40%)']),
  ...each('DML3203', 'schedule', ['warmup(5%, from: 1) then poly', 'warmup(10%, from: 0.5) then constant']),
  ...each('DML3204', 'schedule', ['warmup(1%) then poly', 'warmup(0.5%) then poly'], { train: '40 steps' }),
  ...each('DML3205', 'optimizer', ['sgd(rate: 1e-6, momentum: 0.9999)', 'sgd(rate: 1e-6, momentum: 1)']),
  ...faults(
    'DML3206',
    { model: 'unet(depth: 5, norm: batch)', crop: '32 x 32', predict: 'sliding', batch: '4' },
    { model: 'unet(depth: 4, norm: batch)', crop: '16 x 16', predict: 'sliding', batch: '2', loss: 'ce' },
  ),
  ...each('DML3207', 'model', ['unet(depth: 3, norm: batch)'], { batch: '1', loss: 'ce' }),
  ...each('DML3208', 'schedule', [
    'constant(duration: 50%) then warmup(10%)',
    'poly(duration: 80%) then warmup(20%)',
  ]),
  ...each('DML3209', 'schedule', ['warmup(5%) then poly(power: 0)']),
  ...each('DML3210', 'model', ['unet(depth: 4)', 'unet(depth: 5, width: 8)'], {
    crop: '50 x 50',
    predict: 'sliding',
  }),
  ...each('DML3211', 'model', ['unet(depth: 5, width: 8)'], { crop: '16 x 16', predict: 'sliding' }),
  ...each('DML3212', 'optimizer', ['sgd(rate: 0.01, momentum: 0, nesterov: true)']),
  ...each('DML3213', 'optimizer', ['sgd(rate: 0.05, decay: 1)', 'adamw(rate: 1e-3, decay: 50)']),
  ...each('DML3214', 'optimizer', ['adamw(rate: 0.5, decay: 0)', 'adamw(rate: 1, decay: 0)']),
  ...each('DML3215', 'optimizer', ['adamw(rate: 1e-3, beta2: 1)']),
  ...each('DML3216', 'optimizer', ['adamw(rate: 1e-3, beta1: 0.99, beta2: 0.5)']),
  ...faults('DML3217', { train: 'none' }),
  ...each('DML3218', 'augment', ['scale(0 .. 1)', 'flip(horizontal) |> scale(0 .. 1.5)']),
  ...each('DML3219', 'augment', ['scale(0.1 .. 0.5)', 'flip(horizontal) |> scale(0.2 .. 0.4)']),
  ...each('DML3220', 'augment', [
    'flip(vertical) |> flip(vertical)',
    'flip(horizontal) |> flip(vertical) |> flip(horizontal)',
  ]),
  ...each('DML3221', 'fold', ['5', '7']),
  ...each('DML3222', 'crop', ['128 x 128', '64 x 96']),
  ...each('DML3223', 'optimizer', ['sgd(rate: 5, momentum: 0.9)', 'sgd(rate: 2, momentum: 0.95)']),
  ...each('DML3224', 'checkpoint', ['best(dice)', 'best(dice, every: 4 epochs)']),
  ...each('DML3301', 'evaluate', [
    'jaccard on (raters |> average)',
    'bdice, accuracy on (raters |> average)',
  ]),
  ...each('DML3302', 'evaluate', ['bdice on (raters |> one(1))', 'dice, bdice on (raters |> majority)']),
  ...each('DML3303', 'evaluate', ['ece(bins: 2)', 'dice, ece(bins: 6)']),
  ...texts(
    'DML3304',
    `${experiment('a', 'fold: 0')}sweep s of a { vary batch in [4, 8, 16] }`,
    `${experiment('a', 'fold: 0')}sweep s of a { vary optimizer in [sgd(rate: 0.01), adamw(rate: 1e-3)] }`,
  ),
  ...each('DML3305', 'expect', ['dice > 90', 'dice >= 0', 'dice < 2', 'dice in 0 .. 1']),
  ...each('DML3307', 'evaluate', ['dice, ece, dice', 'nll, nll']),
  ...each('DML3308', 'evaluate', ['dice, nll on (raters |> majority |> smooth(0.1))']),
  ...each('DML3309', 'evaluate', [
    'dice on (distill(big) |> harden), ece on (distill(big) |> harden)',
    'jaccard on (distill(big) |> harden)',
    'dice on (0.5 distill(big) + 0.5 distill(big, temperature: 2) |> harden)',
  ]),
  ...faults(
    'DML3309',
    { labels: 'distill(big)', evaluate: 'dice on (labels |> harden), ece on labels' },
    {
      ...hard,
      teacher: 'distill(big)',
      loss: '0.5 dml1 + 0.5 dml1 on teacher',
      evaluate: 'bdice on teacher',
    },
  ),
  ...each('DML3310', 'evaluate', ['jaccard(classes: all) on (raters |> majority)', 'dice(classes: all)']),
  ...each('DML3311', 'evaluate', ['dice, extreme(low: 80%, high: 20%)']),
  ...each('DML3312', 'evaluate', ['dice, bdice(levels: 1)']),
  ...each('DML3313', 'expect', ['dice > 0.95, dice < 0.7', 'dice < 0.5, dice > 0.6']),
  ...each('DML3314', 'expect', ['dice > 0.9, dice > 0.6', 'dice < 0.9, dice < 0.95']),
  ...each('DML3315', 'expect', ['nll < 1', 'nll < 2'], { evaluate: 'dice, nll' }),
  ...texts(
    'DML3316',
    `${experiment('big', 'seed: 0 .. 3')}${experiment('a', 'labels: distill(big, pick: best(dice))')}`,
  ),
  ...each('DML3317', 'labels', ['distill(big) |> temperature(fitted)']),
  ...each('DML3321', 'evaluate', ['dice, nll on (distill(big) |> kde(bandwidth: 1e-3))']),
  ...each('DML3318', 'crop', ['32 x 32', '48 x 48'], { predict: 'center' }),
  ...each(
    'DML3319',
    'predict',
    ['center |> flips(vertical)', 'center |> flips(horizontal) |> flips(vertical)'],
    { augment: 'none' },
  ),
  ...each('DML3320', 'predict', ['sliding', 'sliding(stride: 1/4)'], { crop: '64 x 64' }),
  ...texts(
    'DML3401',
    `${experiment('a', 'fold: 0  seed: 0 .. 2')}${experiment('b', 'batch: 6', 'a')}sweep s of a, b { }`,
    `${experiment('a', 'fold: 0  seed: 0 .. 2')}${experiment('b', 'train: 33 epochs', 'a')}sweep s of a, b { vary optimizer in [sgd(rate: 0.01), adamw(rate: 1e-3)] }`,
    `${experiment('a', 'fold: 0  seed: 0 .. 2')}${experiment('b', 'evaluate: brier', 'a')}sweep s of a, b { }`,
  ),
  ...texts(
    'DML3402',
    `${experiment('a', 'fold: 0  seed: 0 .. 2  labels: raters |> majority')}sweep s of a { vary loss in [dml1, dml2] }`,
    `${experiment('a', 'fold: 0  seed: 0 .. 2  labels: raters |> one(3)')}sweep s of a { vary loss in [sjl, jml1] }`,
  ),
  ...texts('DML3403', `${experiment('a', 'fold: 0  seed: [3, 4]')}sweep s of a { vary batch in [4, 8] }`),
  ...texts(
    'DML3404',
    `${experiment('a', 'fold: 0  seed: 0 .. 3')}${experiment('b', 'loss: ce', 'a')}compare c of a, b { baseline: a  statistic: wilcoxon(over: runs) }`,
  ),
  ...texts(
    'DML3405',
    `${experiment('a', 'seed: 0 .. 2')}${experiment('b', 'batch: 6', 'a')}compare c of a, b { expect: b.dice - a.dice > 3 }`,
    `${experiment('a', 'seed: 0 .. 2')}${experiment('b', 'batch: 6', 'a')}compare c of a, b { expect: b.dice - a.dice < 5 }`,
  ),
  ...texts(
    'DML3501',
    `let spare = 0.5\n${experiment('a', 'seed: 1')}`,
    `dataset other { source: phantom(cases: 9) }\n${experiment('a', 'seed: 1')}`,
    `protocol other { batch: 3 }\n${experiment('a', 'seed: 1')}`,
  ),
  ...texts(
    'DML3502',
    `use "./other.dml"\n${experiment('a', 'seed: 1')}`,
    `use "./other.dml" as o\n${experiment('a', 'seed: 1')}`,
  ),
  ...texts(
    'DML3503',
    `${experiment('a', 'fold: 0  seed: 0 .. 2')}sweep s of a { let dice in [0.01, 0.02]  optimizer: sgd(rate: dice) }`,
    `let r = 0.1\n${experiment('a', 'fold: 0  seed: 0 .. 2  optimizer: sgd(rate: r)')}sweep s of a { let r in [0.01, 0.02]  optimizer: sgd(rate: r) }`,
  ),
  ...texts(
    'DML3504',
    `${experiment('a', 'seed: 1')}${experiment('b', 'batch: 3  seed: 1', 'a')}`,
    `${experiment('a', 'model: unet(width: 8)')}${experiment('b', 'batch: 3  model.width: 8', 'a')}`,
  ),
  ...texts(
    'DML3505',
    `protocol other extends usual { }\n${experiment('a', 'seed: 1')}${experiment('b', 'seed: 2', 'other')}`,
    `dataset again extends shapes { }\n${experiment('a', 'data: again')}`,
  ),
  ...texts(
    'DML3506',
    `dataset mine { source: folder(path: "../scans", images: "{case}/i.png", masks: "{case}/m.png") }\n${experiment('a', 'data: mine  labels: mask')}`,
    `dataset mine { source: folder(path: "C:/scans", images: "{case}/i.png", masks: "{case}/m.png") }\n${experiment('a', 'data: mine  labels: mask')}`,
  ),
];
