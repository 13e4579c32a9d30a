import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { countOf, type NumericArray, placeText } from '../../../runtime/arrays/array.ts';
import { encodeNpy } from '../../../runtime/arrays/npy.ts';
import { openArray, readArray } from '../../../runtime/arrays/open.ts';
import { encodeSafetensors } from '../../../runtime/arrays/safetensors.ts';
import { stageArray } from '../../../runtime/arrays/write.ts';
import { encodeZip } from '../../../runtime/arrays/zip.ts';
import { niftiFile } from '../../support/nifti.ts';
import { sharedData } from '../../support/oracle.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'dml-arrays-'));
});
afterAll(() => rm(folder, { recursive: true }));

const array = (shape: readonly number[], data: NumericArray['data']): NumericArray => ({ shape, data });
const written = async (name: string, one: NumericArray, classes = false) => {
  await (await stageArray(name, one, { classes }, folder)).commit();
  return readArray(name, folder);
};
const saved = async (name: string, bytes: Uint8Array | string) => {
  await writeFile(path.join(folder, name), bytes);
  return name;
};

const shapes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 });
const arrays = fc.constantFrom(
  Float64Array,
  Float32Array,
  Uint8Array,
  Int8Array,
  Uint16Array,
  Int16Array,
  Uint32Array,
  Int32Array,
);

test.each(['.npy', '.npz', '.safetensors'])(
  'any array comes back from %s as it was, type and all',
  async (ending) => {
    await fc.assert(
      fc.asyncProperty(shapes, arrays, fc.integer(), async (shape, Type, seed) => {
        const data = new Type(countOf(shape)).map((_, i) => ((seed % 1000) + i) % 120);
        expect(await written(`any${ending}`, array(shape, data))).toEqual({ shape, data });
      }),
      { numRuns: 25 },
    );
  },
);

test('JSON keeps every bit of a float64', async () => {
  const one = array([2, 2], Float64Array.of(0.1, 1 / 3, 5e-324, -1.7976931348623157e308));
  expect(await written('bits.json', one)).toEqual(one);
});

test.each(['.nii', '.nii.gz'])(
  'slices and classes come back from NIfTI (%s): class is its fourth axis',
  async (ending) => {
    const data = Float64Array.from({ length: 24 }, (_, i) => i / 24);
    expect(await written(`volume${ending}`, array([2, 3, 2, 2], data), true)).toEqual(
      array([2, 3, 2, 2], data),
    );
    expect(await written(`soft${ending}`, array([3, 4, 2], data), true)).toEqual(array([3, 4, 2], data));
    expect(await written(`stack${ending}`, array([2, 3, 4], data))).toEqual(array([2, 3, 4], data));
    expect(await written(`map${ending}`, array([4, 6], data))).toEqual(array([4, 6], data));
  },
);

test('NIfTI is x, y, z: x is the column, y the row, z the slice, t the class', async () => {
  const data = Array.from({ length: 2 * 3 * 4 * 5 }, (_, i) => i);
  const file = await saved('axes.nii', niftiFile({ type: 'int16', sizes: [2, 3, 4, 5], data }));
  const { shape, data: read } = await readArray(file, folder);
  expect(shape).toEqual([4, 3, 2, 5]);
  const [x, y, z, t] = [1, 2, 3, 4];
  expect(read[((z * 3 + y) * 2 + x) * 5 + t]).toBe(x + 2 * (y + 3 * (z + 4 * t)));
});

test('a PNG holds a map of whole numbers, with 16 bits where one is above 255', async () => {
  const map = await written('map.png', array([2, 2], Float64Array.of(0, 1, 2, 255)));
  expect([map.shape, [...map.data]]).toEqual([
    [2, 2],
    [0, 1, 2, 255],
  ]);
  const wide = await written('wide.png', array([1, 3], Uint16Array.of(0, 256, 65535)));
  expect([...wide.data]).toEqual([0, 256, 65535]);
  await expect(written('soft.png', array([1, 2], Float64Array.of(0, 0.5)))).rejects.toThrow(
    'The value 0.5 at [0, 1] does not fit into a PNG',
  );
});

test.each([
  ['.npy', (one: NumericArray) => encodeNpy(one)],
  ['.safetensors', (one: NumericArray) => encodeSafetensors('x', one)],
])('of %s only the part that is asked for is read', async (ending, encode) => {
  const one = array([3, 2], Float64Array.of(0, 1, 2, 3, 4, 5));
  const file = await openArray(await saved(`part${ending}`, encode(one)), folder);
  expect(file.shape).toEqual([3, 2]);
  expect(await file.read(1, 3)).toEqual(array([2, 2], Float64Array.of(2, 3, 4, 5)));
  expect(await file.read()).toEqual(one);
});

const ten = encodeNpy(
  array(
    [10],
    Float64Array.from({ length: 10 }, (_, i) => i),
  ),
);
const header = (text: string, version = 1) =>
  Buffer.concat([
    Buffer.from(`\x93NUMPY`, 'latin1'),
    Buffer.from([version, 0, text.length, 0]),
    Buffer.from(text),
  ]);
const tensor = (described: unknown) => {
  const text = JSON.stringify(described);
  const length = Buffer.alloc(8);
  length.writeUInt32LE(text.length);
  return Buffer.concat([length, Buffer.from(text)]);
};
const archive = encodeZip('a.npy', ten);
const flipped = (bytes: Uint8Array, at: number) => bytes.map((byte, i) => (i === at ? byte ^ 1 : byte));

test.each([
  ['cut.npy', ten.subarray(0, 150), 'cut.npy is cut short: 208 bytes are expected, there are 150.'],
  ['head.npy', ten.subarray(0, 20), 'head.npy is cut short'],
  [
    'long.npy',
    Buffer.concat([ten, Buffer.alloc(3)]),
    'long.npy holds 3 bytes more than an array of shape [10]',
  ],
  ['none.npy', new Uint8Array(), 'none.npy is no .npy file, though its name says so: it is empty'],
  ['text.npy', 'hello, I am no array', 'text.npy is no .npy file'],
  ['late.npy', header('{}', 9), 'late.npy is an .npy file of version 9'],
  [
    'shape.npy',
    header("{'descr': '<f8', 'fortran_order': False, 'shape': (-3,), }"),
    'the impossible shape (-3,)',
  ],
  [
    'vast.npy',
    header("{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999, 99999999999), }"),
    'the impossible shape (99999999999, 99999999999)',
  ],
  ['odd.npy', header("{'descr': '<f8', 'shape': (3,)}"), 'does not name descr, fortran_order and shape'],
  ['zero.npy', encodeNpy(array([0, 3], new Float64Array())), 'zero.npy is empty: its shape is [0, 3].'],
  ['deep.npy', encodeNpy(array([1], new Float64Array(1))).fill(0xff, -8), undefined],
  ['cut.npz', archive.subarray(0, archive.length - 30), 'its directory, which stands at the end, is missing'],
  ['flip.npz', flipped(archive, 60), 'flip.npz#a.npy is damaged'],
  ['where.npz', flipped(archive, archive.length - 5), 'where.npz is damaged: its directory'],
  ['text.npz', 'no archive', 'no ZIP archive'],
  [
    'cut.safetensors',
    encodeSafetensors('x', array([2], new Float32Array(2))).subarray(0, 60),
    'cut.safetensors is no safetensors file, or it is damaged',
  ],
  [
    'four.safetensors',
    tensor({ x: { dtype: 'F8_E4M3', shape: [0], data_offsets: [0, 0] } }),
    'is of the type F8_E4M3',
  ],
  [
    'sum.safetensors',
    tensor({ x: { dtype: 'F64', shape: [2], data_offsets: [0, 8] } }),
    "'x' is [2], which takes 16 bytes, found 8",
  ],
  ['nan.json', '{"shape": [1], "data": [NaN]}', 'nan.json is no JSON'],
  ['inf.json', '{"shape": [1], "data": [1e999]}', 'inf.json holds Infinity as element 0'],
  [
    'text.json',
    '{"shape": [1], "data": ["1"]}',
    'text.json holds 1 as element 0 of `data`, which is no finite number',
  ],
  [
    'few.json',
    '{"shape": [2, 2], "data": [1, 2, 3]}',
    'has the shape [2, 2], which takes 4 numbers; `data` holds 3',
  ],
  ['half.json', '{"shape": [0.5], "data": []}', 'has the impossible shape [0.5]'],
  ['list.json', '[1, 2]', 'list.json is no array'],
])('%s is named with what was found', async (name, bytes, message) => {
  await saved(name, bytes);
  if (message === undefined) {
    expect((await readArray(name, folder)).data[0]).toBeNaN();
    return;
  }
  await expect(readArray(name, folder)).rejects.toMatchObject({ name: 'DataError' });
  await expect(readArray(name, folder)).rejects.toThrow(message);
});

test('an int64 that float64 cannot hold is refused, not rounded', async () => {
  const bytes = header("{'descr': '<i8', 'fortran_order': False, 'shape': (1,), }");
  const number = Buffer.alloc(8);
  number.writeBigInt64LE(2n ** 53n + 1n);
  const file = await saved('wide.npy', Buffer.concat([bytes, number]));
  await expect(readArray(file, folder)).rejects.toThrow('beyond ±2^53');
});

test('an archive beyond 32 bits is read: sizes and places stand in its zip64 records', async () => {
  const file = await saved('zip64.npz', zip64('a.npy', ten));
  expect((await readArray(file, folder)).data).toHaveLength(10);
});

test('a place in an array is told by its axes', () => {
  expect(placeText(7, [2, 3, 2])).toBe('[1, 0, 1]');
});

test.skipIf(!sharedData('nifti-samples')).each([
  ['anatomical.nii', [25, 41, 33]],
  ['example4d.nii.gz', [24, 96, 128, 2]],
  ['example_nifti2.nii.gz', [12, 20, 32, 2]],
  ['standard.nii.gz', [7, 5, 4]],
])('the volume %s of another tool is read as [slice, height, width, class]', async (name, shape) => {
  expect((await readArray(name, sharedData('nifti-samples')!)).shape).toEqual(shape);
});

/** An archive with one stored file whose sizes and offsets all stand in zip64 records, as beyond 4 GB. */
function zip64(name: string, content: Uint8Array): Uint8Array {
  const title = Buffer.from(name);
  const gone = 0xffffffff;
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(title.length, 26);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt32LE(gone, 20);
  entry.writeUInt32LE(gone, 24);
  entry.writeUInt16LE(title.length, 28);
  entry.writeUInt16LE(28, 30);
  entry.writeUInt32LE(gone, 42);
  const extra = Buffer.alloc(28);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(24, 2);
  extra.writeBigUInt64LE(BigInt(content.length), 4);
  extra.writeBigUInt64LE(BigInt(content.length), 12);
  const directory = Buffer.concat([entry, title, extra]);
  const start = 30 + title.length + content.length;
  const end64 = Buffer.alloc(56);
  end64.writeUInt32LE(0x06064b50, 0);
  end64.writeBigUInt64LE(1n, 32);
  end64.writeBigUInt64LE(BigInt(directory.length), 40);
  end64.writeBigUInt64LE(BigInt(start), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(start + directory.length), 8);
  const end = Buffer.alloc(22).fill(0xff);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(0, 20);
  return Buffer.concat([local, title, content, directory, end64, locator, end]);
}
