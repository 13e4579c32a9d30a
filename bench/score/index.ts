/**
 * Scores an array of predictions that is larger than memory should be, and tells the time and the memory that it took:
 * `npx tsx bench/score/index.ts [gigabytes]` (4), after `npm run build`. The array is sparse, logits of 0 that take no room
 * on the disk.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { peakFlags, peakOf } from '../../test/support/peak.ts';
import { writeSparseNpy } from '../../test/support/sparse.ts';

const bundle = path.resolve(import.meta.dirname, '../../dist/dml.js');
const metrics = 'dice, dice(by: image), bdice, ece, brier';
const [height, width, classes] = [512, 512, 2];

const gigabytes = Number(process.argv[2] ?? 4);
const images = Math.round((gigabytes * 2 ** 30) / (height * width * classes * 4));
const folder = mkdtempSync(path.join(os.tmpdir(), 'dml-score-'));
try {
  writeSparseNpy(path.join(folder, 'p.npy'), '<f4', [images, height, width, classes]);
  writeSparseNpy(path.join(folder, 'y.npy'), '|u1', [images, height, width]);
  const start = performance.now();
  const { out, err } = await score();
  const seconds = (performance.now() - start) / 1000;
  console.log(out.trimEnd());
  const what = `${images} images, ${gigabytes} GB of float32`;
  console.log(`${what}: ${seconds.toFixed(1)} s, at most ${Math.round(peakOf(err) / 2 ** 20)} MB resident`);
} finally {
  rmSync(folder, { recursive: true });
}

function score(): Promise<{ readonly out: string; readonly err: string }> {
  const words = ['score', '--logits', '--prediction', 'p.npy', '--truth', 'y.npy', '--metrics', metrics];
  const child = spawn(process.execPath, [...peakFlags, bundle, ...words], { cwd: folder });
  const written = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    written.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    written.err += text;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => resolve(written));
  });
}
