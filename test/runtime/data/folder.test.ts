import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FolderOptions, folder } from '../../../runtime/data/folder.ts';
import { hashData } from '../../../runtime/data/hash.ts';
import { type Bitmap, encodePng } from '../../../runtime/data/images/encode-png.ts';
import { niftiFile } from '../../support/nifti.ts';
import { sharedData } from '../../support/oracle.ts';

let root = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'dml-folder-'));
});
afterAll(() => rm(root, { recursive: true }));

async function writePng(path: string, bitmap: Bitmap): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, encodePng(bitmap));
}

/** Grey pictures of 2 × 3 pixels of one value each, by path. */
async function pictures(files: Readonly<Record<string, number>>): Promise<void> {
  for (const [path, value] of Object.entries(files))
    await writePng(join(root, path), {
      height: 2,
      width: 3,
      channels: 1,
      data: new Uint8Array(6).fill(value),
    });
}

async function nifti(path: string, data: readonly number[], type = 'uint8'): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), niftiFile({ type, sizes: [3, 2], data }));
}

const open = (options: FolderOptions) => folder({ root }, options);

test('cases and raters are found by their names, without regard to letter case, in the order people count', async () => {
  await pictures({
    'a/Raw/Cell10.png': 1,
    'a/Raw/cell9.png': 2,
    'a/Raw/._cell9.png': 3,
    'a/r/Ann10/seg_CELL9.png': 30,
    'a/r/ann2/Seg_cell9.png': 20,
    'a/r/ann10/seg_cell10.png': 31,
    'a/r/ann2/seg_cell10.PNG': 21,
    'a/r/ann2/seg_other.png': 0,
    'a/r/notes.txt/x.png': 0,
  });
  await rm(join(root, 'a/r/Ann10'), { recursive: true });
  await pictures({ 'a/r/ann10/Seg_CELL9.png': 30 });
  const source = await open({ path: 'a', images: 'raw/{case}.png', raters: 'R/ann{rater}/seg_{case}.png' });
  expect(source.cases).toEqual(['cell9', 'Cell10']);
  expect(source.raters).toBe(2);
  expect(source.channels).toBe(1);
  const { image, masks } = await source.read('cell9');
  expect([image.data[0], ...masks.map(({ data }) => data[0])]).toEqual([2, 20, 30]);
  expect(source.files).toEqual([
    'a/Raw/cell9.png',
    'a/r/ann2/Seg_cell9.png',
    'a/r/ann10/Seg_CELL9.png',
    'a/Raw/Cell10.png',
    'a/r/ann2/seg_cell10.PNG',
    'a/r/ann10/seg_cell10.png',
  ]);
});

test('`except` leaves cases out, and a stored mask is no rater', async () => {
  await pictures({ 'b/x1/image.png': 1, 'b/x2/image.png': 2, 'b/x1/mask.png': 1, 'b/x2/mask.png': 0 });
  const source = await open({
    path: 'b',
    images: '{case}/image.png',
    masks: '{case}/m*.png',
    except: ['X2'],
  });
  expect(source.cases).toEqual(['x1']);
  expect(source.raters).toBe(0);
  expect((await source.read('x1')).masks.map(({ data }) => data[0])).toEqual([1]);
});

describe('how a mask shows its object', () => {
  const read = async (changes: Partial<FolderOptions>) => {
    const source = await open({
      path: 'c',
      images: '{case}.nii',
      masks: 'm_{case}.nii',
      except: ['m_x'],
      ...changes,
    });
    return [...(await source.read('x')).masks[0]!.data];
  };
  beforeAll(async () => {
    await nifti('c/x.nii', [0, 0, 0, 0, 0, 0]);
    await nifti('c/m_x.nii', [0, 51, 127, 128, 204, 255]);
  });

  test('by value, as stored', async () => expect(await read({})).toEqual([0, 51, 127, 128, 204, 255]));
  test('as white', async () => expect(await read({ object: 'white' })).toEqual([0, 0, 0, 1, 1, 1]));
  test('as black', async () => expect(await read({ object: 'black' })).toEqual([1, 1, 1, 0, 0, 0]));
  test('with a threshold', async () =>
    expect(await read({ object: 'white', threshold: 0.2 })).toEqual([0, 1, 1, 1, 1, 1]));
  test('as shares of white', async () =>
    expect(await read({ soft: true })).toEqual([0, 0.2, 127 / 255, 128 / 255, 0.8, 1].map(Math.fround)));
  test('as shares of black', async () =>
    expect(await read({ soft: true, object: 'black' })).toEqual(
      [1, 0.8, 128 / 255, 127 / 255, 0.2, 0].map(Math.fround),
    ));
});

test('colour images are read as grey or as three channels; a mask in colour needs to say what it shows', async () => {
  const colour = { height: 1, width: 1, channels: 3 as const, data: Uint8Array.of(200, 10, 10) };
  await writePng(join(root, 'd/i/1.png'), colour);
  await writePng(join(root, 'd/m/1.png'), colour);
  const options = { path: 'd', images: 'i/{case}.png', masks: 'm/{case}.png' };
  const rgb = await open({ ...options, color: 'rgb', object: 'black' });
  expect(rgb.channels).toBe(3);
  expect([...(await rgb.read('1')).image.data]).toEqual([200, 10, 10]);
  expect([...(await rgb.read('1')).masks[0]!.data]).toEqual([1]);
  await expect((await open(options)).read('1')).rejects.toThrow('m/1.png is in colour');
});

describe('what is wrong with a folder is said once, with what was looked for and what is there', () => {
  beforeAll(() =>
    pictures({
      'e/img/p1.png': 1,
      'e/img/p2.png': 1,
      'e/seg/p1_a.png': 0,
      'e/seg/p1_b.png': 0,
      'e/seg/p2_a.png': 0,
    }),
  );
  const options = { path: 'e', images: 'img/{case}.png', raters: 'seg/{case}_{rater}.png' };
  test.each<[string, string, FolderOptions]>([
    ['no folder', 'e2 is not there', { ...options, path: 'e2' }],
    ['a file for a folder', 'p1.png is a file', { ...options, path: 'e/img/p1.png' }],
    ['no image', 'No image fits "img/{case}.tif" in', { ...options, images: 'img/{case}.tif' }],
    ['no image, what is there', 'holds p1.png, p2.png', { ...options, images: 'img/{case}.tif' }],
    ['no image, wrong folder', 'holds img, seg', { ...options, images: 'images/{case}.png' }],
    [
      'no mask',
      'No mask fits "masks/{case}_{rater}.png"',
      { ...options, raters: 'masks/{case}_{rater}.png' },
    ],
    ['a rater missing', 'The mask of rater b of case p2 is missing', options],
    ['no mask pattern', 'The folder has no masks.', { path: 'e', images: 'img/{case}.png' }],
    ['both kinds of masks', '`raters:` or `masks:`, not both', { ...options, masks: 'seg/{case}_a.png' }],
    ['no {case}', 'does not say where the name of the case stands', { ...options, images: 'img/*.png' }],
    [
      'no {rater}',
      'does not say where the name of the rater stands',
      { ...options, raters: 'seg/{case}_a.png' },
    ],
    [
      'an unknown placeholder',
      'holds {patient}, which is not known',
      { ...options, images: 'img/{case}{patient}.png' },
    ],
    ['an unknown exception', '`except` names the case p9', { ...options, except: ['p9'] }],
    ['nothing left', '`except` leaves no case', { ...options, except: ['p1', 'P2'] }],
    [
      'two files for one',
      'stand for the same thing: case p1',
      { ...options, masks: 'seg/{case}_*.png', raters: '' },
    ],
    ['out of the root', 'leaves the data root', { ...options, path: '../e' }],
    ['out of the root by a pattern', 'leaves the data root', { ...options, images: '{case}/../../x.png' }],
    ['an absolute path', 'leaves the data root', { ...options, path: '/etc' }],
  ])('%s', async (_, message, changed) => {
    const failure: unknown = await open(changed).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'DataError', message: expect.stringContaining(message) });
  });
});

test('a mask of another size than its image is named, from the heads of the files and when it is read', async () => {
  await pictures({ 'f/1.png': 0 });
  await writePng(join(root, 'f/m/1.png'), { height: 3, width: 3, channels: 1, data: new Uint8Array(9) });
  const source = await open({ path: 'f', images: '{case}.png', masks: 'm/{case}.png' });
  const message = 'm/1.png has 3 × 3 pixels (height × width), its image';
  await expect(source.size('1')).rejects.toThrow(message);
  await expect(source.read('1')).rejects.toThrow(message);
});

test('the hash of the data follows content and names, not times', async () => {
  const options = { path: 'g', images: '{case}.png', masks: 'm/{case}.png' };
  const hash = async () => hashData(await open(options), root);
  await pictures({ 'g/1.png': 1, 'g/m/1.png': 0 });
  const first = await hash();
  await pictures({ 'g/1.png': 1, 'g/unrelated.txt.png': 4 });
  await rm(join(root, 'g/unrelated.txt.png'));
  expect(await hash()).toBe(first);
  await pictures({ 'g/m/1.png': 1 });
  expect(await hash()).not.toBe(first);
  expect(first).toMatch(/^[0-9a-f]{64}$/);
});

const data = sharedData('.');

interface Expected {
  readonly cases: number;
  readonly raters: number;
  readonly first: string;
  /** Sizes of the first case. */
  readonly size: readonly [height: number, width: number];
  /** Mean Dice of all pairs of raters, over the cases: as stated with the data. */
  readonly agreement: number;
}

describe.skipIf(!data)('the multi-rater sets that are at hand (skipped where they are not)', () => {
  const crowd = (set: number): FolderOptions => ({
    path: `bu-bil/BU-BIL_Dataset${set}`,
    images: 'RawImages/{case}.png',
    raters: `CrowdsourcedAnnotations/mturk_annotation${set}-{rater}/seg_{case}.png`,
    object: 'black',
  });
  test.each<[string, FolderOptions, Expected]>([
    [
      'QUBIQ brain growth',
      {
        path: 'qubiq-brain-growth',
        images: '{case}/image.nii.gz',
        raters: '{case}/task01_seg{rater}.nii.gz',
      },
      { cases: 26, raters: 7, first: 'case01', size: [128, 128], agreement: 0.858 },
    ],
    [
      'BU-BIL 1, all ten sets',
      {
        path: 'bu-bil/BU-BIL_Dataset1',
        images: 'RawImages/{case}.png',
        raters: 'ExpertsAnnotations/{rater}/seg_{case}.png',
        object: 'black',
        // The large pictures are slow to decode: two cases, one of them of another size.
        except: Array.from({ length: 35 }, (_, i) => `b${String(i + 1).padStart(2, '0')}`).filter(
          (id, i) => (i + 1) % 3 !== 0 && id !== 'b01' && id !== 'b02',
        ),
      },
      { cases: 2, raters: 10, first: 'B01', size: [811, 1024], agreement: Number.NaN },
    ],
    [
      'BU-BIL 2, one tool',
      {
        path: 'bu-bil/BU-BIL_Dataset2',
        images: 'RawImages/{case}.png',
        raters: 'ExpertsAnnotations/2A/Person{rater}_ImageJ/seg_{case}.png',
        object: 'black',
        except: ['p04', 'p05', 'p07', 'p08'],
      },
      { cases: 2, raters: 5, first: 'P01', size: [0, 0], agreement: Number.NaN },
    ],
    ['BU-BIL 4', crowd(4), { cases: 41, raters: 7, first: '002', size: [0, 0], agreement: 0.887 }],
    ['BU-BIL 5', crowd(5), { cases: 39, raters: 7, first: '001', size: [61, 73], agreement: 0.895 }],
    ['BU-BIL 6', crowd(6), { cases: 24, raters: 7, first: 'TPre01', size: [24, 25], agreement: 0.836 }],
  ])('%s', async (_, options, expected) => {
    const source = await folder({ root: data! }, options);
    expect([source.cases.length, source.raters, source.cases[0]]).toEqual([
      expected.cases,
      expected.raters,
      expected.first,
    ]);
    const { height, width } = await source.size(source.cases[0]!);
    if (expected.size[0] > 0) expect([height, width]).toEqual(expected.size);
    const agreements: number[] = [];
    for (const id of source.cases) {
      const { image, masks } = await source.read(id);
      expect(masks.length).toBe(expected.raters);
      for (const mask of masks) expect([mask.height, mask.width]).toEqual([image.height, image.width]);
      agreements.push(meanPairwiseDice(masks.map((mask) => mask.data)));
    }
    const mean = agreements.reduce((sum, value) => sum + value, 0) / agreements.length;
    if (Number.isNaN(expected.agreement)) expect(mean).toBeGreaterThan(0.7);
    else expect(Math.abs(mean - expected.agreement)).toBeLessThanOrEqual(0.001);
  });
});

function meanPairwiseDice(masks: readonly Float32Array[]): number {
  const values = masks.flatMap((a, i) =>
    masks.slice(i + 1).map((b) => {
      let both = 0;
      let total = 0;
      for (let k = 0; k < a.length; k++) {
        both += a[k]! * b[k]!;
        total += a[k]! + b[k]!;
      }
      return (2 * both) / total;
    }),
  );
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
