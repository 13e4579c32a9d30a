import path from 'node:path';
import { DataError } from '../data/source.ts';
import { countOf, type NumericArray, shapeText } from './array.ts';
import type { ArrayFile } from './array-file.ts';
import { fileBytes } from './bytes.ts';
import { arrayFormatOf } from './formats.ts';

/**
 * The array of a file, by its ending: .npy, .npz, .nii, .nii.gz, .png, .safetensors or .json. `file.npz#name` and
 * `file.safetensors#name` pick one of several. Of .npy, .safetensors and uncompressed .npz only what is asked for is read.
 *
 * @param cwd what a relative path is relative to
 * @throws DataError that names the file, what was found and what was expected
 */
export async function openArray(file: string, cwd: string): Promise<ArrayFile> {
  const { name, member } = parseName(file);
  const format = arrayFormatOf(name);
  if (member !== undefined && !format.members)
    throw new DataError(
      `${file} asks for one of several arrays, but a file ${format.endings[0]} holds a single one.`,
      file,
      `Write ${name}`,
    );
  const array = await format.open(await fileBytes(path.resolve(cwd, name), name), member);
  if (countOf(array.shape) === 0)
    throw new DataError(`${array.name} is empty: its shape is ${shapeText(array.shape)}.`, name);
  return array;
}

export const readArray = async (file: string, cwd: string): Promise<NumericArray> =>
  (await openArray(file, cwd)).read();

/** `file.npz#name`; a # that comes before the ending belongs to the path. */
function parseName(file: string): { readonly name: string; readonly member: string | undefined } {
  const match = /^(.*\.(?:npz|safetensors|npy|nii|gz|png|json))#(.+)$/i.exec(file);
  return match ? { name: match[1]!, member: match[2] } : { name: file, member: undefined };
}
