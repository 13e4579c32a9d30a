import { DataError } from '../source.ts';
import { readBytes, readHead } from './bytes.ts';
import { nifti } from './nifti.ts';
import { npy } from './npy.ts';
import type { Format, PictureFile, PictureSize } from './picture-file.ts';
import { png } from './png.ts';

const formats: readonly Format[] = [png, nifti, npy];

/** A PNG, NIfTI or NumPy file. Every pixel is finite; whatever is wrong with the file is a DataError that names it. */
export async function readPicture(path: string): Promise<PictureFile> {
  const format = formatOf(path);
  const picture = format.decode(await readBytes(path), path);
  checkSize(picture, path);
  checkFinite(picture, path);
  return picture;
}

/** Its size, from the first bytes of the file. */
export async function readSize(path: string): Promise<PictureSize> {
  const format = formatOf(path);
  const size = format.size(await readHead(path, format.headBytes), path);
  checkSize(size, path);
  return size;
}

/** Whether a file holds numbers with any channels, not a picture in grey or colour. */
export const isArray = (path: string): boolean => formatOf(path) === npy;

function checkSize({ height, width }: PictureSize, path: string): void {
  if (height >= 1 && width >= 1) return;
  throw new DataError(`${path} says that it has ${height} × ${width} pixels (height × width).`, path);
}

function formatOf(path: string): Format {
  const name = path.toLowerCase();
  const format = formats.find(({ endings }) => endings.some((ending) => name.endsWith(ending)));
  if (format) return format;
  const known = formats.map(({ name, endings }) => `${name} (${endings.join(', ')})`).join(', ');
  throw new DataError(`${path} is of a kind that is not read.`, path, `Images are read as ${known}.`);
}

function checkFinite({ data, width, channels }: PictureFile, path: string): void {
  const at = data.findIndex((value) => !Number.isFinite(value));
  if (at < 0) return;
  const pixel = Math.floor(at / channels);
  throw new DataError(
    `${path} holds ${data[at]} at row ${Math.floor(pixel / width)}, column ${pixel % width} (counted from 0).`,
    path,
    'Every pixel must be a finite number. Repair the file, or leave the case out.',
  );
}
