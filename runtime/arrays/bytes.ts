import { open } from 'node:fs/promises';
import { orDataError, regularFile } from '../data/images/bytes.ts';
import { DataError } from '../data/source.ts';

/** Bytes that are read in parts: of a file, of a part of a file, or in memory. */
export interface ByteSource {
  /** As it was given, for messages. */
  readonly name: string;
  readonly size: number;
  /** Exactly `count` bytes; a DataError if there are fewer. */
  read(from: number, count: number): Promise<Uint8Array>;
}

/** One read of the system takes no more. */
const chunkBytes = 2 ** 30;

/** @param name as it was given, for messages */
export async function fileBytes(path: string, name = path): Promise<ByteSource> {
  const { size } = await orDataError(name, regularFile(path));
  return { name, size, read: (from, count) => readPart(path, name, { from, count, size }) };
}

export const memoryBytes = (name: string, bytes: Uint8Array): ByteSource => ({
  name,
  size: bytes.byteLength,
  async read(from, count) {
    if (from + count > bytes.byteLength) throw cutShort(name, from + count, bytes.byteLength);
    return bytes.subarray(from, from + count);
  },
});

/** A window of another source, as a source. */
export const partOf = (whole: ByteSource, name: string, start: number, size: number): ByteSource => ({
  name,
  size,
  async read(from, count) {
    if (from + count > size) throw cutShort(name, from + count, size);
    return whole.read(start + from, count);
  },
});

export const cutShort = (name: string, expected: number, found: number): DataError =>
  new DataError(
    `${name} is cut short: ${expected} bytes are expected, there are ${found}.`,
    name,
    'Copy or save the file again.',
  );

async function readPart(
  path: string,
  name: string,
  { from, count, size }: { readonly from: number; readonly count: number; readonly size: number },
): Promise<Uint8Array> {
  if (from + count > size) throw cutShort(name, from + count, size);
  const bytes = new Uint8Array(count);
  const file = await orDataError(name, open(path, 'r'));
  try {
    let done = 0;
    while (done < count) {
      const length = Math.min(chunkBytes, count - done);
      const { bytesRead } = await orDataError(name, file.read(bytes, done, length, from + done));
      if (bytesRead === 0) throw cutShort(name, from + count, from + done);
      done += bytesRead;
    }
  } finally {
    await file.close();
  }
  return bytes;
}
