import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { KnownRun } from '../../../runtime/store/run-folder.ts';
import { speedsOf, sum } from '../../../runtime/store/speeds.ts';

const engine = { engine: 'native', version: '1', device: 'cpu', block: 16, replicas: 1, threads: 2 } as const;

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'dml-speeds-'));
});
afterEach(() => rmSync(root, { recursive: true }));

/** A run on disk that took so long for 10 steps. */
function recorded(
  name: string,
  training: string,
  seconds: number,
  { flops = 1e9, of = engine as object, scoring = {} } = {},
) {
  const folder = path.join(root, name);
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'result.json'), JSON.stringify({ seconds, steps: 10, ...scoring }));
  return { folder, environment: { engine: of, flops, identity: { training } } } as unknown as KnownRun;
}

test('the same training is as fast as it was, within what its runs took', async () => {
  const known = [recorded('a', 'one', 10), recorded('b', 'one', 14), recorded('c', 'two', 99)];
  const speeds = await speedsOf(known, engine);
  expect(speeds.step({ training: 'one', flops: 5e9 })).toEqual({
    mean: 1.2,
    low: 1,
    high: 1.4,
    runs: 2,
    by: 'training',
  });
});

test('another training is as fast for its work as the one of nearest work, with room on both sides', async () => {
  const known = [recorded('a', 'small', 10), recorded('b', 'large', 40, { flops: 8e9 })];
  const speeds = await speedsOf(known, engine);
  const found = speeds.step({ training: 'new', flops: 6e9 })!;
  expect(found.mean).toBeCloseTo(3, 12);
  expect(found.low).toBeCloseTo(3 / 3, 12);
  expect(found.high).toBeCloseTo(6 * 3, 12);
  expect(found).toMatchObject({ runs: 2, by: 'work' });
});

/** A run on disk whose scoring of 4 cases took so long. */
const scored = (name: string, training: string, seconds: number, flops = 1e9, evaluationHash = 'dice') =>
  recorded(name, training, 10, { flops, scoring: { evaluationHash, scoring: { seconds, cases: 4 } } });

test('a case of the same training and scores takes what it took', async () => {
  const known = [scored('a', 'one', 2), scored('b', 'one', 4), scored('c', 'one', 40, 1e9, 'ece')];
  const { scoredCase } = await speedsOf(known, engine);
  expect(scoredCase({ training: 'one', evaluation: 'dice', flops: 1e9 })).toEqual({
    mean: 0.75,
    low: 0.5,
    high: 1,
    runs: 2,
    by: 'training',
  });
});

test('a case of others takes between what theirs took and that by the ratio of the work, with room on both sides', async () => {
  const { scoredCase } = await speedsOf([scored('a', 'small', 4), scored('b', 'large', 8, 16e9)], engine);
  const found = scoredCase({ training: 'new', evaluation: 'dice', flops: 4e9 })!;
  // As far from one as from the other: the first.
  expect(found.mean).toBeCloseTo(1 * Math.sqrt(4), 12);
  expect(found.low).toBeCloseTo(Math.min(1, 2 / 4) / 3, 12);
  expect(found.high).toBeCloseTo(Math.max(1 * 4, 2) * 3, 12);
  expect(found).toMatchObject({ runs: 2, by: 'work' });
});

test('results from before scoring was timed tell nothing of it', async () => {
  const { step, scoredCase } = await speedsOf([recorded('a', 'one', 10)], engine);
  expect(step({ training: 'one', flops: 1e9 })).toBeDefined();
  expect(scoredCase({ training: 'one', evaluation: 'dice', flops: 1e9 })).toBeUndefined();
});

test('nothing is known from another engine, of an unknown work, or from a run that is not finished', async () => {
  const elsewhere = recorded('a', 'one', 10, { of: { ...engine, threads: 1 } });
  const unknown = recorded('b', 'two', 10, { flops: 0 });
  const unfinished = recorded('c', 'three', 10);
  rmSync(path.join(unfinished.folder, 'result.json'));
  const speeds = await speedsOf([elsewhere, unknown, unfinished], engine);
  expect(speeds.step({ training: 'one', flops: 1e9 })).toBeUndefined();
});

test('runs one after the other take the sum; one that is estimated makes the sum an estimate', () => {
  const one = { mean: 2, low: 1, high: 3, runs: 4, by: 'training' } as const;
  expect(sum([one, { ...one, runs: 2, by: 'work' }])).toEqual({
    mean: 4,
    low: 2,
    high: 6,
    runs: 2,
    by: 'work',
  });
  expect(sum([one, undefined])).toBeUndefined();
});
