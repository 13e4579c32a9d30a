import type { Shape } from '../../compiler/graph/graph.ts';
import { size } from '../../compiler/graph/shape.ts';

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

/** Bytes that are no safetensors file of ours; the reason goes on after "the file is unreadable:". */
export interface Unreadable {
  readonly reason: string;
}

const lengthBytes = 8;
const alignment = 8;
const metadataKey = '__metadata__';

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
  const header = parseHeader(bytes.subarray(lengthBytes, start));
  if ('reason' in header) return header;

  const tensors = new Map<string, StoredTensor>();
  let end = 0;
  for (const { name, shape, from, to } of header.entries) {
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

interface Entry {
  readonly name: string;
  readonly shape: Shape;
  readonly from: number;
  readonly to: number;
}

interface Header {
  /** In the order of the data. */
  readonly entries: readonly Entry[];
  readonly metadata: Readonly<Record<string, string>>;
}

function parseHeader(text: Uint8Array): Header | Unreadable {
  const header = parseJson(text);
  if (!isRecord(header)) return { reason: 'its header is not a JSON object' };
  const metadata = header[metadataKey] ?? {};
  if (!isTexts(metadata)) return { reason: `'${metadataKey}' of its header must hold texts` };
  const entries: Entry[] = [];
  for (const [name, description] of Object.entries(header)) {
    if (name === metadataKey) continue;
    const entry = parseEntry(name, description);
    if ('reason' in entry) return entry;
    entries.push(entry);
  }
  return { entries: entries.sort((a, b) => a.from - b.from || a.to - b.to), metadata };
}

function parseEntry(name: string, description: unknown): Entry | Unreadable {
  if (!isRecord(description)) return { reason: `its header does not describe '${name}'` };
  const { dtype, shape, data_offsets: offsets } = description;
  if (dtype !== 'F32') return { reason: `'${name}' is ${String(dtype)}, only F32 is read` };
  if (!isCounts(shape) || !isCounts(offsets) || offsets.length !== 2)
    return { reason: `shape or data_offsets of '${name}' are no lists of whole numbers` };
  const [from, to] = offsets as [number, number];
  const expected = size(shape) * Float32Array.BYTES_PER_ELEMENT;
  if (to - from !== expected)
    return { reason: `'${name}' is [${shape}], which takes ${expected} bytes, found ${to - from}` };
  return { name, shape, from, to };
}

function parseJson(text: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(text));
  } catch {
    return undefined;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isTexts = (value: unknown): value is Record<string, string> =>
  isRecord(value) && Object.values(value).every((item) => typeof item === 'string');

const isCounts = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && item >= 0);

/** By code units, the same in every locale. */
const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : a > b ? 1 : 0;
