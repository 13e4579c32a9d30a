import { constants, gunzipSync } from 'node:zlib';
import { isNIFTI, type NIFTI1, type NIFTI2, readHeader } from 'nifti-reader-js';
import { DataError } from '../source.ts';
import type { Format, PictureFile, PictureSize } from './picture-file.ts';

/**
 * NIfTI-1 and NIfTI-2 in one file, plain or gzipped, either byte order: one slice of one value a voxel, scaled by
 * `scl_slope` and `scl_inter`. x is the column and y the row; the affine is not applied.
 */
export const nifti: Format = {
  name: 'NIfTI',
  endings: ['.nii', '.nii.gz'],
  headBytes: 4096,
  size,
  decode,
};

type Header = NIFTI1 | NIFTI2;
type Get = (view: DataView, at: number, littleEndian: boolean) => number;

interface VoxelType {
  readonly bytes: number;
  /** See `PictureFile.full`. */
  readonly full: number;
  readonly get: Get;
}

/** By `datatype`; complex, colour and 128-bit voxels are not read. */
const voxelTypes: Readonly<Record<number, VoxelType>> = {
  2: { bytes: 1, full: 2 ** 8 - 1, get: (view, at) => view.getUint8(at) },
  4: { bytes: 2, full: 2 ** 15 - 1, get: (view, at, little) => view.getInt16(at, little) },
  8: { bytes: 4, full: 2 ** 31 - 1, get: (view, at, little) => view.getInt32(at, little) },
  16: { bytes: 4, full: 1, get: (view, at, little) => view.getFloat32(at, little) },
  64: { bytes: 8, full: 1, get: (view, at, little) => view.getFloat64(at, little) },
  256: { bytes: 1, full: 2 ** 7 - 1, get: (view, at) => view.getInt8(at) },
  512: { bytes: 2, full: 2 ** 16 - 1, get: (view, at, little) => view.getUint16(at, little) },
  768: { bytes: 4, full: 2 ** 32 - 1, get: (view, at, little) => view.getUint32(at, little) },
  1024: { bytes: 8, full: 2 ** 63 - 1, get: (view, at, little) => Number(view.getBigInt64(at, little)) },
  1280: { bytes: 8, full: 2 ** 64 - 1, get: (view, at, little) => Number(view.getBigUint64(at, little)) },
};

function size(head: Uint8Array, path: string): PictureSize {
  return sizeOf(headerOf(unzipped(head, path, 'start'), path), path);
}

function decode(bytes: Uint8Array, path: string): PictureFile {
  const content = unzipped(bytes, path, 'all');
  const header = headerOf(content, path);
  const { height, width } = sizeOf(header, path);
  const type = voxelTypes[header.datatypeCode];
  if (!type)
    throw new DataError(
      `${path} holds voxels of NIfTI datatype ${header.datatypeCode}, which is not read.`,
      path,
      'Save it with integer or floating-point voxels, one value each.',
    );
  const count = Math.max(0, height) * Math.max(0, width);
  const end = header.vox_offset + count * type.bytes;
  if (content.byteLength < end)
    throw new DataError(
      `${path} is cut short: its header promises ${end} bytes, there are ${content.byteLength}.`,
      path,
      'Copy the file again.',
    );
  const scaled = header.scl_slope !== 0 && Number.isFinite(header.scl_slope);
  const slope = scaled ? header.scl_slope : 1;
  const offset = scaled && Number.isFinite(header.scl_inter) ? header.scl_inter : 0;
  const view = new DataView(content, header.vox_offset, count * type.bytes);
  const data = new Float32Array(count);
  for (let i = 0; i < count; i++)
    data[i] = type.get(view, i * type.bytes, header.littleEndian) * slope + offset;
  return { height, width, channels: 1, data, full: type.full * slope + offset };
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

function sizeOf({ dims }: Header, path: string): PictureSize {
  const sizes = dims.slice(1, dims[0]! + 1);
  const [width = 1, height = 1, ...others] = sizes;
  if (others.some((n) => n > 1))
    throw new DataError(
      `${path} holds ${sizes.join(' × ')} voxels; a single slice is read, so all sizes after the second must be 1.`,
      path,
      'Save each slice as a file of its own.',
    );
  return { height, width };
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
