import { DataError } from '../data/source.ts';
import type { NumericArray } from './array.ts';
import { type ArrayFile, heldArray } from './array-file.ts';
import type { ByteSource } from './bytes.ts';

/** A format of array files. Its module is loaded when a file of it is opened. */
interface ArrayFormat {
  readonly name: string;
  readonly endings: readonly string[];
  /** Whether `file#name` picks one of several arrays. */
  readonly members: boolean;
  readonly open: (bytes: ByteSource, member: string | undefined) => Promise<ArrayFile>;
}

const formats: readonly ArrayFormat[] = [
  {
    name: 'NumPy',
    endings: ['.npy'],
    members: false,
    open: async (bytes) => (await import('./npy.ts')).openNpy(bytes),
  },
  {
    name: 'NumPy archive',
    endings: ['.npz'],
    members: true,
    open: async (bytes, member) => (await import('./npz.ts')).openNpz(bytes, member),
  },
  {
    name: 'NIfTI',
    endings: ['.nii', '.nii.gz'],
    members: false,
    open: (bytes) => whole(bytes, async (all) => (await import('./nifti.ts')).decodeNifti(all, bytes.name)),
  },
  {
    name: 'PNG',
    endings: ['.png'],
    members: false,
    open: (bytes) => whole(bytes, async (all) => (await import('./png.ts')).decodePng(all, bytes.name)),
  },
  {
    name: 'safetensors',
    endings: ['.safetensors'],
    members: true,
    open: async (bytes, member) => (await import('./safetensors.ts')).openSafetensors(bytes, member),
  },
  {
    name: 'JSON',
    endings: ['.json'],
    members: false,
    open: (bytes) =>
      whole(bytes, async (all) =>
        (await import('./json.ts')).decodeJson(new TextDecoder().decode(all), bytes.name),
      ),
  },
];

/** All endings of array files that are read, `.npy` first. */
export const arrayEndings: readonly string[] = formats.flatMap(({ endings }) => endings);

export const hasEnding = (file: string, endings: readonly string[]): boolean =>
  endings.some((ending) => file.toLowerCase().endsWith(ending));

/** The format of a file by its name; a DataError that lists what is read if it is none of them. */
export function arrayFormatOf(file: string): ArrayFormat {
  const format = formats.find(({ endings }) => hasEnding(file, endings));
  if (format) return format;
  throw new DataError(
    `${file} is of a kind that is not read.`,
    file,
    `Arrays are read as ${formats.map(({ name, endings }) => `${name} (${endings.join(', ')})`).join(', ')}.`,
  );
}

async function whole(
  bytes: ByteSource,
  decode: (all: Uint8Array) => Promise<NumericArray>,
): Promise<ArrayFile> {
  return heldArray(bytes.name, await decode(await bytes.read(0, bytes.size)));
}
