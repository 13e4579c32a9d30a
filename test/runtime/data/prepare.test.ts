import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DataSet, LabelSource } from '../../../compiler/experiment.ts';
import { classMap } from '../../../runtime/data/classes.ts';
import { centerCorner, cropTo, randomCorner } from '../../../runtime/data/crop.ts';
import { foldOf, inputSize, openSource } from '../../../runtime/data/open.ts';
import { preparation, windowed } from '../../../runtime/data/prepare.ts';
import type { PreparedCase } from '../../../runtime/data/prepared.ts';
import { resampleLinear, resampleNearest } from '../../../runtime/data/resample.ts';
import type { Picture, RawCase, Source } from '../../../runtime/data/source.ts';
import { random } from '../../../runtime/random.ts';
import { registry } from '../../../runtime/registry.generated.ts';
import { dataSet, labelSource, use } from '../../support/data.ts';
import { oracle } from '../../support/oracle.ts';

const picture = (height: number, width: number, data: readonly number[]): Picture => ({
  height,
  width,
  channels: data.length / height / width,
  data: Float32Array.from(data),
});

const phantoms = use('phantom', { cases: 6, raters: 3, seed: 1, size: 24 });

interface Given {
  readonly image?: Picture;
  readonly masks: readonly Picture[];
  readonly data?: Partial<DataSet>;
  readonly labels?: readonly LabelSource[];
  /** One stored mask. */
  readonly stored?: boolean;
  readonly soft?: boolean;
}

async function prepared({
  image,
  masks,
  data = {},
  labels = [],
  stored = false,
  soft = false,
}: Given): Promise<PreparedCase> {
  const source = { raters: stored ? 0 : masks.length, soft };
  const prepare = await preparation(dataSet(phantoms, data), source, labels, registry);
  const { height, width } = masks[0]!;
  return prepare({
    id: 'p1',
    image: image ?? picture(height, width, new Array(height * width).fill(0)),
    masks,
  });
}

const average = labelSource('raters', use('average'));
const majority = labelSource('raters', use('majority'));

test('each label source is evaluated over the raters, in its place', async () => {
  const masks = [picture(1, 3, [0, 1, 1]), picture(1, 3, [0, 0, 5]), picture(1, 3, [0, 0, 0])];
  const one = await prepared({ masks, labels: [majority, average] });
  expect([...one.labels[0]!]).toEqual([1, 1, 0, 0, 0, 1]);
  expect([...one.labels[1]!]).toEqual([1, 2 / 3, 1 / 3, 0, 1 / 3, 2 / 3]);
  expect([...one.raters]).toEqual([1, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0]);
  expect(one.classes).toBe(2);
});

test('a stored mask is `mask`, and one rater where raters are asked for', async () => {
  const smoothed = labelSource('mask', use('smooth', { epsilon: 0.5 }));
  const one = await prepared({
    masks: [picture(1, 2, [0, 1])],
    stored: true,
    labels: [labelSource('mask'), smoothed, majority],
  });
  expect(one.labels.map((labels) => [...labels])).toEqual([
    [1, 0, 0, 1],
    [0.75, 0.25, 0.25, 0.75],
    [1, 0, 0, 1],
  ]);
});

test('`mask` of a set with several raters is refused, with the ways to combine them', async () => {
  const masks = [picture(1, 1, [0]), picture(1, 1, [1])];
  await expect(prepared({ masks, labels: [labelSource('mask')] })).rejects.toMatchObject({
    name: 'DataError',
    help: expect.stringContaining('raters |> majority'),
  });
});

test('classes map the values of the files, ignored pixels do not count', async () => {
  const classes = [
    { name: 'background', values: [0, 1] },
    { name: 'liver', values: [2] },
    { name: 'tumour', values: [7] },
  ];
  const masks = [picture(1, 4, [1, 2, 7, 255])];
  const one = await prepared({
    masks,
    stored: true,
    labels: [labelSource('mask')],
    data: { classes, ignore: 255 },
  });
  expect([...one.labels[0]!]).toEqual([1, 0, 0, 1, 0, 1, 0, 0, 0, 0, 1, 0]);
  expect([...one.keep]).toEqual([1, 1, 1, 0]);
});

test('a pixel that one rater ignores does not count for any', async () => {
  const one = await prepared({ masks: [picture(1, 2, [0, 9]), picture(1, 2, [1, 1])], data: { ignore: 9 } });
  expect([...one.keep]).toEqual([1, 0]);
});

test('a value of no class is named with its case, rater and place', async () => {
  const classes = [
    { name: 'background', values: [0] },
    { name: 'tumour', values: [1] },
  ];
  const masks = [picture(2, 2, [0, 0, 1, 1]), picture(2, 2, [0, 0, 1, 3])];
  await expect(prepared({ masks, data: { classes } })).rejects.toMatchObject({
    name: 'DataError',
    message:
      'The mask of case p1, rater 2, holds the value 3 at row 1, column 1 (counted from 0), which belongs to no class.',
    help: 'Give it to one of the `classes` of the data set (now: background 0; tumour 1), or say `ignore: 3`.',
  });
});

test('a class may take every value that no other class has', () => {
  const { count, description, of } = classMap([
    { name: 'background', values: [0] },
    { name: 'foreground', values: 'others' },
  ]);
  expect([count, description, of(0), of(1), of(255)]).toEqual([
    2,
    'background 0; foreground all others',
    0,
    1,
    1,
  ]);
});

test('masks of raters are resampled before they are combined, so that no rater draws half a pixel', async () => {
  const masks = [picture(1, 2, [0, 1]), picture(1, 2, [1, 1])];
  const one = await prepared({ masks, labels: [average], data: { size: [1, 4] } });
  expect([...one.labels[0]!.subarray(4)]).toEqual([0.5, 0.5, 1, 1]);
});

test('soft masks and images are resampled linearly', async () => {
  const one = await prepared({
    image: picture(1, 2, [0, 10]),
    masks: [picture(1, 2, [0, 1])],
    stored: true,
    soft: true,
    labels: [labelSource('mask')],
    data: { size: [1, 4], window: { low: 0, high: 10 } },
  });
  expect([...one.labels[0]!.subarray(4)]).toEqual([0, 0.25, 0.75, 1]);
  expect([...one.image]).toEqual([-1, -0.5, 0.5, 1]);
});

test('the window clips and scales to −1 … 1; `image` takes the lowest and highest value of each', () => {
  const image = picture(1, 4, [-100, -60, 40, 200]);
  expect([...windowed(image, { low: -60, high: 140 })]).toEqual([-1, -1, 0, 1]);
  expect([...windowed(image, 'image')].map((x) => x.toFixed(3))).toEqual([
    '-1.000',
    '-0.733',
    '-0.067',
    '1.000',
  ]);
  expect([...windowed(picture(1, 2, [3, 3]), 'image')]).toEqual([-1, -1]);
});

interface Resize {
  readonly cases: readonly {
    readonly op: string;
    readonly about: string;
    readonly input: { readonly shape: readonly number[]; readonly data: readonly number[] };
    readonly output: { readonly shape: readonly number[]; readonly data: readonly number[] };
  }[];
}
const layers = oracle<Resize>('layers');
const resizes = layers?.cases.filter(({ op }) => op === 'resize_bilinear') ?? [];

test.skipIf(!layers).each(resizes)(
  'linear resampling equals the reference resize_bilinear: $about',
  ({ input, output }) => {
    const [, height, width, channels] = input.shape as [number, number, number, number];
    const [, toHeight, toWidth] = output.shape as [number, number, number, number];
    const first = picture(height, width, input.data.slice(0, height * width * channels));
    const { data } = resampleLinear(first, [toHeight, toWidth]);
    for (const [i, value] of data.entries())
      expect(Math.abs(value - output.data[i]!)).toBeLessThanOrEqual(1e-6);
  },
);

test('nearest resampling makes no new value, and doubling repeats each pixel', () => {
  expect([...resampleNearest(picture(2, 2, [1, 2, 3, 4]), [4, 4]).data]).toEqual([
    1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4,
  ]);
  const sizes = fc.integer({ min: 1, max: 9 });
  fc.assert(
    fc.property(sizes, sizes, sizes, sizes, (h, w, height, width) => {
      const values = Array.from({ length: h * w }, (_, i) => i);
      const { data } = resampleNearest(picture(h, w, values), [height, width]);
      expect(data.length).toBe(height * width);
      expect([...data].every((value) => values.includes(value))).toBe(true);
    }),
  );
});

test('a random window lies inside the image and reaches every place', () => {
  const stream = random('windows');
  const tops = new Set<number>();
  for (let i = 0; i < 200; i++) {
    const { top, left } = randomCorner({ height: 8, width: 5 }, [4, 5], stream);
    tops.add(top);
    expect(left).toBe(0);
  }
  expect([...tops].sort()).toEqual([0, 1, 2, 3, 4]);
});

test('prediction sees the middle; what is missing is padded as background that does not count', async () => {
  expect(centerCorner({ height: 7, width: 8 }, [4, 4])).toEqual({ top: 1, left: 2 });
  const one = await prepared({
    image: picture(1, 4, [0, 1, 2, 3]),
    masks: [picture(1, 4, [1, 0, 1, 1])],
    stored: true,
    labels: [labelSource('mask')],
  });
  const cut = cropTo(one, { corner: centerCorner(one, [1, 2]), size: [1, 2] }, -1);
  expect([...cut.image].map((x) => x.toFixed(2))).toEqual(['-0.33', '0.33']);
  expect([...cut.labels[0]!]).toEqual([1, 0, 0, 1]);
  const padded = cropTo(one, { corner: centerCorner(one, [2, 6]), size: [2, 6] }, -1);
  expect([...padded.keep]).toEqual([0, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0]);
  expect(padded.image[0]).toBe(-1);
  expect([...padded.labels[0]!.subarray(0, 6)]).toEqual([1, 0, 1, 0, 0, 1]);
  expect([...padded.raters.subarray(12)]).toEqual([0, 1, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0]);
});

const sized = (sizes: Readonly<Record<string, readonly [number, number]>>): Source => ({
  cases: Object.keys(sizes),
  raters: 1,
  channels: 1,
  soft: false,
  files: [],
  size: async (id) => ({ height: sizes[id]![0], width: sizes[id]![1] }),
  read: async (): Promise<RawCase> => {
    throw new Error('Not read here.');
  },
});

test('the network sees the crop, the size of the data set, or the largest image', async () => {
  const source = sized({ a: [10, 30], b: [20, 20] });
  const data = dataSet(phantoms);
  expect(await inputSize({ crop: [8, 20], data }, source)).toEqual([8, 20]);
  expect(await inputSize({ crop: 'whole', data }, source)).toEqual([20, 30]);
  expect(await inputSize({ crop: 'whole', data: { ...data, size: [16, 16] } }, source)).toEqual([16, 16]);
});

test('a crop larger than an image is an error, unless the data set resamples', async () => {
  const source = sized({ a: [40, 40], b: [40, 20] });
  const data = dataSet(phantoms);
  await expect(inputSize({ crop: [32, 32], data }, source)).rejects.toThrow(
    'The crop of 32 x 32 is larger than the image of case b, which has 40 x 20 pixels (height x width).',
  );
  expect(await inputSize({ crop: [32, 32], data: { ...data, size: [64, 64] } }, source)).toEqual([32, 32]);
  await expect(inputSize({ crop: [32, 32], data: { ...data, size: [16, 64] } }, source)).rejects.toThrow(
    'after `size`',
  );
});

test('folds are those of the data set; one that is not there is an error', async () => {
  const data = dataSet(phantoms, { folds: use('contiguous', { count: 3 }) });
  const { cases } = await openSource(data, '.', registry);
  const fold = await foldOf(data, cases, 1, '/nowhere', registry);
  expect(fold.validation).toEqual(['shape3', 'shape4']);
  expect(fold.train).toEqual(['shape1', 'shape2', 'shape5', 'shape6']);
  expect(await foldOf(data, cases, 'none', '/nowhere', registry)).toEqual({ train: cases, validation: [] });
  await expect(foldOf(data, cases, 3, '/nowhere', registry)).rejects.toThrow(
    'has no fold 3: contiguous makes 3, counted from 0',
  );
  await expect(foldOf(data, ['shape1', 'shape2'], 0, '/nowhere', registry)).rejects.toThrow(
    'leaves no case to validate on',
  );
});
