import { convertIndexedToRgb, type DecodedPng, decode, hasPngSignature } from 'fast-png';
import { DataError } from '../source.ts';
import type { Format, PictureFile, PictureSize } from './picture-file.ts';

/**
 * PNG with 1 to 16 bits: grey (1 channel), colour or palette (3 channels). Values are those of the file, without
 * gamma. Transparency is left out: masks are often saved with it by accident.
 */
export const png: Format = { name: 'PNG', endings: ['.png'], headBytes: 24, size, decode: picture };

const signatureBytes = 8;

function size(head: Uint8Array, path: string): PictureSize {
  checkSignature(head, path);
  if (head.length < 24) throw cut(path);
  const view = new DataView(head.buffer, head.byteOffset);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

function picture(bytes: Uint8Array, path: string): PictureFile {
  checkSignature(bytes, path);
  const file = decoded(bytes, path);
  const { height, width, depth, channels } = file;
  if (file.data.length !== Math.ceil((width * depth * channels) / 8) * height * (depth === 16 ? 0.5 : 1))
    throw cut(path);
  if (file.palette) {
    const stride = file.palette[0]?.length ?? 3;
    const data = pick(indexed(file, path), stride, 3);
    return { height, width, channels: 3, data, full: 255 };
  }
  const kept = channels >= 3 ? 3 : 1;
  return { height, width, channels: kept, data: pick(unpacked(file), channels, kept), full: 2 ** depth - 1 };
}

function decoded(bytes: Uint8Array, path: string): DecodedPng {
  try {
    return decode(bytes, { checkCrc: true });
  } catch (error) {
    throw new DataError(
      `${path} is damaged or cut short: ${(error as Error).message}.`,
      path,
      'Copy the file again.',
    );
  }
}

function indexed(file: DecodedPng, path: string): Uint8Array {
  try {
    return convertIndexedToRgb(file);
  } catch (error) {
    throw new DataError(`${path} is damaged: ${(error as Error).message}.`, path);
  }
}

/** One element a sample: below 8 bits several share a byte, and each row starts a new one. */
function unpacked({ data, depth, width, height, channels }: DecodedPng): ArrayLike<number> {
  if (depth >= 8) return data;
  const perRow = width * channels;
  const bytesPerRow = Math.ceil((perRow * depth) / 8);
  const samples = new Uint8Array(perRow * height);
  for (let i = 0; i < samples.length; i++) {
    const bit = (i % perRow) * depth;
    const byte = data[Math.floor(i / perRow) * bytesPerRow + (bit >> 3)]!;
    samples[i] = (byte >> (8 - depth - (bit & 7))) & ((1 << depth) - 1);
  }
  return samples;
}

/** The first `kept` of every `channels` samples. */
function pick(samples: ArrayLike<number>, channels: number, kept: number): Float32Array {
  const data = new Float32Array((samples.length / channels) * kept);
  for (let i = 0; i < data.length; i++) data[i] = samples[Math.floor(i / kept) * channels + (i % kept)]!;
  return data;
}

function checkSignature(bytes: Uint8Array, path: string): void {
  if (bytes.length < signatureBytes || !hasPngSignature(bytes))
    throw new DataError(
      `${path} is no PNG file, though its name says so.`,
      path,
      'Images are read as PNG, NIfTI (.nii, .nii.gz) or NumPy (.npy).',
    );
}

function cut(path: string): DataError {
  return new DataError(`${path} is cut short.`, path, 'Copy the file again.');
}
