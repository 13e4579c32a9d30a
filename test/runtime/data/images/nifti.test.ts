import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readPicture, readSize } from '../../../../runtime/data/images/read.ts';
import { niftiFile } from '../../../support/nifti.ts';
import { sharedData } from '../../../support/oracle.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dml-nifti-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function saved(name: string, bytes: Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

test.each([
  ['uint8', [0, 7, 255, 1, 2, 3]],
  ['int8', [0, -7, 127, 1, 2, -128]],
  ['int16', [-32768, 0, 32767, 1, 2, 3]],
  ['uint16', [0, 65535, 1, 2, 3, 4]],
  ['int32', [-70000, 0, 1, 2, 3, 70000]],
  ['uint32', [0, 70000, 1, 2, 3, 4]],
  ['int64', [-5, 0, 1, 2, 3, 4]],
  ['uint64', [5, 0, 1, 2, 3, 4]],
  ['float32', [-1.5, 0, 0.25, 1, 2, 3]],
  ['float64', [-1.5, 0, 0.25, 1, 2, 3]],
] as const)('%s is read in both byte orders, plain and gzipped; x is the column', async (type, data) => {
  for (const little of [true, false]) {
    const bytes = niftiFile({ type, little, sizes: [3, 2, 1], data });
    for (const path of [await saved('a.nii', bytes), await saved('a.nii.gz', gzipSync(bytes))]) {
      const picture = await readPicture(path);
      expect([picture.height, picture.width, picture.channels]).toEqual([2, 3, 1]);
      expect([...picture.data]).toEqual([...data]);
      expect(await readSize(path)).toEqual({ height: 2, width: 3 });
    }
  }
});

test('values are scaled by slope and intercept, and not by a slope of 0', async () => {
  const scaled = niftiFile({ type: 'int16', sizes: [2, 1], data: [10, -4], slope: 0.5, intercept: 100 });
  expect([...(await readPicture(await saved('s.nii', scaled))).data]).toEqual([105, 98]);
  const plain = niftiFile({ type: 'int16', sizes: [2, 1], data: [10, -4], slope: 0, intercept: 100 });
  expect([...(await readPicture(await saved('p.nii', plain))).data]).toEqual([10, -4]);
});

const whole = niftiFile({
  type: 'uint8',
  sizes: [40, 40],
  data: Array.from({ length: 1600 }, (_, i) => (i * i) % 251),
});

test.each([
  ['its compressed data end too early', 'cut.nii.gz', gzipSync(whole).subarray(0, 200)],
  ['is damaged', 'flipped.nii.gz', flipped(gzipSync(whole))],
  ['its header promises 1952 bytes, there are 1000', 'cut.nii', whole.subarray(0, 1000)],
  ['is no NIfTI file', 'text.nii', new TextEncoder().encode('hello')],
  [
    'holds 2 × 2 × 3 voxels; a single slice is read',
    'volume.nii',
    niftiFile({ type: 'uint8', sizes: [2, 2, 3], data: new Array(12).fill(0) }),
  ],
  [
    'holds voxels of NIfTI datatype 32',
    'complex.nii',
    niftiFile({ type: 'complex64', sizes: [1, 1], data: [0] }),
  ],
  ['says that it has 3 × 0 pixels', 'none.nii', niftiFile({ type: 'uint8', sizes: [0, 3], data: [] })],
  [
    'holds NaN at row 1, column 2',
    'nan.nii',
    niftiFile({ type: 'float32', sizes: [3, 2], data: [0, 1, 2, 3, 4, Number.NaN] }),
  ],
  [
    'holds -Infinity at row 0, column 1',
    'inf.nii',
    niftiFile({ type: 'float64', sizes: [3, 1], data: [0, Number.NEGATIVE_INFINITY, 2] }),
  ],
])('a bad file is named: %s', async (message, name, bytes) => {
  const path = await saved(name, bytes);
  await expect(readPicture(path)).rejects.toThrow(`${path} `);
  await expect(readPicture(path)).rejects.toThrow(message);
  await expect(readPicture(path)).rejects.toMatchObject({ name: 'DataError', file: path });
});

function flipped(bytes: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[copy.length - 6]! ^= 0xff;
  return copy;
}

const samples = sharedData('nifti-samples');

test.skipIf(!samples).each([
  ['anatomical.nii', '33 × 41 × 25'],
  ['reoriented_anat_moved.nii', '×'],
  ['functional.nii', '×'],
  ['example4d.nii.gz', '128 × 96 × 24 × 2'],
  ['example_nifti2.nii.gz', '32 × 20 × 12 × 2'],
  ['standard.nii.gz', '4 × 5 × 7'],
])('the volume %s of other tools is understood, and refused for its size', async (name, sizes) => {
  const path = join(samples!, name);
  await expect(readPicture(path)).rejects.toThrow(sizes);
  await expect(readPicture(path)).rejects.toThrow('a single slice is read');
});
