import { afterEach, expect, test } from 'vitest';
import type { Batch } from '../../../runtime/data/batch.ts';
import { batchMaker } from '../../../runtime/data/batch-maker.ts';
import { type BatchPlan, batchBytes, batchIn, placesOf } from '../../../runtime/data/batch-plan.ts';
import { type Batches, openBatches } from '../../../runtime/data/batches.ts';
import { openSource } from '../../../runtime/data/open.ts';
import { DataError } from '../../../runtime/data/source.ts';
import { registry } from '../../../runtime/registry.generated.ts';
import { dataSet, labelSource, use } from '../../support/data.ts';

const opened: Batches[] = [];
afterEach(async () => {
  for (const batches of opened.splice(0)) await batches.close();
});

function open(plan: BatchPlan): Batches {
  const batches = openBatches(plan);
  opened.push(batches);
  return batches;
}

const cases = ['shape1', 'shape2', 'shape3', 'shape4', 'shape5', 'shape6', 'shape7'];
const plan: BatchPlan = {
  data: dataSet(use('phantom', { cases: 7, raters: 3, seed: 1, size: 24 })),
  root: '.',
  cases,
  targets: [labelSource('raters', use('average')), labelSource('raters', use('majority'))],
  teachers: {},
  size: [16, 20],
  channels: 1,
  batch: 2,
  augment: [use('flip', { direction: 'horizontal' })],
  seed: 3,
};

async function made(plan: BatchPlan, index: number): Promise<Batch> {
  const batch = batchIn(new ArrayBuffer(batchBytes(plan)), 0, plan);
  await (await batchMaker(plan, registry))(index, batch);
  return batch;
}

const copyOf = (batch: Batch): Batch => structuredClone(batch);

test('the worker gives the batch that its index says, whatever was asked before', async () => {
  const expected = await Promise.all([0, 1, 2, 7].map((index) => made(plan, index)));
  const forwards = open(plan);
  const got: Batch[] = [];
  for (const index of [0, 1, 2, 7]) got.push(copyOf(await forwards.get(index)));
  expect(got).toEqual(expected);

  const jumping = open(plan);
  for (const index of [7, 0, 2, 1]) expect(await jumping.get(index)).toEqual(await made(plan, index));
});

test('an epoch has each case once, in an order of its own, and drops the incomplete batch', () => {
  const epoch = (n: number) => [0, 1, 2].flatMap((k) => placesOf(plan, 3 * n + k).map(({ id }) => id));
  expect(new Set(epoch(0)).size).toBe(6);
  expect(epoch(0)).not.toEqual(epoch(1));
  expect(placesOf(plan, 4).map(({ epoch }) => epoch)).toEqual([1, 1]);
  expect(epoch(0)).toEqual([0, 1, 2].flatMap((k) => placesOf(plan, k).map(({ id }) => id)));
  expect(placesOf({ ...plan, seed: 4 }, 0)).not.toEqual(placesOf(plan, 0));
});

test('a batch larger than the data begins again with the same order', () => {
  const places = placesOf({ ...plan, cases: ['a', 'b', 'c'], batch: 7 }, 0);
  expect(places.map(({ id }) => id).slice(0, 3)).toEqual(places.map(({ id }) => id).slice(3, 6));
  expect(places.map(({ repeat }) => repeat)).toEqual([0, 0, 0, 1, 1, 1, 2]);
});

test('labels are distributions and the image lies in the window', async () => {
  const { image, labels, keep } = await made(plan, 5);
  const pixels = 2 * 16 * 20;
  expect(image.length).toBe(pixels);
  expect(Math.max(...image)).toBeLessThanOrEqual(1);
  expect(Math.min(...image)).toBeGreaterThanOrEqual(-1);
  expect(keep.every((kept) => kept === 1)).toBe(true);
  for (const target of labels)
    for (let i = 0; i < pixels; i++) expect(target[i]! + target[pixels + i]!).toBeCloseTo(1, 6);
  expect(labels[0]!.some((y) => y > 0 && y < 1)).toBe(true);
  expect(labels[1]!.every((y) => y === 0 || y === 1)).toBe(true);
});

test('what a small image lacks is padded and does not count', async () => {
  const { image, labels, keep } = await made({ ...plan, size: [28, 24], batch: 1, augment: [] }, 0);
  const rows = (array: Float32Array, first: number, count: number) =>
    array.subarray(first * 24, (first + count) * 24);
  for (const [array, value] of [
    [image, -1],
    [labels[0]!, 1],
    [keep, 0],
  ] as const) {
    expect(rows(array, 0, 2).every((x) => x === value)).toBe(true);
    expect(rows(array, 26, 2).every((x) => x === value)).toBe(true);
  }
  expect(rows(labels[0]!, 28, 2).every((y) => y === 0)).toBe(true);
  expect(rows(keep, 2, 24).every((kept) => kept === 1)).toBe(true);
});

test('an image that was scaled below the crop is padded', async () => {
  const augment = [use('scale', { factor: { low: 0.5, high: 0.5 } })];
  const { image, labels, keep } = await made({ ...plan, augment, batch: 1 }, 0);
  expect(keep.reduce((sum, kept) => sum + kept)).toBe(12 * 12);
  for (const [i, kept] of keep.entries()) {
    if (kept === 1) continue;
    expect(image[i]).toBe(-1);
    for (const target of labels) expect([target[i], target[keep.length + i]]).toEqual([1, 0]);
  }
  expect(labels[1]!.every((y) => y === 0 || y === 1)).toBe(true);
});

test('without a window intensities stay as they are stored, and padding is 0', async () => {
  const data = { ...plan.data, window: 'none' } as const;
  const { image, keep } = await made({ ...plan, data, size: [28, 24], batch: 1, augment: [] }, 0);
  const raw = await (await openSource(data, '.', registry)).read(placesOf({ ...plan, batch: 1 }, 0)[0]!.id);
  const kept = image.filter((_, i) => keep[i] === 1);
  expect(kept).toEqual(raw.image.data);
  expect(image.every((value, i) => keep[i] === 1 || value === 0)).toBe(true);
});

test('bad data reach the training loop as the DataError that names them, at the batch that needs them', async () => {
  const batches = open({
    ...plan,
    data: dataSet(use('folder', { path: 'nowhere', images: '{case}.png', masks: '{case}.png' })),
  });
  const failure = await batches.get(0).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(DataError);
  expect((failure as DataError).message).toContain('nowhere is not there');
});
