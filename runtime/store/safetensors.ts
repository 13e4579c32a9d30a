import type { Shape } from '../../compiler/graph/graph.ts';
import { size } from '../../compiler/graph/shape.ts';
import {
  type Entry,
  lengthBytes,
  metadataKey,
  parseSafetensorsHeader,
  type Unreadable,
} from '../arrays/safetensors-header.ts';

/** Row-major float32. */
export interface StoredTensor {
  readonly shape: Shape;
  readonly data: Float32Array;
}

export interface TensorFile {
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  /** Free text by key, the `__metadata__` of the format. */
  readonly metadata: Readonly<Record<string, string>>;
}

const alignment = 8;

/**
 * The bytes of a safetensors file: length of the header (8 bytes, little-endian), header (JSON, padded with blanks to
 * 8 bytes), data. Names and metadata are sorted and nothing else goes in, so equal tensors give equal bytes.
 *
 * @source https://huggingface.co/docs/safetensors, section "Format"
 */
export function encodeTensors({ tensors, metadata }: TensorFile): Uint8Array {
  const entries = [...tensors].sort(byName);
  let offset = 0;
  const described = entries.map(([name, { shape, data }]) => {
    if (data.length !== size(shape)) throw new Error(`${name} holds ${data.length} numbers for [${shape}]`);
    const start = offset;
    offset += data.byteLength;
    return [name, { dtype: 'F32', shape, data_offsets: [start, offset] }] as const;
  });
  const notes = Object.entries(metadata).sort(byName);
  const first = notes.length > 0 ? [[metadataKey, Object.fromEntries(notes)] as const] : [];
  const header = new TextEncoder().encode(JSON.stringify(Object.fromEntries([...first, ...described])));

  const headerBytes = Math.ceil(header.length / alignment) * alignment;
  const bytes = new Uint8Array(lengthBytes + headerBytes + offset);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerBytes), true);
  bytes.fill(0x20, lengthBytes, lengthBytes + headerBytes);
  bytes.set(header, lengthBytes);
  let at = lengthBytes + headerBytes;
  for (const [, { data }] of entries) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return bytes;
}

/** Reads what `encodeTensors` or another tool wrote: float32 alone, every byte belonging to one tensor. */
export function decodeTensors(bytes: Uint8Array): TensorFile | Unreadable {
  if (bytes.length < lengthBytes)
    return { reason: `it has ${bytes.length} bytes, the length of its header alone takes ${lengthBytes}` };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = lengthBytes + Number(view.getBigUint64(0, true));
  if (start > bytes.length)
    return { reason: `it ends after ${bytes.length} bytes, its header alone should end at ${start}` };
  const header = parseSafetensorsHeader(bytes.subarray(lengthBytes, start));
  if ('reason' in header) return header;

  const tensors = new Map<string, StoredTensor>();
  let end = 0;
  for (const entry of header.entries) {
    const { name, shape, from, to } = entry;
    const reason = faultOf(entry);
    if (reason) return { reason };
    if (from !== end) return { reason: `the data of '${name}' begin at ${from}, expected ${end}` };
    if (start + to > bytes.length)
      return {
        reason: `it ends after ${bytes.length} bytes, the data of '${name}' should end at ${start + to}`,
      };
    tensors.set(name, { shape, data: floats(bytes.subarray(start + from, start + to)) });
    end = to;
  }
  if (start + end !== bytes.length)
    return { reason: `${bytes.length - start - end} bytes at its end belong to no tensor` };
  return { tensors, metadata: header.metadata };
}

/** Copied, because the data of a file of another tool need not lie at a multiple of 4. */
function floats(bytes: Uint8Array): Float32Array {
  const data = new Float32Array(bytes.length / Float32Array.BYTES_PER_ELEMENT);
  new Uint8Array(data.buffer).set(bytes);
  return data;
}

/** Why an entry is not one of float32 whose bytes are as many as its shape says. */
function faultOf({ name, dtype, shape, from, to }: Entry): string | undefined {
  if (dtype !== 'F32') return `'${name}' is ${dtype}, only F32 is read`;
  const expected = size(shape) * Float32Array.BYTES_PER_ELEMENT;
  if (to - from === expected) return undefined;
  return `'${name}' is [${shape}], which takes ${expected} bytes, found ${to - from}`;
}

/** By code units, the same in every locale. */
const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : a > b ? 1 : 0;
