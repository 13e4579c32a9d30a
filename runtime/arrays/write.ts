import { stat } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { DataError } from '../data/source.ts';
import { type Staged, stageFile } from '../store/files.ts';
import type { NumericArray } from './array.ts';
import { hasEnding } from './formats.ts';

/** What a writer may need to know beside the numbers. */
export interface Meaning {
  /** The last axis is that of the classes. */
  readonly classes: boolean;
}

type Encode = (array: NumericArray, meaning: Meaning, file: string) => Promise<Uint8Array | string>;

const writers: readonly { readonly endings: readonly string[]; readonly encode: Encode }[] = [
  { endings: ['.npy'], encode: async (array) => (await import('./npy.ts')).encodeNpy(array) },
  { endings: ['.npz'], encode: async (array) => (await import('./npz.ts')).encodeNpz('labels', array) },
  {
    endings: ['.nii'],
    encode: async (array, { classes }, file) =>
      (await import('./nifti.ts')).encodeNifti(array, classes, file),
  },
  {
    endings: ['.nii.gz'],
    encode: async (array, { classes }, file) =>
      gzipSync((await import('./nifti.ts')).encodeNifti(array, classes, file)),
  },
  { endings: ['.png'], encode: async (array, _, file) => (await import('./png.ts')).encodePng(array, file) },
  {
    endings: ['.safetensors'],
    encode: async (array) => (await import('./safetensors.ts')).encodeSafetensors('labels', array),
  },
  { endings: ['.json'], encode: async (array) => (await import('./json.ts')).encodeJson(array) },
];

/** @throws DataError for a file that cannot be written: of another kind, or in a folder that is not there */
export async function checkWritable(file: string, cwd: string): Promise<void> {
  writerOf(file);
  const folder = path.dirname(file);
  const found = await stat(path.resolve(cwd, folder)).catch(() => undefined);
  if (found?.isDirectory()) return;
  throw new DataError(
    `${file} cannot be written: ${folder} is ${found ? 'a file' : 'not there'}.`,
    file,
    `Make the folder first: mkdir -p ${folder}`,
  );
}

/** In the format of the file's ending. In .npz and .safetensors the array is called `labels`. */
export async function stageArray(
  file: string,
  array: NumericArray,
  meaning: Meaning,
  cwd: string,
): Promise<Staged> {
  const bytes = await writerOf(file).encode(array, meaning, file);
  return stageFile(path.resolve(cwd, file), bytes);
}

function writerOf(file: string) {
  const writer = writers.find(({ endings }) => hasEnding(file, endings));
  if (writer) return writer;
  throw new DataError(
    `${file} is of a kind that is not written.`,
    file,
    `Arrays are written as ${writers.flatMap(({ endings }) => endings).join(', ')}.`,
  );
}
