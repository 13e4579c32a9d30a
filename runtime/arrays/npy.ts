import { DataError } from '../data/source.ts';
import { countOf, type Numbers, type NumericArray, shapeText } from './array.ts';
import { type ArrayFile, heldArray } from './array-file.ts';
import { type ByteSource, cutShort } from './bytes.ts';
import { decodeElements, type ElementName, elementOf, elements, encodeElements } from './elements.ts';

const magic = '\x93NUMPY';
/** The header of an array of plain numbers ends before this. */
const headBytes = 4096;

/** NumPy's letter and size, without the byte order. */
const elementNames: Readonly<Record<string, ElementName>> = {
  b1: 'bool',
  i1: 'int8',
  u1: 'uint8',
  i2: 'int16',
  u2: 'uint16',
  i4: 'int32',
  u4: 'uint32',
  i8: 'int64',
  u8: 'uint64',
  f2: 'float16',
  f4: 'float32',
  f8: 'float64',
};

interface Header {
  readonly element: ElementName;
  readonly little: boolean;
  readonly shape: readonly number[];
  /** The first axis runs fastest. */
  readonly fortran: boolean;
  /** Where the numbers begin. */
  readonly start: number;
}

/**
 * An array of NumPy's .npy format, versions 1 to 3: booleans, integers of 8 to 64 bits and floating-point numbers of
 * 16 to 64 bits in either byte order. Parts along the first axis are read from their place in the file; in Fortran
 * order, where they are scattered, the array is read whole.
 *
 * @source https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
export async function openNpy(bytes: ByteSource): Promise<ArrayFile> {
  const { name, size } = bytes;
  const header = headerOf(await bytes.read(0, Math.min(size, headBytes)), size, name);
  checkLength(header, size, name);
  const { shape, start } = header;
  if (header.fortran && shape.length > 1)
    return heldArray(name, decode(header, await bytes.read(start, size - start), name));
  const row = countOf(shape.slice(1)) * elements[header.element].bytes;
  return {
    name,
    shape,
    async read(from = 0, to = shape[0] ?? 1) {
      const own = shape.length === 0 ? shape : [to - from, ...shape.slice(1)];
      const part = await bytes.read(start + from * row, (to - from) * row);
      return decode({ ...header, shape: own }, part, name);
    },
  };
}

/** The array in the bytes of a whole file. @param name for messages */
export function decodeNpy(bytes: Uint8Array, name: string): NumericArray {
  const header = headerOf(bytes, bytes.length, name);
  checkLength(header, bytes.length, name);
  return decode(header, bytes.subarray(header.start), name);
}

/** Shape of an array from the first 4 kB of its file. */
export const npyShape = (head: Uint8Array, name: string): readonly number[] =>
  headerOf(head, Number.POSITIVE_INFINITY, name).shape;

function decode(
  { element, little, fortran, shape }: Header,
  numbers: Uint8Array,
  file: string,
): NumericArray {
  const data = decodeElements(element, numbers, { little, file });
  return fortran ? rowMajor(shape, data) : { shape, data };
}

function checkLength({ element, shape, start }: Header, size: number, name: string): void {
  const expected = start + countOf(shape) * elements[element].bytes;
  if (size < expected) throw cutShort(name, expected, size);
  if (size > expected)
    throw new DataError(
      `${name} holds ${size - expected} bytes more than an array of shape ${shapeText(shape)} and type ${element} takes.`,
      name,
      'Save one array a file, or several in an .npz.',
    );
}

/** The bytes of a .npy file, version 1, little-endian, in C order. */
export function encodeNpy({ shape, data }: NumericArray): Uint8Array {
  const name = elementOf(data);
  const letters = Object.keys(elementNames).find((key) => elementNames[key] === name)!;
  const order = data.BYTES_PER_ELEMENT === 1 ? '|' : '<';
  const tuple = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const dictionary = `{'descr': '${order}${letters}', 'fortran_order': False, 'shape': (${tuple}), }`;
  // NumPy fills up with blanks so that the numbers begin at a multiple of 64.
  const length = Math.ceil((magic.length + 4 + dictionary.length + 1) / 64) * 64;
  const header = `${dictionary.padEnd(length - magic.length - 5)}\n`;
  const bytes = new Uint8Array(length + data.byteLength);
  bytes.set(Buffer.from(magic, 'latin1'));
  bytes.set([1, 0, header.length & 0xff, header.length >> 8], magic.length);
  bytes.set(Buffer.from(header, 'latin1'), magic.length + 4);
  bytes.set(encodeElements(data), length);
  return bytes;
}

/** @param size of the whole file, of which `head` is the beginning */
function headerOf(head: Uint8Array, size: number, name: string): Header {
  const bytes = Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, headBytes));
  if (bytes.length < 12 || bytes.toString('latin1', 0, magic.length) !== magic)
    throw new DataError(
      `${name} is no .npy file, though its name says so${bytes.length === 0 ? ': it is empty' : ''}.`,
      name,
      'Save it with numpy.save.',
    );
  const version = bytes[6]!;
  if (version < 1 || version > 3)
    throw new DataError(`${name} is an .npy file of version ${version}; versions 1 to 3 are read.`, name);
  const begin = version === 1 ? 10 : 12;
  const start = begin + (version === 1 ? bytes.readUInt16LE(8) : bytes.readUInt32LE(8));
  if (start > size) throw cutShort(name, start, size);
  return { ...parseHeader(bytes.toString('utf8', begin, Math.min(start, bytes.length)), name), start };
}

/** The header is a literal of a Python dictionary: `{'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }`. */
function parseHeader(text: string, file: string): Omit<Header, 'start'> {
  const kind = /'descr'\s*:\s*('[^']*'|"[^"]*"|[[(])/.exec(text)?.[1];
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(text)?.[1];
  const sizes = /'shape'\s*:\s*\(([^)]*)\)/.exec(text)?.[1];
  if (kind === undefined || order === undefined || sizes === undefined)
    throw new DataError(
      `${file} is damaged: its header ${JSON.stringify(text.trim().slice(0, 80))} does not name descr, fortran_order and shape.`,
      file,
      'Save it again with numpy.save.',
    );
  return { ...parseKind(kind, file), fortran: order === 'True', shape: parseShape(sizes, file) };
}

function parseKind(text: string, file: string): Pick<Header, 'element' | 'little'> {
  const kind = text.slice(1, -1);
  const element = elementNames[kind.replace(/^[<>|=]/, '')];
  if (element) return { element, little: !kind.startsWith('>') };
  const what = /^[[(]/.test(text)
    ? 'records with named fields'
    : /^[|<>=]?O/.test(kind)
      ? 'Python objects'
      : `numbers of the type '${kind}'`;
  throw new DataError(
    `${file} holds ${what}; booleans, integers up to 64 bits and floating-point numbers up to 64 bits are read.`,
    file,
    'Convert it first: numpy.save(file, array.astype(numpy.float64)).',
  );
}

function parseShape(text: string, file: string): readonly number[] {
  const shape = text
    .split(',')
    .map((part) => part.trim().replace(/L$/, ''))
    .filter((part) => part !== '');
  const sizes = shape.map(Number);
  if (shape.every((part) => /^\d+$/.test(part)) && Number.isSafeInteger(8 * countOf(sizes))) return sizes;
  throw new DataError(
    `${file} is damaged: its header says the impossible shape (${text}).`,
    file,
    'Save it again with numpy.save.',
  );
}

/** From the order in which the first axis runs fastest. */
function rowMajor(shape: readonly number[], data: Numbers): NumericArray {
  const out = data.slice();
  const strides = shape.map((_, axis) => countOf(shape.slice(0, axis)));
  const place = shape.map(() => 0);
  let from = 0;
  for (let i = 0; i < out.length; i++) {
    out[i] = data[from]!;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis]!;
      if (++place[axis]! < shape[axis]!) break;
      from -= strides[axis]! * shape[axis]!;
      place[axis] = 0;
    }
  }
  return { shape, data: out };
}
