import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { countOf, type Numbers } from '../../runtime/arrays/array.ts';
import { encodeNpy } from '../../runtime/arrays/npy.ts';
import { encodePng } from '../../runtime/arrays/png.ts';
import { dml as started, temporaryFolder } from '../support/dml.ts';
import { askLines, dml } from '../support/within.ts';

interface Answer {
  readonly scores: readonly { readonly metric: string; readonly on: string; readonly value: number | null }[];
  readonly cases: readonly { readonly case: string; readonly values: readonly (number | null)[] }[];
  readonly warnings?: readonly string[];
  readonly error?: { readonly message: string; readonly help?: string };
}

const ask = (...questions: readonly unknown[]) => askLines<Answer>('score', questions);

const run = async (words: readonly string[], cwd: string): Promise<Answer> => {
  const { out, err, exit } = await dml(['score', ...words, '--json'], { cwd });
  expect([err, exit], out).toEqual(['', 0]);
  return JSON.parse(out) as Answer;
};
const npy = (folder: string, name: string, shape: readonly number[], data: Numbers) =>
  writeFileSync(path.join(folder, name), encodeNpy({ shape, data }));
const png = (folder: string, name: string, data: readonly number[]) =>
  writeFileSync(
    path.join(folder, name),
    encodePng({ shape: [1, data.length], data: Uint8Array.from(data) }, name),
  );

/** [1, pixel, 2] from probabilities of the foreground. */
const rows = (...p: readonly number[]) => ({
  shape: [1, p.length, 2],
  data: p.flatMap((one) => [1 - one, one]),
});
const map = (...data: readonly number[]) => ({ shape: [1, data.length], data });

test('each metric has its own truth, and says which: the majority of the raters or their average', async () => {
  const raters = { shape: [3, 1, 4], data: [0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 0, 1] };
  const { answers } = await ask(
    { metrics: 'dice, bdice(levels: 1)', prediction: rows(0.2, 0.9, 0.3, 0.6), raters },
    {
      metrics: 'dice, bdice(levels: 1)',
      prediction: rows(0.2, 0.9, 0.3, 0.6),
      truth: map(0, 1, 2 / 3, 1 / 3),
    },
    { metrics: 'dice, bdice(levels: 1)', prediction: rows(0.2, 0.9, 0.3, 0.6), truth: map(0, 1, 1, 0) },
  );
  const shown = answers.map(({ scores }) => scores.map(({ on, value }) => [on, value]));
  expect(shown[0]).toEqual([
    ['raters |> majority', 0.5],
    ['raters |> average', 0.5],
  ]);
  expect(shown[1]).toEqual([
    ['mask |> harden', 0.5],
    ['mask', 0.5],
  ]);
  expect(shown[2]!.map(([on]) => on)).toEqual(['mask', 'mask']);
});

test('a file is a case with all its slices, unless every entry is one of its own', async () => {
  const cwd = temporaryFolder();
  npy(cwd, 'p.npy', [2, 1, 2], Uint8Array.of(1, 1, 0, 0));
  npy(cwd, 'y.npy', [2, 1, 2], Uint8Array.of(1, 1, 1, 0));
  const words = ['--prediction', 'p.npy', '--truth', 'y.npy', '--metrics', 'dice, dice(by: image)'];
  const whole = await run(words, cwd);
  expect(whole.cases).toEqual([{ case: 'p', values: [0.8, 0.5] }]);
  const each = await run([...words, '--each'], cwd);
  expect(each.cases).toEqual([
    { case: 'p/0', values: [1, 1] },
    { case: 'p/1', values: [0, 0] },
  ]);
  expect(each.scores.map(({ value }) => value)).toEqual([0.5, 0.5]);
});

test('folders are matched by the names of their files, whatever their endings', async () => {
  const cwd = temporaryFolder();
  for (const folder of ['p', 'y', 'r']) mkdirSync(path.join(cwd, folder));
  for (const id of ['c2', 'c10']) {
    const { shape, data } = rows(0.1, 0.9);
    npy(cwd, `p/${id}.npy`, shape, Float32Array.from(data));
    png(cwd, `y/${id}.png`, [0, 1]);
    for (const rater of [1, 2, 3]) png(cwd, `r/${id}_${rater}.png`, [0, Number(rater < 3)]);
  }
  const folders = await run(['--prediction', 'p', '--truth', 'y', '--metrics', 'dice, ece'], cwd);
  expect(folders.cases.map((one) => one.case)).toEqual(['c2', 'c10']);
  expect(folders.scores[0]!.value).toBe(1);
  expect(folders.scores[1]!.value).toBeCloseTo(0.1, 6);
  const raters = await run(
    ['--prediction', 'p/*.npy', '--raters', 'r/{case}_{rater}.png', '--metrics', 'bdice(levels: 2)'],
    cwd,
  );
  expect(raters.scores[0]).toMatchObject({ on: 'raters |> average', value: 1 });

  png(cwd, 'y/spare.png', [0, 1]);
  const { out, err } = await dml(
    ['score', '--prediction', 'p', '--truth', 'y', '--metrics', 'dice', '--json'],
    { cwd },
  );
  expect((JSON.parse(out) as Answer).warnings).toEqual([
    'case spare of --truth not in --prediction: left out.',
  ]);
  expect(err).toContain('warning: case spare of --truth not in --prediction');
  npy(cwd, 'p/lost.npy', [1, 2, 2], Float32Array.of(1, 0, 0, 1));
  const lost = await dml(['score', '--prediction', 'p', '--truth', 'y', '--metrics', 'dice'], { cwd });
  expect([lost.exit, lost.out]).toEqual([2, '']);
  expect(lost.err).toContain('case lost of --prediction has no file of --truth (y).');
});

test('single files belong together by their names, or in their order where none are alike', async () => {
  const cwd = temporaryFolder();
  for (const folder of ['p', 'y']) mkdirSync(path.join(cwd, folder));
  for (const [name, data] of [
    ['p/a', [0, 1]],
    ['p/b', [1, 1]],
    ['y/b', [1, 1]],
    ['y/a', [0, 1]],
    ['y/c', [1, 1]],
  ] as const)
    png(cwd, `${name}.png`, data);
  const score = (...truth: readonly string[]) =>
    run(['--prediction', 'p/a.png', 'p/b.png', '--truth', ...truth, '--metrics', 'dice'], cwd);
  const right = [
    { case: 'a', values: [1] },
    { case: 'b', values: [1] },
  ];
  expect((await score('y/b.png', 'y/a.png')).cases).toEqual(right);
  expect((await score('y/c.png', '--truth', 'y/c.png')).cases.map(({ values }) => values)).toEqual([
    [2 / 3],
    [1],
  ]);
  const words = [
    'score',
    '--prediction',
    'p/a.png',
    'p/b.png',
    '--truth',
    'y/a.png',
    'y/c.png',
    '--metrics',
    'dice',
  ];
  const { exit, err } = await dml(words, { cwd });
  expect([exit, err]).toEqual([
    2,
    expect.stringContaining('The case b of --prediction has no file of --truth.'),
  ]);
});

test('people see percent, the truth and the number of cases', async () => {
  const cwd = temporaryFolder();
  png(cwd, 'a.png', [0, 1]);
  const { out } = await dml(
    ['score', '--prediction', 'a.png', '--truth', 'a.png', '--metrics', 'dice, jaccard(classes: all)'],
    { cwd },
  );
  expect(out.split('\n')).toEqual([
    'metric                    score  measured on',
    '────────────────────────────────────────────',
    'dice                   100.00 %  mask',
    'jaccard(classes: all)  100.00 %  mask',
    '1 case',
    '',
  ]);
});

test('a large case is read in pieces, with the same scores as in one, soft truths and masks included', async () => {
  const cwd = temporaryFolder();
  const [images, height, width, classes] = [40, 200, 200, 3];
  const shape = [images, height, width];
  const noise = (i: number) => ((i * 7919) % 1009) / 1009;
  const p = Float32Array.from({ length: countOf(shape) * classes }, (_, i) => noise(i - (i % classes)) / 2);
  for (let i = 0; i < p.length; i += classes) {
    p[i + 1] = noise(i + 1) * (1 - p[i]!);
    p[i + 2] = 1 - p[i]! - p[i + 1]!;
  }
  const y = Uint8Array.from({ length: countOf(shape) }, (_, i) => Math.floor(noise(i + 5) * 3));
  const keep = Uint8Array.from({ length: countOf(shape) }, (_, i) => Number(noise(i + 3) < 0.9));
  npy(cwd, 'p.npy', [...shape, classes], p);
  npy(cwd, 'y.npy', shape, y);
  npy(cwd, 'keep.npy', shape, keep);
  // ace has to see a case whole, so that with it nothing is read in pieces.
  const metrics =
    'dice, dice(by: image), jaccard(by: data, classes: all), accuracy, bdice, ece, sce, brier, nll';
  const words = ['--prediction', 'p.npy', '--truth', 'y.npy', '--keep', 'keep.npy', '--metrics'];
  const pieces = await run([...words, metrics], cwd);
  const whole = await run([...words, `${metrics}, ace`], cwd);
  for (const [i, { metric, value }] of pieces.scores.entries())
    expect(value, metric).toBeCloseTo(whole.scores[i]!.value!, 10);
}, 120_000);

const bad: readonly (readonly [Record<string, unknown>, string])[] = [
  [{ prediction: rows(0.5) }, 'There is nothing to score `prediction` against.'],
  [{ truth: map(1) }, 'There is no `prediction`.'],
  [
    { prediction: { shape: [1, 1, 2], data: [3, -2] }, truth: map(1) },
    '`prediction` holds 3 at [0, 0, 0], outside of 0 to 1.',
  ],
  [
    { prediction: { shape: [1, 1, 2], data: [0.5, 0.25] }, truth: map(1) },
    '`prediction` adds up to 0.75 over the classes at pixel [0, 0], not to 1.',
  ],
  [
    { prediction: rows(0.5, 0.5), truth: map(1) },
    '`truth` has the shape [1, 1]; `prediction` asks for [1, 2].',
  ],
  [
    { prediction: rows(0.5, 0.5), truth: map(0, 255) },
    '`truth` holds the value 255 at [0, 1]; there are 2 classes',
  ],
  [
    { prediction: map(0, 1), truth: map(0, 1), metrics: 'ece' },
    'ece asks how sure a prediction is, but `prediction` is a map of class indices.',
  ],
  [
    { prediction: map(0, 3), truth: map(0, 1), classes: 2 },
    '`prediction` holds the value 3 at [0, 1]; there are 2 classes',
  ],
  [
    { prediction: map(0, 2), truth: map(0, 0) },
    '`prediction` holds the value 2 at [0, 1], but nothing holds 1: classes are numbered',
  ],
  [
    { prediction: rows(0.5), truth: map(1), metrics: 'dcie' },
    "The expression 'dcie' is wrong at column 1: DML1203",
  ],
  [
    { prediction: rows(0.5), truth: map(1), metrics: 'dice(classes: [4])' },
    'The metric dice cannot be computed',
  ],
  [
    { prediction: rows(0.5), raters: { shape: [2, 1, 1], data: [0, 1] }, metrics: 'dice on mask' },
    'dice is measured on `mask`, which was not given.',
  ],
  [
    { prediction: rows(0.5), truth: map(1), keep: map(2) },
    '`keep` holds 2 at [0, 0]; a mask of kept pixels holds 0 and 1.',
  ],
  [{ prediction: rows(0.5), truth: 'absent.npy' }, 'absent.npy is not there.'],
];

test('what cannot be scored gets one clear message each', async () => {
  const { answers, exit } = await ask(...bad.map(([question]) => ({ metrics: 'dice', ...question })));
  expect(exit).toBe(1);
  for (const [i, [question, message]] of bad.entries())
    expect(answers[i]!.error?.message, JSON.stringify(question)).toContain(message);
});

test('an empty class is no error: 0/0 is what the metric says', async () => {
  const { answers, exit } = await ask({
    metrics: 'dice, dice(empty: skip)',
    prediction: rows(0.1, 0.2),
    truth: map(0, 0),
  });
  expect([exit, answers[0]!.scores.map(({ value }) => value)]).toEqual([0, [1, null]]);
});

test('the examples of its help are commands that work', async () => {
  const cwd = temporaryFolder();
  for (const folder of ['predictions', 'truth']) mkdirSync(path.join(cwd, folder));
  const { shape, data } = rows(0.1, 0.9);
  npy(cwd, 'p.npy', shape, Float32Array.from(data));
  npy(cwd, 'predictions/a.npy', shape, Float32Array.from(data));
  png(cwd, 'truth/a.png', [0, 1]);
  png(cwd, 'r1.png', [0, 1]);
  png(cwd, 'r2.png', [1, 1]);
  npy(cwd, 'all.npy', [2, 1, 2, 2], Float32Array.of(1, 0, 0, 1, 1, 0, 0, 1));
  npy(cwd, 'all-y.npy', [2, 1, 2], Uint8Array.of(0, 1, 1, 1));
  await dml(['labels', 'mask', '--mask', 'r1.png', '-o', 'y.nii.gz'], { cwd });
  const help = readFileSync(path.join(import.meta.dirname, 'golden/help/score.txt'), 'utf8');
  const examples = [...help.matchAll(/^ {2}dml (score .*?) +# /gm)].map((match) => match[1]!);
  expect(examples).toHaveLength(4);
  for (const example of examples) {
    const words = [...example.matchAll(/'([^']*)'|(\S+)/g)].map((match) => match[1] ?? match[2]!);
    expect(await started(words, { cwd }), example).toMatchObject({ exit: 0, err: '' });
  }
});
