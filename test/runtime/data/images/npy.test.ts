import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Numbers } from '../../../../runtime/arrays/array.ts';
import { encodeNpy } from '../../../../runtime/arrays/npy.ts';
import { readPicture, readSize } from '../../../../runtime/data/images/read.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dml-npy-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function saved(name: string, shape: readonly number[], data: Numbers): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, encodeNpy({ shape, data }));
  return path;
}

test('an array is an image: [height, width], or [height, width, channel]', async () => {
  const grey = await saved('grey.npy', [2, 3], Float64Array.of(0, 0.5, 1, -1, 2, 3));
  expect(await readSize(grey)).toMatchObject({ height: 2, width: 3 });
  expect(await readPicture(grey)).toEqual({
    height: 2,
    width: 3,
    channels: 1,
    full: 1,
    data: Float32Array.of(0, 0.5, 1, -1, 2, 3),
  });
  const channels = await saved(
    'four.npy',
    [1, 2, 4],
    Uint8Array.from({ length: 8 }, (_, i) => i),
  );
  expect(await readPicture(channels)).toMatchObject({ height: 1, width: 2, channels: 4, full: 255 });
});

test('white is the largest value of an integer type', async () => {
  const full = async (data: Numbers) => (await readPicture(await saved('full.npy', [1, 1], data))).full;
  expect(await full(Int16Array.of(1))).toBe(32767);
  expect(await full(Uint16Array.of(1))).toBe(65535);
  expect(await full(Float32Array.of(1))).toBe(1);
});

test('an array with other axes, or with NaN, is named', async () => {
  const volume = await saved('volume.npy', [1, 2, 3, 4], new Float32Array(24));
  await expect(readPicture(volume)).rejects.toThrow(
    'has the shape [1, 2, 3, 4]; an image is [height, width]',
  );
  const nan = await saved('nan.npy', [1, 2], Float32Array.of(0, Number.NaN));
  await expect(readPicture(nan)).rejects.toThrow('holds NaN at row 0, column 1');
});
