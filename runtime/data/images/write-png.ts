import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { encode } from 'fast-png';

/** 8 bits a sample, row-major, [height, width, channels]: grey (1) or RGB (3). */
export interface Bitmap {
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
  readonly data: Uint8Array;
}

/** Makes the folder, writes beside the place, then renames: a reader never sees half a file. */
export async function writePng(path: string, bitmap: Bitmap): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const partial = `${path}.${process.pid}.tmp`;
  await writeFile(partial, encode({ ...bitmap, depth: 8 }));
  await rename(partial, path);
}
