import { constants, gunzipSync } from 'node:zlib';
import { isNIFTI, type NIFTI1, type NIFTI2, readHeader } from 'nifti-reader-js';
import { DataError } from '../data/source.ts';
import { countOf, type Numbers, type NumericArray, shapeText } from './array.ts';
import { decodeElements, type ElementName, elementOf, elements, encodeElements } from './elements.ts';

/** A NIfTI image as it is stored: x runs fastest, then y, z, t … */
interface Volume {
  /** x, y, z …, without the 1s after the second. */
  readonly sizes: readonly number[];
  /** Scaled by `scl_slope` and `scl_inter`. */
  readonly data: Numbers;
  /** The largest value of the integer type, scaled; 1 for floating point. */
  readonly full: number;
}

type Header = NIFTI1 | NIFTI2;

/** By `datatype`; complex, colour and 128-bit voxels are not read. */
const voxels: Readonly<Record<number, { readonly element: ElementName; readonly full: number }>> = {
  2: { element: 'uint8', full: 2 ** 8 - 1 },
  4: { element: 'int16', full: 2 ** 15 - 1 },
  8: { element: 'int32', full: 2 ** 31 - 1 },
  16: { element: 'float32', full: 1 },
  64: { element: 'float64', full: 1 },
  256: { element: 'int8', full: 2 ** 7 - 1 },
  512: { element: 'uint16', full: 2 ** 16 - 1 },
  768: { element: 'uint32', full: 2 ** 32 - 1 },
  1024: { element: 'int64', full: 2 ** 63 - 1 },
  1280: { element: 'uint64', full: 2 ** 64 - 1 },
};

const headerBytes = 352;

/** NIfTI-1 or NIfTI-2 in one file, plain or gzipped, in either byte order. The affine is not applied. */
export function decodeVolume(bytes: Uint8Array, path: string): Volume {
  const content = unzipped(bytes, path, 'all');
  const header = headerOf(content, path);
  const sizes = sizesOf(header, path);
  const voxel = voxels[header.datatypeCode];
  if (!voxel)
    throw new DataError(
      `${path} holds voxels of NIfTI datatype ${header.datatypeCode}, which is not read.`,
      path,
      'Save it with integer or floating-point voxels, one value each.',
    );
  const count = countOf(sizes);
  const start = header.vox_offset;
  const end = start + count * elements[voxel.element].bytes;
  if (content.byteLength < end)
    throw new DataError(
      `${path} is cut short: its header promises ${end} bytes, there are ${content.byteLength}.`,
      path,
      'Copy the file again.',
    );
  const stored = decodeElements(voxel.element, new Uint8Array(content, start, end - start), {
    little: header.littleEndian,
    file: path,
  });
  const { slope, offset } = scaling(header);
  const data = slope === 1 && offset === 0 ? stored : Float64Array.from(stored, (v) => v * slope + offset);
  return { sizes, data, full: voxel.full * slope + offset };
}

/** Sizes along x, y, z …, without the 1s after the second, from the first 4 kB of the file. */
export const volumeSizes = (head: Uint8Array, path: string): readonly number[] =>
  sizesOf(headerOf(unzipped(head, path, 'start'), path), path);

/**
 * A NIfTI image as an array. x is the column, y the row, z the slice, and what comes after (t, or the vector of the
 * fifth size) the class: [slice, height, width, class], without slice or class where there is only one.
 */
export function decodeNifti(bytes: Uint8Array, path: string): NumericArray {
  const { sizes, data } = decodeVolume(bytes, path);
  const [width = 1, height = 1, slices = 1, ...others] = sizes;
  const rest = others.filter((n) => n > 1);
  if (rest.length > 1)
    throw new DataError(
      `${path} holds ${sizes.join(' × ')} voxels; beside x, y and z one more axis is read, that of the classes.`,
      path,
    );
  const [classes = 1] = rest;
  const space = slices > 1 ? [slices, height, width] : [height, width];
  if (classes === 1) return { shape: space, data };
  return { shape: [...space, classes], data: classLast(data, classes) };
}

/**
 * The bytes of a NIfTI-1 file: [height, width] or [slice, height, width] become x, y, z; with `classes` the last axis is
 * t, after a z of 1 where there are no slices. Spacing is 1 and there is no affine.
 */
export function encodeNifti({ shape, data }: NumericArray, classes: boolean, file: string): Uint8Array {
  const space = classes ? shape.slice(0, -1) : shape;
  const [width = 1, height = 1, slices = 1, ...others] = [...space].reverse();
  const sizes = classes
    ? [width, height, slices, shape.at(-1)!]
    : [width, height, slices].slice(0, space.length);
  if (others.length > 0 || sizes.some((n) => n > 2 ** 15 - 1))
    throw new DataError(
      `An array of shape ${shapeText(shape)} does not fit into NIfTI-1: three axes of space, none above 32767.`,
      file,
      'Write it as .npy.',
    );
  const element = elementOf(data);
  const code = Number(Object.keys(voxels).find((key) => voxels[Number(key)]!.element === element));
  const header = new DataView(new ArrayBuffer(headerBytes));
  header.setInt32(0, 348, true);
  for (const [i, size] of [sizes.length, ...sizes].entries()) header.setInt16(40 + 2 * i, size, true);
  for (let i = sizes.length + 1; i < 8; i++) header.setInt16(40 + 2 * i, 1, true);
  header.setInt16(70, code, true);
  header.setInt16(72, 8 * data.BYTES_PER_ELEMENT, true);
  for (let i = 0; i < 8; i++) header.setFloat32(76 + 4 * i, 1, true);
  header.setFloat32(108, headerBytes, true);
  header.setFloat32(112, 1, true);
  for (const [i, character] of [...'n+1'].entries()) header.setUint8(344 + i, character.charCodeAt(0));
  const bytes = new Uint8Array(headerBytes + data.byteLength);
  bytes.set(new Uint8Array(header.buffer));
  bytes.set(encodeElements(classes ? classFirst(data, shape.at(-1)!) : data), headerBytes);
  return bytes;
}

/** [class, pixel] → [pixel, class] */
function classLast(data: Numbers, classes: number): Numbers {
  const out = data.slice();
  const pixels = data.length / classes;
  for (let c = 0; c < classes; c++)
    for (let p = 0; p < pixels; p++) out[p * classes + c] = data[c * pixels + p]!;
  return out;
}

/** [pixel, class] → [class, pixel] */
const classFirst = (data: Numbers, classes: number): Numbers => classLast(data, data.length / classes);

function scaling({ scl_slope, scl_inter }: Header): { slope: number; offset: number } {
  const scaled = scl_slope !== 0 && Number.isFinite(scl_slope);
  return { slope: scaled ? scl_slope : 1, offset: scaled && Number.isFinite(scl_inter) ? scl_inter : 0 };
}

function headerOf(content: ArrayBuffer, path: string): Header {
  if (!isNIFTI(content))
    throw new DataError(
      `${path} is no NIfTI file, though its name says so.`,
      path,
      'Pairs of .hdr and .img are not read; save them as one .nii or .nii.gz.',
    );
  return readHeader(content);
}

function sizesOf({ dims }: Header, path: string): readonly number[] {
  const sizes = dims.slice(1, dims[0]! + 1);
  while (sizes.length < 2) sizes.push(1);
  while (sizes.length > 2 && sizes.at(-1) === 1) sizes.pop();
  if (sizes.every((n) => Number.isSafeInteger(n) && n >= 0) && Number.isSafeInteger(8 * countOf(sizes)))
    return sizes;
  throw new DataError(`${path} is damaged: its header says ${sizes.join(' × ')} voxels.`, path);
}

/** `start`: as far as the bytes go, for the header alone. */
function unzipped(bytes: Uint8Array, path: string, part: 'all' | 'start'): ArrayBuffer {
  const zipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return zipped ? copy(gunzip(bytes, path, part)) : copy(bytes);
}

function gunzip(bytes: Uint8Array, path: string, part: 'all' | 'start'): Uint8Array {
  try {
    return gunzipSync(bytes, part === 'start' ? { finishFlush: constants.Z_SYNC_FLUSH } : {});
  } catch (error) {
    const cut = (error as NodeJS.ErrnoException).code === 'Z_BUF_ERROR';
    throw new DataError(
      `${path} is ${cut ? 'cut short: its compressed data end too early' : `damaged: ${(error as Error).message}`}.`,
      path,
      'Copy the file again.',
    );
  }
}

/** A buffer that starts at 0, as the header reader wants it. */
function copy(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}
