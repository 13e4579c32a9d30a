import { DataError } from '../data/source.ts';
import { countOf, type NumericArray, shapeText } from './array.ts';
import type { ArrayFile } from './array-file.ts';
import type { ByteSource } from './bytes.ts';
import { decodeElements, type ElementName, elementOf, elements, encodeElements } from './elements.ts';
import { chooseMember } from './npz.ts';
import { type Entry, lengthBytes, parseSafetensorsHeader } from './safetensors-header.ts';

const elementNames: Readonly<Record<string, ElementName>> = {
  BOOL: 'bool',
  I8: 'int8',
  U8: 'uint8',
  I16: 'int16',
  U16: 'uint16',
  I32: 'int32',
  U32: 'uint32',
  I64: 'int64',
  U64: 'uint64',
  F16: 'float16',
  BF16: 'bfloat16',
  F32: 'float32',
  F64: 'float64',
};

/** A tensor of a safetensors file: the one of that name, or the only one. Parts are read from their place in the file. */
export async function openSafetensors(bytes: ByteSource, member: string | undefined): Promise<ArrayFile> {
  const { start, entries } = await contentOf(bytes);
  const chosen = chooseMember(
    bytes.name,
    entries.map((entry) => entry.name),
    member,
  );
  return tensorAt(bytes, start, entries.find(({ name }) => name === chosen)!);
}

/** All tensors of a safetensors file, by name. */
export async function readSafetensors(bytes: ByteSource): Promise<ReadonlyMap<string, NumericArray>> {
  const { start, entries } = await contentOf(bytes);
  const tensors = new Map<string, NumericArray>();
  for (const entry of entries) tensors.set(entry.name, await tensorAt(bytes, start, entry).read());
  return tensors;
}

/** What its header describes, and where the data begin. */
async function contentOf(
  bytes: ByteSource,
): Promise<{ readonly start: number; readonly entries: readonly Entry[] }> {
  const { name: file } = bytes;
  if (bytes.size < lengthBytes) throw damaged(file, `it has ${bytes.size} bytes`);
  const head = await bytes.read(0, lengthBytes);
  const start = lengthBytes + Number(new DataView(head.buffer, head.byteOffset).getBigUint64(0, true));
  if (start > bytes.size)
    throw damaged(file, `it has ${bytes.size} bytes, its header alone should end at ${start}`);
  const header = parseSafetensorsHeader(await bytes.read(lengthBytes, start - lengthBytes));
  if ('reason' in header) throw damaged(file, header.reason);
  return { start, entries: header.entries };
}

function tensorAt(
  bytes: ByteSource,
  start: number,
  { name: tensor, dtype, shape, from, to }: Entry,
): ArrayFile {
  const { name: file } = bytes;
  const name = `${file}#${tensor}`;
  const element = elementNames[dtype];
  if (!element) throw new DataError(`${name} is of the type ${dtype}, which is not read.`, file);
  const size = elements[element].bytes;
  if (to - from !== countOf(shape) * size)
    throw damaged(
      file,
      `'${tensor}' is ${shapeText(shape)}, which takes ${countOf(shape) * size} bytes, found ${to - from}`,
    );
  if (start + to > bytes.size)
    throw damaged(
      file,
      `it ends after ${bytes.size} bytes, the data of '${tensor}' should end at ${start + to}`,
    );

  const row = countOf(shape.slice(1)) * size;
  return {
    name,
    shape,
    async read(first = 0, last = shape[0] ?? 1) {
      const content = await bytes.read(start + from + first * row, (last - first) * row);
      return {
        shape: shape.length === 0 ? shape : [last - first, ...shape.slice(1)],
        data: decodeElements(element, content, { little: true, file: name }),
      };
    },
  };
}

/** The bytes of a safetensors file with one tensor. */
export function encodeSafetensors(name: string, { shape, data }: NumericArray): Uint8Array {
  const element = elementOf(data);
  const dtype = Object.keys(elementNames).find((key) => elementNames[key] === element)!;
  const header = JSON.stringify({ [name]: { dtype, shape, data_offsets: [0, data.byteLength] } });
  const text = new TextEncoder().encode(header);
  const length = Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(lengthBytes + length + data.byteLength).fill(0x20, lengthBytes);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
  bytes.set(text, lengthBytes);
  bytes.set(encodeElements(data), lengthBytes + length);
  return bytes;
}

const damaged = (file: string, reason: string): DataError =>
  new DataError(
    `${file} is no safetensors file, or it is damaged: ${reason}.`,
    file,
    'Copy or save it again.',
  );
