import path from 'node:path';
import { expect, test } from 'vitest';
import { openArray, readArray } from '../../../runtime/arrays/open.ts';

/** Written by NumPy 2, with `numpy.save` and `numpy.savez`. */
const golden = path.join(import.meta.dirname, 'golden');

const plain = async (file: string) => {
  const { shape, data } = await readArray(file, golden);
  return { type: data.constructor.name, shape, data: [...data] };
};

test.each([
  ['float64.npy', 'Float64Array', [2, 3], [1.5, -2, 0.1, 3, 4, 5]],
  ['big.npy', 'Int32Array', [2, 2], [1, -2, 300, 4]],
  ['half.npy', 'Float32Array', [4], [0.5, -1.25, 65504, Math.fround(2 ** -24)]],
  ['bool.npy', 'Uint8Array', [3], [1, 0, 1]],
  ['v2.npy', 'Uint8Array', [1, 2], [1, 2]],
  ['v3.npy', 'Uint16Array', [1, 2], [1, 2]],
  ['scalar.npy', 'Float64Array', [], [2.5]],
  ['compressed.npz', 'Float64Array', [2, 3], [0, 1, 2, 3, 4, 5]],
  ['compressed.npz#only', 'Float64Array', [2, 3], [0, 1, 2, 3, 4, 5]],
  ['two.npz#probabilities', 'Float64Array', [1, 3, 2], [0, 1, 2, 3, 4, 5]],
  ['two.npz#labels', 'Float64Array', [1, 3], [0, 1, 1]],
])('%s is read as NumPy meant it', async (file, type, shape, data) => {
  expect(await plain(file)).toEqual({ type, shape, data });
});

test('an array in Fortran order comes row-major, whole or in parts', async () => {
  const expected = Array.from({ length: 24 }, (_, i) => i);
  expect(await plain('fortran.npy')).toEqual({ type: 'Float32Array', shape: [2, 3, 4], data: expected });
  const part = await (await openArray('fortran.npy', golden)).read(1, 2);
  expect([part.shape, [...part.data]]).toEqual([[1, 3, 4], expected.slice(12)]);
});

test.each([
  ['structured.npy', 'structured.npy holds records with named fields; booleans, integers'],
  ['object.npy', 'object.npy holds Python objects; booleans, integers'],
  ['complex.npy', "complex.npy holds numbers of the type '<c16'; booleans, integers"],
  ['two.npz', 'two.npz holds 2 arrays: probabilities, labels.'],
  ['two.npz#label', "two.npz holds no array called 'label'. There: probabilities, labels."],
  ['float64.npy#a', 'float64.npy#a asks for one of several arrays'],
  ['absent.npy', 'absent.npy is not there.'],
  ['array.mat', 'array.mat is of a kind that is not read.'],
])('%s is refused with its reason', async (file, message) => {
  await expect(readArray(file, golden)).rejects.toMatchObject({ name: 'DataError' });
  await expect(readArray(file, golden)).rejects.toThrow(message);
});
