import { nearest } from '../../grammar/nearest.ts';
import { DataError } from '../data/source.ts';
import type { NumericArray } from './array.ts';
import type { ArrayFile } from './array-file.ts';
import type { ByteSource } from './bytes.ts';
import { encodeNpy, openNpy } from './npy.ts';
import { encodeZip, readZip } from './zip.ts';

const ending = '.npy';

/** An array of an .npz archive: the one of that name, or the only one that it holds. */
export async function openNpz(bytes: ByteSource, member: string | undefined): Promise<ArrayFile> {
  const arrays = (await readZip(bytes))
    .filter(({ name }) => name.endsWith(ending))
    .map((entry) => ({ ...entry, name: entry.name.slice(0, -ending.length) }));
  const chosen = chooseMember(
    bytes.name,
    arrays.map(({ name }) => name),
    member,
  );
  const content = await arrays.find(({ name }) => name === chosen)!.open();
  return await openNpy({ ...content, name: `${bytes.name}#${chosen}` });
}

/** The name that was asked for, or the only one; a DataError that lists what is there otherwise. */
export function chooseMember(file: string, names: readonly string[], wanted: string | undefined): string {
  if (wanted === undefined && names.length === 1) return names[0]!;
  if (wanted !== undefined && names.includes(wanted)) return wanted;
  if (names.length === 0) throw new DataError(`${file} holds no array.`, file);
  const shown = names.slice(0, 8).join(', ') + (names.length > 8 ? ` and ${names.length - 8} more` : '');
  if (wanted === undefined)
    throw new DataError(
      `${file} holds ${names.length} arrays: ${shown}.`,
      file,
      `Say which: ${file}#${names[0]}`,
    );
  const best = nearest(wanted, names);
  throw new DataError(
    `${file} holds no array called '${wanted}'. There: ${shown}.`,
    file,
    best ? `Did you mean ${file}#${best}?` : undefined,
  );
}

/** The bytes of an .npz archive with one array, compressed. */
export function encodeNpz(name: string, array: NumericArray): Uint8Array {
  return encodeZip(`${name}${ending}`, encodeNpy(array));
}
