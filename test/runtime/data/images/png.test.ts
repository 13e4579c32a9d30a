import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { type BitDepth, decode, encode, type PngDataArray } from 'fast-png';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withChannels } from '../../../../runtime/data/images/channels.ts';
import { encodePng } from '../../../../runtime/data/images/encode-png.ts';
import { readPicture, readSize } from '../../../../runtime/data/images/read.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dml-png-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function saved(name: string, bytes: Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

const encoded = (channels: number, depth: BitDepth, data: PngDataArray, width = 3) =>
  encode({ width, height: data.length / width / channels, channels, depth, data });

test('grey of 8 and 16 bits keeps its values', async () => {
  const eight = await readPicture(await saved('8.png', encoded(1, 8, Uint8Array.of(0, 7, 255, 1, 2, 3))));
  expect(eight).toEqual({
    height: 2,
    width: 3,
    channels: 1,
    full: 255,
    data: Float32Array.of(0, 7, 255, 1, 2, 3),
  });
  const sixteen = await readPicture(await saved('16.png', encoded(1, 16, Uint16Array.of(0, 256, 65535))));
  expect(sixteen).toEqual({
    height: 1,
    width: 3,
    channels: 1,
    full: 65535,
    data: Float32Array.of(0, 256, 65535),
  });
});

test('transparency is left out', async () => {
  const grey = await readPicture(await saved('ga.png', encoded(2, 8, Uint8Array.of(9, 255, 8, 0, 7, 128))));
  expect([...grey.data]).toEqual([9, 8, 7]);
  const colour = await readPicture(
    await saved('rgba.png', encoded(4, 8, Uint8Array.of(1, 2, 3, 0, 4, 5, 6, 0, 7, 8, 9, 0))),
  );
  expect(colour.channels).toBe(3);
  expect([...colour.data]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test.each([
  [1, [0b10110010, 0b10000000], [1, 0, 1, 1, 0, 0, 1, 0, 1]],
  [2, [0b11100100, 0b00011011, 0b01000000], [3, 2, 1, 0, 0, 1, 2, 3, 1]],
  [4, [0x0f, 0x1e, 0x2d, 0x3c, 0x40], [0, 15, 1, 14, 2, 13, 3, 12, 4]],
])('grey of %i bits is one value a pixel, rows padded to bytes', async (depth, row, values) => {
  const bytes = rawPng({ width: 9, height: 2, depth, colour: 0 }, [...row, ...row]);
  const picture = await readPicture(await saved(`bits${depth}.png`, bytes));
  expect(picture.full).toBe(2 ** depth - 1);
  expect([...picture.data]).toEqual([...values, ...values]);
});

test('a palette becomes its colours, whatever its bits', async () => {
  const palette = [10, 20, 30, 40, 50, 60, 70, 80, 90, 0, 0, 0];
  const bytes = rawPng({ width: 3, height: 1, depth: 2, colour: 3 }, [0b00011000], palette);
  const picture = await readPicture(await saved('palette.png', bytes));
  expect([...picture.data]).toEqual([10, 20, 30, 40, 50, 60, 70, 80, 90]);
  expect(picture.full).toBe(255);
});

test('colour becomes grey by its luma, grey in colour stays exact, grey is repeated', () => {
  const colour = { height: 1, width: 2, channels: 3, data: Float32Array.of(255, 0, 0, 77, 77, 77) };
  expect([...withChannels(colour, 1).data]).toEqual([Math.fround(0.299 * 255), 77]);
  const grey = { height: 1, width: 2, channels: 1, data: Float32Array.of(5, 6) };
  expect([...withChannels(grey, 3).data]).toEqual([5, 5, 5, 6, 6, 6]);
});

test('the size is read from the head of the file', async () => {
  const path = await saved('size.png', encoded(1, 8, new Uint8Array(12), 4));
  expect(await readSize(path)).toEqual({ height: 3, width: 4 });
});

test.each([
  ['grey of 8 bits', 1, Uint8Array.of(0, 7, 255, 1, 2, 3)],
  ['grey of 16 bits', 1, Uint16Array.of(0, 256, 65535, 1, 258, 3)],
  ['colours of 8 bits', 3, Uint8Array.from({ length: 18 }, (_, i) => 14 * i)],
  ['colours of 16 bits', 3, Uint16Array.from({ length: 18 }, (_, i) => 3803 * i)],
] as const)('what was encoded is read back: %s', (_, channels, data) => {
  const bytes = encodePng({ height: 2, width: 3, channels, data });
  const depth = 8 * data.BYTES_PER_ELEMENT;
  expect(decode(bytes, { checkCrc: true })).toMatchObject({ height: 2, width: 3, channels, depth, data });
});

test.each([
  ['is not there', 'missing.png', undefined],
  ['is no PNG file', 'text.png', new TextEncoder().encode('hello, I am no picture')],
  ['is no PNG file', 'empty.png', new Uint8Array()],
  [
    'damaged or cut short',
    'cut.png',
    encoded(
      1,
      8,
      new Uint8Array(3000).map((_, i) => i * i),
    ).subarray(0, 200),
  ],
  ['of a kind that is not read', 'photo.jpg', new Uint8Array(10)],
])('a bad file is named: %s', async (message, name, bytes) => {
  const path = bytes ? await saved(name, bytes) : join(folder, name);
  await expect(readPicture(path)).rejects.toThrow(`${path} `);
  await expect(readPicture(path)).rejects.toThrow(message);
  await expect(readPicture(path)).rejects.toMatchObject({ name: 'DataError', file: path });
});

test('a file whose pixels do not match their check sum is refused', async () => {
  const bytes = encoded(1, 8, Uint8Array.of(1, 2, 3));
  bytes[bytes.length - 20]! ^= 1;
  await expect(readPicture(await saved('flipped.png', bytes))).rejects.toThrow('damaged');
});

test('a folder in place of a file is named', async () => {
  const path = join(folder, 'folder.png');
  await mkdir(path);
  await expect(readPicture(path)).rejects.toThrow('is a folder, not a file');
});

interface Head {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly colour: number;
}

/** A PNG from packed rows, for what the encoder does not write. */
function rawPng(
  { width, height, depth, colour }: Head,
  packed: readonly number[],
  palette?: readonly number[],
): Uint8Array {
  const perRow = packed.length / height;
  const rows = Array.from({ length: height }, (_, y) => [
    0,
    ...packed.slice(y * perRow, (y + 1) * perRow),
  ]).flat();
  const head = new DataView(new ArrayBuffer(13));
  head.setUint32(0, width);
  head.setUint32(4, height);
  head.setUint8(8, depth);
  head.setUint8(9, colour);
  return Uint8Array.from([
    ...[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    ...chunk('IHDR', new Uint8Array(head.buffer)),
    ...(palette ? chunk('PLTE', Uint8Array.from(palette)) : []),
    ...chunk('IDAT', deflateSync(Uint8Array.from(rows))),
    ...chunk('IEND', new Uint8Array()),
  ]);
}

function chunk(type: string, data: Uint8Array): number[] {
  const body = [...new TextEncoder().encode(type), ...data];
  return [...word(data.length), ...body, ...word(crc32(body))];
}

function word(value: number): number[] {
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 255);
}

/** Node has it from 22 on. */
function crc32(bytes: readonly number[]): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let k = 0; k < 8; k++) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1));
  }
  return (crc ^ 0xffffffff) >>> 0;
}
