import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeTensors, encodeTensors, type StoredTensor } from '../../../runtime/store/safetensors.ts';

const tensor = (shape: number[], ...data: number[]): StoredTensor => ({
  shape,
  data: new Float32Array(data),
});
const file = {
  tensors: new Map([
    ['b/kernel', tensor([2, 2], 1, 2, 3, 4)],
    ['a', tensor([], 5)],
    ['empty', tensor([0, 3])],
  ]),
  metadata: { step: '12' },
};

/** A file whose header is this, followed by so many bytes of data. */
function forged(header: unknown, dataBytes: number): Uint8Array {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + text.length + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

const one = (dtype: string, shape: number[], from: number, to: number) => ({
  w: { dtype, shape, data_offsets: [from, to] },
});

test('Any tensors come back as they were, bit for bit', () => {
  const data = fc.float32Array({ minLength: 6, maxLength: 6 });
  const shape = fc.constantFrom([6], [2, 3], [1, 3, 2]);
  const stored = fc.record({ data, shape });
  const name = fc.string({ unit: 'grapheme' }).filter((text) => text !== '__metadata__');
  const entries = fc.uniqueArray(fc.tuple(name, stored), { selector: ([key]) => key });
  const bits = (values: Float32Array) => [...new Uint32Array(values.slice().buffer)];
  fc.assert(
    fc.property(entries, fc.string(), (list, note) => {
      const back = decodeTensors(encodeTensors({ tensors: new Map(list), metadata: { note } }));
      if ('reason' in back) throw new Error(back.reason);
      expect(back.metadata).toEqual({ note });
      expect(back.tensors.size).toBe(list.length);
      for (const [key, { data: values, shape: sizes }] of list) {
        expect(back.tensors.get(key)!.shape).toEqual(sizes);
        expect(bits(back.tensors.get(key)!.data)).toEqual(bits(values));
      }
    }),
    { numRuns: 50 },
  );
});

test('A file is read wherever its bytes lie in memory', () => {
  const bytes = encodeTensors(file);
  const shifted = Buffer.alloc(bytes.length + 3)
    .fill(bytes, 3)
    .subarray(3);
  expect(decodeTensors(shifted)).toEqual(decodeTensors(bytes));
});

test('The order in which tensors are given does not change the bytes', () => {
  const turned = { ...file, tensors: new Map([...file.tensors].reverse()) };
  expect(encodeTensors(turned)).toEqual(encodeTensors(file));
});

test('The data begin at a multiple of 8 bytes, after the header that the format describes', () => {
  const bytes = encodeTensors(file);
  const headerBytes = Number(new DataView(bytes.buffer).getBigUint64(0, true));
  expect(headerBytes % 8).toBe(0);
  expect(JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + headerBytes)))).toEqual({
    __metadata__: { step: '12' },
    a: { dtype: 'F32', shape: [], data_offsets: [0, 4] },
    'b/kernel': { dtype: 'F32', shape: [2, 2], data_offsets: [4, 20] },
    empty: { dtype: 'F32', shape: [0, 3], data_offsets: [20, 20] },
  });
});

test('A file cut anywhere is refused with a reason', () => {
  const bytes = encodeTensors(file);
  for (let length = 0; length < bytes.length; length++)
    expect(decodeTensors(bytes.subarray(0, length))).toHaveProperty('reason');
});

test.each([
  ['text that is no JSON', forged('no', 0), 'its header is not a JSON object'],
  ['a list for a header', forged([], 0), 'its header is not a JSON object'],
  ['a half-precision tensor', forged(one('F16', [2], 0, 4), 4), "'w' is F16"],
  ['a shape that does not fit', forged(one('F32', [2], 0, 4), 4), 'takes 8 bytes, found 4'],
  ['a negative size', forged(one('F32', [-1], 0, 4), 4), 'whole numbers'],
  ['a hole', forged(one('F32', [1], 4, 8), 8), "the data of 'w' begin at 4, expected 0"],
  ['bytes too many', forged(one('F32', [1], 0, 4), 8), '4 bytes at its end belong to no tensor'],
  ['too few bytes', forged(one('F32', [2], 0, 8), 4), "the data of 'w' should end at"],
  ['numbers as metadata', forged({ __metadata__: { step: 1 } }, 0), 'must hold texts'],
  ['a header longer than any file', new Uint8Array(16).fill(255), 'it ends after 16 bytes'],
])('A file with %s is refused', (_, bytes, reason) => {
  const back = decodeTensors(bytes);
  expect('reason' in back ? back.reason : '').toContain(reason);
});
