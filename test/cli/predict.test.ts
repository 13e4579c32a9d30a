import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import type { TrainerEvent } from '../../runtime/trainer/events.ts';
import { type Ended, root, temporaryFolder } from '../support/dml.ts';
import { dml } from '../support/within.ts';

// Several whole runs, on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000 });

/** The example of the chapter on prediction. */
const guide = readFileSync(path.join(root, 'docs/language.md'), 'utf8');
const example = /### Prediction[\s\S]*?```dml\n([\s\S]*?)```/.exec(guide)![1]!;

const events = ({ out }: Ended) =>
  out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as TrainerEvent);

const done = (ended: Ended) => {
  const event = events(ended).find(({ kind }) => kind === 'done' || kind === 'skipped');
  if (event?.kind !== 'done' && event?.kind !== 'skipped') throw new Error(ended.out + ended.err);
  return event;
};

/** A result without what its scoring took. */
const untimed = (ended: Ended) => {
  const { scoring: _, ...result } = done(ended).result;
  return result;
};

test('another way to predict scores a finished run anew, and trains nothing', async () => {
  const cwd = temporaryFolder({ 'a.dml': example });
  const run = (...words: string[]) =>
    dml(['run', 'a.dml', '--engine', 'native', '--json', ...words], { cwd });
  const whole = await run();
  expect(events(whole).map(({ kind }) => kind)).toContain('progress');

  const plan = await dml(['plan', 'a.dml', '--engine', 'native', '--json', '--set', 'predict=center'], {
    cwd,
  });
  expect(JSON.parse(plan.out).runs).toMatchObject([{ state: 'scores', left: 0 }]);
  const center = await run('--set', 'predict=center');
  expect(events(center).map(({ kind }) => kind)).not.toContain('progress');
  expect(done(center).folder).toBe(done(whole).folder);
  expect(done(center).result.scores).not.toEqual(done(whole).result.scores);

  const again = await run();
  expect(events(again).map(({ kind }) => kind)).toContain('evaluation');
  expect(untimed(again)).toEqual(untimed(whole));
  const { height, width } = readShape(path.join(done(again).folder, 'predictions.safetensors'));
  expect([height, width]).toEqual([32, 32]);
});

/** Of the first tensor of a file. */
function readShape(file: string) {
  const bytes = readFileSync(file);
  const head = JSON.parse(bytes.subarray(8, 8 + Number(bytes.readBigUInt64LE(0))).toString());
  const [first] = Object.entries<{ shape: readonly number[] }>(head).filter(
    ([name]) => name !== '__metadata__',
  );
  const [, height, width] = first![1].shape;
  return { height, width };
}
