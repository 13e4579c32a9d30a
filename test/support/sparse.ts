import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { encodeNpy } from '../../runtime/arrays/npy.ts';

const bytesOf = { '<f4': 4, '|u1': 1 };

/** An array of zeros in a file that takes no room on the disk, however large. */
export function writeSparseNpy(file: string, type: keyof typeof bytesOf, shape: readonly number[]): void {
  const none = encodeNpy({ shape: [0], data: type === '<f4' ? new Float32Array() : new Uint8Array() });
  const blank = 128;
  const text = Buffer.from(none)
    .toString('latin1')
    .replace('(0,)', `(${shape.join(', ')})`);
  const header = `${text
    .trimEnd()
    .padEnd(blank - 1)
    .slice(0, blank - 1)}\n`;
  const handle = openSync(file, 'w');
  writeSync(handle, Buffer.from(header, 'latin1'));
  ftruncateSync(handle, blank + shape.reduce((product, n) => product * n, bytesOf[type]));
  closeSync(handle);
}
