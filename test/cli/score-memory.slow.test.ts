import path from 'node:path';
import { expect, test } from 'vitest';
import { dml, temporaryFolder } from '../support/dml.ts';
import { peakFlags, peakOf } from '../support/peak.ts';
import { writeSparseNpy } from '../support/sparse.ts';

test('of a case that is larger than memory should be, only a few images are held at a time', async () => {
  const cwd = temporaryFolder();
  const space = [64, 512, 512];
  writeSparseNpy(path.join(cwd, 'p.npy'), '<f4', [...space, 4]);
  writeSparseNpy(path.join(cwd, 'y.npy'), '|u1', space);
  const words = [
    'score',
    '--logits',
    '--prediction',
    'p.npy',
    '--truth',
    'y.npy',
    '--metrics',
    'dice',
    '--json',
  ];
  const { out, err, exit } = await dml(words, { cwd, nodeFlags: peakFlags });
  expect(exit, err).toBe(0);
  expect((JSON.parse(out) as { scores: unknown[] }).scores).toMatchObject([{ metric: 'dice', value: 1 }]);
  // The predictions alone are 256 MiB in the file, and 512 MiB as the float64 that they are scored as.
  expect(peakOf(err)).toBeLessThan(450 * 2 ** 20);
});
