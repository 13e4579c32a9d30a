import { DataError } from '../data/source.ts';
import type { Numbers } from './array.ts';

type Get = (view: DataView, at: number, little: boolean) => number;

/** How one kind of number lies in a file. */
interface Element {
  readonly bytes: number;
  readonly create: (count: number) => Numbers;
  readonly get: Get;
  /** In little-endian order the bytes are those of the typed array itself. */
  readonly direct: boolean;
}

export type ElementName =
  | 'bool'
  | 'int8'
  | 'uint8'
  | 'int16'
  | 'uint16'
  | 'int32'
  | 'uint32'
  | 'int64'
  | 'uint64'
  | 'float16'
  | 'bfloat16'
  | 'float32'
  | 'float64';

export const elements: Readonly<Record<ElementName, Element>> = {
  bool: {
    bytes: 1,
    create: (count) => new Uint8Array(count),
    get: (view, at) => Number(view.getUint8(at) !== 0),
    direct: false,
  },
  int8: {
    bytes: 1,
    create: (count) => new Int8Array(count),
    get: (view, at) => view.getInt8(at),
    direct: true,
  },
  uint8: {
    bytes: 1,
    create: (count) => new Uint8Array(count),
    get: (view, at) => view.getUint8(at),
    direct: true,
  },
  int16: {
    bytes: 2,
    create: (count) => new Int16Array(count),
    get: (view, at, little) => view.getInt16(at, little),
    direct: true,
  },
  uint16: {
    bytes: 2,
    create: (count) => new Uint16Array(count),
    get: (view, at, little) => view.getUint16(at, little),
    direct: true,
  },
  int32: {
    bytes: 4,
    create: (count) => new Int32Array(count),
    get: (view, at, little) => view.getInt32(at, little),
    direct: true,
  },
  uint32: {
    bytes: 4,
    create: (count) => new Uint32Array(count),
    get: (view, at, little) => view.getUint32(at, little),
    direct: true,
  },
  int64: {
    bytes: 8,
    create: (count) => new Float64Array(count),
    get: (view, at, little) => Number(view.getBigInt64(at, little)),
    direct: false,
  },
  uint64: {
    bytes: 8,
    create: (count) => new Float64Array(count),
    get: (view, at, little) => Number(view.getBigUint64(at, little)),
    direct: false,
  },
  float16: {
    bytes: 2,
    create: (count) => new Float32Array(count),
    get: (view, at, little) => fromHalf(view.getUint16(at, little)),
    direct: false,
  },
  bfloat16: {
    bytes: 2,
    create: (count) => new Float32Array(count),
    get: (view, at, little) => fromBrainFloat(view.getUint16(at, little)),
    direct: false,
  },
  float32: {
    bytes: 4,
    create: (count) => new Float32Array(count),
    get: (view, at, little) => view.getFloat32(at, little),
    direct: true,
  },
  float64: {
    bytes: 8,
    create: (count) => new Float64Array(count),
    get: (view, at, little) => view.getFloat64(at, little),
    direct: true,
  },
};

const hostIsLittle = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/**
 * Numbers of one kind from the bytes of a file, copied, since the bytes need not be aligned.
 *
 * @param file for messages
 * @throws DataError for a 64-bit integer that float64 cannot hold
 */
export function decodeElements(
  name: ElementName,
  bytes: Uint8Array,
  { little, file }: { readonly little: boolean; readonly file: string },
): Numbers {
  const element = elements[name];
  const count = bytes.byteLength / element.bytes;
  const numbers = element.create(count);
  if (element.direct && (element.bytes === 1 || (little && hostIsLittle))) {
    new Uint8Array(numbers.buffer).set(bytes);
    return numbers;
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let i = 0; i < count; i++) numbers[i] = element.get(view, i * element.bytes, little);
  if (name === 'int64' || name === 'uint64') checkExact(numbers, name, file);
  return numbers;
}

/** The element whose typed array this is. */
export function elementOf(
  data: Numbers,
): Exclude<ElementName, 'bool' | 'int64' | 'uint64' | 'float16' | 'bfloat16'> {
  if (data instanceof Float64Array) return 'float64';
  if (data instanceof Float32Array) return 'float32';
  if (data instanceof Uint8Array) return 'uint8';
  if (data instanceof Int8Array) return 'int8';
  if (data instanceof Uint16Array) return 'uint16';
  if (data instanceof Int16Array) return 'int16';
  return data instanceof Uint32Array ? 'uint32' : 'int32';
}

/** The little-endian bytes of numbers. */
export function encodeElements(data: Numbers): Uint8Array {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice();
  if (!hostIsLittle && data.BYTES_PER_ELEMENT > 1)
    for (let i = 0; i < bytes.length; i += data.BYTES_PER_ELEMENT)
      bytes.subarray(i, i + data.BYTES_PER_ELEMENT).reverse();
  return bytes;
}

function checkExact(numbers: Numbers, name: ElementName, file: string): void {
  const at = numbers.findIndex((value) => !Number.isSafeInteger(value));
  if (at < 0) return;
  throw new DataError(
    `${file} holds the ${name} number ${numbers[at]} (element ${at}), which is beyond ±2^53 and would lose digits.`,
    file,
    'Save it as int32 or float64.',
  );
}

/** IEEE 754 binary16. */
function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** The upper half of a float32. */
function fromBrainFloat(bits: number): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, bits * 2 ** 16);
  return view.getFloat32(0);
}
