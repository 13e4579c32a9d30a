import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Numbers } from '../../runtime/arrays/array.ts';
import { encodeNpy } from '../../runtime/arrays/npy.ts';
import { readArray } from '../../runtime/arrays/open.ts';
import { encodePng } from '../../runtime/arrays/png.ts';
import { dml as started, temporaryFolder } from '../support/dml.ts';
import { askLines, dml } from '../support/within.ts';

type Answer = Record<string, unknown> & {
  readonly labels: { readonly shape: readonly number[]; readonly data: readonly number[] };
  readonly error: { readonly message: string; readonly help?: string };
};

const ask = (...questions: readonly unknown[]) => askLines<Answer>('labels', questions);

const png = (folder: string, name: string, data: readonly number[]) =>
  writeFileSync(
    path.join(folder, name),
    encodePng({ shape: [1, data.length], data: Uint8Array.from(data) }, name),
  );
const npy = (folder: string, name: string, shape: readonly number[], data: Numbers) =>
  writeFileSync(path.join(folder, name), encodeNpy({ shape, data }));
const read = async (folder: string, name: string) => {
  const { shape, data } = await readArray(name, folder);
  return { shape, data: [...data] };
};

/** Three raters of one case as files, and as one file. */
function raters(): string {
  const folder = temporaryFolder();
  png(folder, 'r1.png', [0, 1, 1, 0]);
  png(folder, 'r2.png', [0, 1, 0, 0]);
  png(folder, 'r3.png', [0, 1, 1, 1]);
  npy(folder, 'all.npy', [3, 1, 4], Uint8Array.of(0, 1, 1, 0, 0, 1, 0, 0, 0, 1, 1, 1));
  return folder;
}

test('soft labels are float64, [height, width, class], whether raters are files or one array', async () => {
  const cwd = raters();
  const each = await dml(
    ['labels', 'raters |> average', '--raters', 'r1.png', 'r2.png', '--raters', 'r3.png', '-o', 'a.npy'],
    { cwd },
  );
  expect(each).toEqual({ exit: 0, out: 'a.npy: soft labels [1, 4, 2], 2 classes\n', err: '' });
  await dml(['labels', 'raters |> average', '--raters', 'all.npy', '-o', 'b.npy'], { cwd });
  expect(readFileSync(path.join(cwd, 'b.npy'))).toEqual(readFileSync(path.join(cwd, 'a.npy')));
  const { shape, data } = await readArray('a.npy', cwd);
  expect([data.constructor.name, shape]).toEqual(['Float64Array', [1, 4, 2]]);
  expect([...data]).toEqual([1, 0, 0, 1, 1 / 3, 2 / 3, 2 / 3, 1 / 3]);
});

test('each format holds what it can: classes, or a map where labels are hard', async () => {
  const cwd = raters();
  const write = (pipeline: string, output: string, ...more: string[]) =>
    dml(['labels', pipeline, '--raters', 'all.npy', '-o', output, ...more], { cwd });
  await write('raters |> majority', 'v.png');
  expect(await read(cwd, 'v.png')).toEqual({ shape: [1, 4], data: [0, 1, 1, 0] });
  await write('raters |> majority', 'v.nii.gz');
  expect(await read(cwd, 'v.nii.gz')).toEqual({ shape: [1, 4], data: [0, 1, 1, 0] });
  await write('raters |> majority', 'v.safetensors');
  expect(await read(cwd, 'v.safetensors#labels')).toEqual({
    shape: [1, 4, 2],
    data: [1, 0, 0, 1, 0, 1, 1, 0],
  });
  await write('raters |> average', 's.nii', '--form', 'foreground');
  expect(await read(cwd, 's.nii')).toEqual({ shape: [1, 4], data: [0, 1, 2 / 3, 1 / 3] });
  await write('raters |> average', 's.npz');
  expect((await read(cwd, 's.npz')).shape).toEqual([1, 4, 2]);
  const refused = await write('raters |> average', 's.png');
  expect(refused.exit).toBe(2);
  expect(refused.err).toContain('s.png cannot hold soft labels: a PNG holds whole numbers.');
  expect(existsSync(path.join(cwd, 's.png'))).toBe(false);
});

test('without an output the labels are printed, as JSON of an array', async () => {
  const { out } = await dml(['labels', 'raters |> majority', '--raters', 'all.npy'], { cwd: raters() });
  expect(JSON.parse(out)).toEqual({ shape: [1, 4, 2], data: [1, 0, 0, 1, 0, 1, 1, 0] });
});

test('many cases are matched by their names, and all are written, or none', async () => {
  const cwd = temporaryFolder();
  for (const folder of ['masks', 'out']) mkdirSync(path.join(cwd, folder));
  for (const id of ['c1', 'c2', 'c10'])
    for (const rater of [1, 2]) png(cwd, `masks/${id}_r${rater}.png`, [0, rater % 2]);
  const words = [
    'labels',
    'raters |> average',
    '--raters',
    'masks/{case}_r{rater}.png',
    '-o',
    'out/{case}.npy',
  ];
  const { exit, out } = await dml([...words, '--json'], { cwd });
  const { files } = JSON.parse(out) as { files: { output: string }[] };
  expect([exit, files.map(({ output }) => output)]).toEqual([0, ['out/c1.npy', 'out/c2.npy', 'out/c10.npy']]);
  expect(await read(cwd, 'out/c2.npy')).toEqual({ shape: [1, 2, 2], data: [1, 0, 0.5, 0.5] });

  const before = readdirSync(path.join(cwd, 'out'));
  writeFileSync(path.join(cwd, 'masks/c2_r2.png'), 'no picture');
  const failed = await dml([...words.slice(0, -1), 'out/again-{case}.npy'], { cwd });
  expect([failed.exit, failed.err.match(/^error/gm)?.length]).toEqual([2, 1]);
  expect(failed.err).toContain('masks/c2_r2.png is no PNG file');
  expect(readdirSync(path.join(cwd, 'out'))).toEqual(before);
});

test('ignored pixels are 0 in every class, and in a map they keep their value', async () => {
  const mask = { shape: [1, 3], data: [0, 1, 255] };
  const { answers } = await ask(
    { pipeline: 'mask', mask, ignore: 255 },
    { pipeline: 'mask', mask, ignore: 255, form: 'map' },
    {
      pipeline: 'mask |> smooth(0.2)',
      mask: { shape: [1, 3], data: [0, 1, 1] },
      keep: { shape: [1, 3], data: [1, 1, 0] },
    },
  );
  expect(answers.map(({ labels }) => labels.data)).toEqual([
    [1, 0, 0, 1, 0, 0],
    [0, 1, 255],
    [0.9, 0.1, 0.1, 0.9, 0, 0],
  ]);
});

test('a random rater comes from case, seed and epoch alone', async () => {
  const data = Array.from({ length: 16 }, (_, i) => (Math.floor(i / 2) % 2) ^ (i % 2));
  const question = { pipeline: 'raters |> random', raters: { shape: [8, 1, 2], data }, form: 'map' };
  const draw = (more: object) => ({ ...question, ...more });
  const { answers } = await ask(
    draw({ case: 'a', seed: 1 }),
    draw({ case: 'a', seed: 1 }),
    ...Array.from({ length: 6 }, (_, epoch) => draw({ case: 'a', seed: 1, epoch })),
  );
  const [first, again, ...epochs] = answers.map(({ labels }) => labels.data.join());
  expect(first).toBe(again);
  expect(epochs[0]).toBe(first);
  expect(new Set(epochs).size).toBeGreaterThan(1);
});

test('a teacher is calibrated by keys that are given, and says what it has chosen', async () => {
  const { answers } = await ask({
    pipeline: 'teacher |> kde(bandwidth: auto)',
    teacher_probabilities: { shape: [2, 2], data: [0.25, 0.75, 0.9, 0.1] },
    keys: { shape: [3, 2], data: [0.2, 0.8, 0.3, 0.7, 0.8, 0.2] },
    key_labels: { shape: [3], data: [1, 0, 0] },
  });
  const [{ labels, chosen }] = answers as [Answer];
  expect(labels.data[0]! + labels.data[1]!).toBeCloseTo(1, 12);
  expect(chosen).toMatchObject({ kde: { bandwidth: expect.any(Number), keys: 3 } });
});

const map = (...data: readonly number[]) => ({ shape: [1, data.length], data });
const bad: readonly (readonly [Record<string, unknown>, string])[] = [
  [{ pipeline: 'raters |> averge', raters: map(0, 1) }, 'is wrong at column 11: DML1203'],
  [{ pipeline: 'raters |> average' }, 'The pipeline begins with `raters`, which was not given.'],
  [{ pipeline: 'teacher', mask: map(0, 1) }, 'The pipeline begins with `teacher`, which was not given.'],
  [
    { pipeline: 'raters |> average', raters: [map(0, 1), map(0, 1, 1)] },
    '`raters[1]` has the shape [1, 3]; `raters[0]` asks for [1, 2].',
  ],
  [
    { pipeline: 'mask', mask: map(0, 255) },
    '`mask` holds the value 255 at [0, 1], but nothing holds 1: classes are numbered 0, 1, 2 … without gaps.',
  ],
  [{ pipeline: 'mask', mask: map(0, 3), classes: 3 }, 'holds the value 3 at [0, 1]; there are 3 classes'],
  [{ pipeline: 'mask', mask: map(0, -1) }, 'holds the value -1 at [0, 1]'],
  [{ pipeline: 'mask', mask: map(0, 1.5) }, '`mask` holds 1.5 at [0, 1], outside of 0 to 1.'],
  [
    { pipeline: 'mask', mask: map(0, 0.5), form: 'map' },
    'These labels are soft, so no map of class indices can hold them.',
  ],
  [
    { pipeline: 'mask', mask: { shape: [1, 1, 1, 2], data: [0.5, 0.4] } },
    'adds up to 0.9 over the classes at pixel [0, 0, 0]',
  ],
  [
    { pipeline: 'teacher', teacher_probabilities: { shape: [1, 2], data: [3, -3] } },
    '`teacher_probabilities` holds 3 at [0, 0], outside of 0 to 1.',
  ],
  [
    { pipeline: 'teacher |> kde(bandwidth: 0.1)', teacher_logits: { shape: [1, 2], data: [3, -3] } },
    'step `kde`: it learns from the labels of the case',
  ],
  [
    {
      pipeline: 'teacher |> kde(bandwidth: 0.1)',
      teacher_logits: { shape: [1, 2], data: [3, -3] },
      keys: { shape: [1, 3], data: [0, 0, 1] },
      key_labels: { shape: [1], data: [0] },
    },
    'keys are [key, 2]',
  ],
  [
    { pipeline: 'mask', mask: map(0, 1), output: 'labels.mat' },
    'labels.mat is of a kind that is not written.',
  ],
  [
    { pipeline: 'mask', mask: map(0, 1), classes: -3 },
    '`classes` must be a whole number of at least 2, found -3.',
  ],
  [
    { pipeline: 'mask', mask: map(0, 1), output: 'absent/labels.npy' },
    'absent/labels.npy cannot be written: absent is not there.',
  ],
  [{ pipeline: 'mask', mask: map(0, 1), seed: 0.5 }, '`seed` must be a whole number, found 0.5.'],
];

test('what cannot be worked with gets one clear message each', async () => {
  const { answers, exit } = await ask(...bad.map(([question]) => question));
  expect(exit).toBe(1);
  for (const [i, [, message]] of bad.entries())
    expect(answers[i]!.error?.message, JSON.stringify(bad[i])).toContain(message);
});

test('the examples of its help are commands that work', async () => {
  const cwd = raters();
  npy(cwd, 'raters.npy', [3, 1, 4], Uint8Array.of(0, 1, 1, 0, 0, 1, 0, 0, 0, 1, 1, 1));
  npy(cwd, 'z.npy', [1, 4, 2], Float64Array.of(1, 0, 0, 2, 1, 1, 3, 0));
  png(cwd, 'mask.png', [0, 1, 1, 0]);
  mkdirSync(path.join(cwd, 'masks'));
  for (const id of ['a', 'b']) for (const rater of ['1', '2']) png(cwd, `masks/${id}_${rater}.png`, [0, 1]);
  const help = readFileSync(path.join(import.meta.dirname, 'golden/help/labels.txt'), 'utf8');
  const examples = [...help.matchAll(/^ {2}dml (labels .*?) +# /gm)].map((match) => match[1]!);
  expect(examples).toHaveLength(4);
  for (const example of examples) {
    const words = [...example.matchAll(/'([^']*)'|(\S+)/g)].map((match) => match[1] ?? match[2]!);
    expect(await started(words, { cwd }), example).toMatchObject({ exit: 0, err: '' });
  }
});
