import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DataSet } from '../../../compiler/experiment.ts';
import type { Numbers } from '../../../runtime/arrays/array.ts';
import { encodeNpy } from '../../../runtime/arrays/npy.ts';
import { type FolderOptions, folder } from '../../../runtime/data/folder.ts';
import { preparation } from '../../../runtime/data/prepare.ts';
import { registry } from '../../../runtime/registry.generated.ts';
import { dataSet, labelSource, use } from '../../support/data.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'dml-arrays-'));
  for (const kind of ['images', 'masks']) mkdirSync(path.join(root, kind));
});
afterEach(() => rmSync(root, { recursive: true }));

function save(name: string, shape: readonly number[], data: Numbers): void {
  writeFileSync(path.join(root, `${name}.npy`), encodeNpy({ shape, data }));
}

const open = (options: Partial<FolderOptions> = {}) =>
  folder({ root }, { path: '.', images: 'images/{case}.npy', masks: 'masks/{case}.npy', ...options });

const classes = ['background', 'liver', 'tumour'].map((name, i) => ({ name, values: [i] }));

/** The labels of case `a`, as the stored mask gives them. */
async function labels(
  changes: Partial<DataSet>,
  options: Partial<FolderOptions>,
): Promise<readonly number[]> {
  const source = await open(options);
  const data = dataSet(use('folder'), { window: 'none', ...changes });
  const prepare = await preparation(data, source, [{ ...labelSource('mask'), soft: true }], registry);
  return [...(await prepare(await source.read('a'))).labels[0]!];
}

test('arrays are read with their own channels and exact values', async () => {
  const image = Float64Array.of(-1.5, 0.25, 3, 4, 5, 6, 7, 8);
  save('images/a', [2, 2, 2], image);
  save('masks/a', [2, 2], Uint8Array.of(0, 1, 2, 0));
  const source = await open();
  expect(source.channels).toBe(2);
  expect(await source.size('a')).toMatchObject({ height: 2, width: 2 });
  const one = await source.read('a');
  expect(one.image).toMatchObject({ channels: 2, data: Float32Array.from(image) });
  expect(await labels({ classes }, {})).toEqual([1, 0, 0, 1, 0, 1, 0, 0, 0, 0, 1, 0]);
});

test('a soft mask [height, width, class] holds the share of each class', async () => {
  save('images/a', [1, 2], Float32Array.of(0, 0));
  save('masks/a', [1, 2, 3], Float64Array.of(0.5, 0.25, 0.25, 0, 0, 1));
  expect(await labels({ classes }, { soft: true })).toEqual([0.5, 0, 0.25, 0, 0.25, 1]);
});

test('shares that do not add up to 1, or of another number of classes, are named', async () => {
  save('images/a', [1, 2], Float32Array.of(0, 0));
  save('masks/a', [1, 2, 3], Float64Array.of(0.5, 0.25, 0.25, 0, 0.5, 1));
  await expect(labels({ classes }, { soft: true })).rejects.toThrow(
    'The shares of the classes in the mask of case a add up to 1.5 at row 0, column 1 (counted from 0).',
  );
  save('masks/a', [1, 2, 4], new Float32Array(8).fill(0.25));
  await expect(labels({ classes }, { soft: true })).rejects.toThrow(
    'holds the shares of 4 classes, but the data set names 3',
  );
});

test('a hard mask with channels, and images of different channels, are refused with what to do', async () => {
  save('images/a', [1, 2], Float32Array.of(0, 0));
  save('masks/a', [1, 2, 3], Float64Array.of(0.5, 0.25, 0.25, 0, 0, 1));
  await expect(labels({}, {})).rejects.toMatchObject({
    message: expect.stringMatching(/a\.npy is \[1, 2, 3\]; a mask of class values is \[height, width\]\.$/),
    help: expect.stringContaining('soft: true'),
  });
  save('images/b', [1, 2, 2], new Float32Array(4));
  save('masks/b', [1, 2], new Float32Array(2));
  await expect((await open()).read('b')).rejects.toThrow(
    /b\.npy has 2 channels, the first image of the folder has 1/,
  );
});

test('values beyond 0 and 1 are no shares', async () => {
  save('images/a', [1, 2], Float32Array.of(0, 0));
  save('masks/a', [1, 2, 2], Float64Array.of(0.5, 0.5, 1.25, -0.25));
  await expect(labels({}, { soft: true })).rejects.toThrow(
    /holds 1\.25 at row 0, column 1; a soft mask lies between/,
  );
});
