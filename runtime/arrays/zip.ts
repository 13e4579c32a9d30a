import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { DataError } from '../data/source.ts';
import { type ByteSource, memoryBytes, partOf } from './bytes.ts';

/** A file in a ZIP archive. */
export interface ZipEntry {
  readonly name: string;
  /** What is in it; parts of a stored entry are read from the archive, a compressed one is unpacked as a whole. */
  open(): Promise<ByteSource>;
}

const endSignature = 0x06054b50;
const end64Signature = 0x06064b50;
const locatorSignature = 0x07064b50;
const entrySignature = 0x02014b50;
const localSignature = 0x04034b50;
const endBytes = 22;
const locatorBytes = 20;
const longestComment = 2 ** 16 - 1;
/** In a 32-bit field: the number stands in the zip64 extension. */
const moved = 2 ** 32 - 1;
const methods = { stored: 0, deflated: 8 };

/**
 * The files of a ZIP archive, as its central directory lists them, archives beyond 4 GB included. Encrypted files
 * and methods other than stored and deflated are refused.
 *
 * @source APPNOTE.TXT of PKWARE, sections 4.3 and 4.4
 */
export async function readZip(bytes: ByteSource): Promise<readonly ZipEntry[]> {
  const { offset, size, count } = await findDirectory(bytes);
  const directory = await bytes.read(offset, size).catch(() => {
    throw damaged(bytes.name, 'its directory lies outside of it');
  });
  const view = viewOf(directory);
  const entries: ZipEntry[] = [];
  for (let at = 0; entries.length < count; ) {
    if (at + 46 > size || view.getUint32(at, true) !== entrySignature)
      throw damaged(bytes.name, `its directory should list ${count} files and lists ${entries.length}`);
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((field) =>
      view.getUint16(at + field, true),
    );
    const end = at + 46 + nameBytes! + extraBytes! + commentBytes!;
    if (end > size) throw damaged(bytes.name, 'its directory is cut short');
    const name = new TextDecoder().decode(directory.subarray(at + 46, at + 46 + nameBytes!));
    const extra = viewOf(directory.subarray(at + 46 + nameBytes!, at + 46 + nameBytes! + extraBytes!));
    const sizes = {
      unpacked: view.getUint32(at + 24, true),
      packed: view.getUint32(at + 20, true),
      offset: view.getUint32(at + 42, true),
    };
    const place = {
      ...wide(sizes, extra),
      method: view.getUint16(at + 10, true),
      flags: view.getUint16(at + 8, true),
      sum: view.getUint32(at + 16, true),
    };
    entries.push({ name, open: () => openEntry(bytes, name, place) });
    at = end;
  }
  return entries;
}

interface Sizes {
  readonly unpacked: number;
  readonly packed: number;
  readonly offset: number;
}

interface Place extends Sizes {
  readonly method: number;
  readonly flags: number;
  /** CRC-32 of the content. */
  readonly sum: number;
}

/** Fields that did not fit into 32 bits stand in the extension of kind 1, in this order and without the others. */
function wide(sizes: Sizes, extra: DataView): Sizes {
  for (let at = 0; at + 4 <= extra.byteLength; at += 4 + extra.getUint16(at + 2, true)) {
    if (extra.getUint16(at, true) !== 1) continue;
    let next = at + 4;
    const field = (value: number) => {
      if (value !== moved || next + 8 > extra.byteLength) return value;
      next += 8;
      return Number(extra.getBigUint64(next - 8, true));
    };
    return { unpacked: field(sizes.unpacked), packed: field(sizes.packed), offset: field(sizes.offset) };
  }
  return sizes;
}

async function findDirectory(bytes: ByteSource): Promise<{ offset: number; size: number; count: number }> {
  const length = Math.min(bytes.size, endBytes + longestComment);
  const tail = viewOf(await bytes.read(bytes.size - length, length));
  let at = length - endBytes;
  while (at >= 0 && tail.getUint32(at, true) !== endSignature) at -= 1;
  if (at < 0)
    throw new DataError(
      `${bytes.name} is no ZIP archive, or it is cut short: its directory, which stands at the end, is missing.`,
      bytes.name,
      'Copy the file again, or save it again with numpy.savez.',
    );
  const locator = at - locatorBytes;
  if (locator >= 0 && tail.getUint32(locator, true) === locatorSignature) {
    const place = Number(tail.getBigUint64(locator + 8, true));
    const end = viewOf(
      await bytes.read(place, 56).catch(() => {
        throw damaged(bytes.name, 'its zip64 record lies outside of it');
      }),
    );
    if (end.getUint32(0, true) !== end64Signature) throw damaged(bytes.name, 'its zip64 record is missing');
    const number = (field: number) => Number(end.getBigUint64(field, true));
    return { count: number(32), size: number(40), offset: number(48) };
  }
  return {
    count: tail.getUint16(at + 10, true),
    size: tail.getUint32(at + 12, true),
    offset: tail.getUint32(at + 16, true),
  };
}

async function openEntry(archive: ByteSource, entry: string, place: Place): Promise<ByteSource> {
  const name = `${archive.name}#${entry}`;
  if (place.flags & 1) throw new DataError(`${name} is encrypted, which is not read.`, archive.name);
  const outside = () => {
    throw damaged(archive.name, `'${entry}' lies outside of it`);
  };
  const local = viewOf(await archive.read(place.offset, 30).catch(outside));
  if (local.getUint32(0, true) !== localSignature) outside();
  const start = place.offset + 30 + local.getUint16(26, true) + local.getUint16(28, true);
  if (start + place.packed > archive.size) outside();
  const packed = partOf(archive, name, start, place.packed);
  if (place.method === methods.stored) return packed;
  if (place.method !== methods.deflated)
    throw new DataError(
      `${name} is compressed by method ${place.method}; stored and deflated files are read.`,
      archive.name,
      'Save it again with numpy.savez or numpy.savez_compressed.',
    );
  const content = inflate(await packed.read(0, place.packed), name, place.unpacked);
  if (crc32(content) !== place.sum) throw damaged(name, 'its check sum is another one');
  return memoryBytes(name, content);
}

function inflate(packed: Uint8Array, name: string, size: number): Uint8Array {
  try {
    // One byte more than promised, so that a file that unpacks to more is stopped and not only found later.
    const bytes = inflateRawSync(packed, { maxOutputLength: size + 1 });
    if (bytes.length === size) return bytes;
    throw new Error(`${bytes.length} bytes instead of ${size}`);
  } catch (error) {
    throw damaged(name, (error as Error).message);
  }
}

/** The bytes of an archive with one file, deflated, without a time stamp. */
export function encodeZip(name: string, content: Uint8Array): Uint8Array {
  const packed = deflateRawSync(content);
  const title = Buffer.from(name);
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(methods.deflated, 4);
  // 1 January 1980, the first day that the format knows.
  common.writeUInt16LE(0x21, 8);
  common.writeUInt32LE(crc32(content), 10);
  common.writeUInt32LE(packed.length, 14);
  common.writeUInt32LE(content.length, 18);
  common.writeUInt16LE(title.length, 22);
  const local = Buffer.concat([word(localSignature), common, title, packed]);
  const entry = Buffer.concat([word(entrySignature), Buffer.from([20, 0]), common, Buffer.alloc(14), title]);
  const end = Buffer.alloc(endBytes);
  end.writeUInt32LE(endSignature, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(entry.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, entry, end]);
}

function word(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

/** The check sum of ZIP; Node has one of its own only from 22 on. */
function crc32(bytes: Uint8Array): number {
  const table = Uint32Array.from({ length: 256 }, (_, n) => {
    let value = n;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
    return value;
  });
  let sum = 0xffffffff;
  for (const byte of bytes) sum = table[(sum ^ byte) & 0xff]! ^ (sum >>> 8);
  return (sum ^ 0xffffffff) >>> 0;
}

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const damaged = (name: string, why: string): DataError =>
  new DataError(`${name} is damaged: ${why}.`, name, 'Copy or save the file again.');
