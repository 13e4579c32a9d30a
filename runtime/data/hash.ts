import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { orDataError, regularFile } from './images/bytes.ts';
import type { Source } from './source.ts';

/**
 * SHA-256 of what a source holds: the content of its files with their names (which say whose mask it is), or, of
 * a source without files, the pixels of all cases. In hexadecimal.
 */
export async function hashData(source: Source, root: string): Promise<string> {
  const total = createHash('sha256');
  for (const file of [...source.files].sort()) total.update(`${file}\0${await hashFile(join(root, file))}\n`);
  if (source.files.length === 0)
    for (const id of source.cases) {
      const { image, masks } = await source.read(id);
      total.update(`${id}\0`);
      for (const { height, width, channels, data } of [image, ...masks])
        total.update(`${height} ${width} ${channels}\0`).update(data);
    }
  return total.digest('hex');
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await orDataError(
    path,
    regularFile(path).then(() => pipeline(createReadStream(path), hash)),
  );
  return hash.digest('hex');
}
