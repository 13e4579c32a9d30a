import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import type { TrainerEvent } from '../../runtime/trainer/events.ts';
import { type Call, dml as started, temporaryFolder } from '../support/dml.ts';
import { dml } from '../support/within.ts';

// Several whole runs each, on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000 });

const file = 'study.dml';
const study = `dml 1

dataset shapes {
  source: phantom(cases: 6, raters: 3, size: 16)
  folds:  holdout(34%)
}

let voted = raters |> majority
let mix   = 0.125 ce + 0.125 ce at aux + 0.75 dml1

experiment big {
  data:      shapes
  labels:    raters |> average
  model:     unet(depth: 2, width: 4, aux: true)
  loss:      mix
  optimizer: sgd(rate: 1e-2)
  train:     8 steps
  batch:     2
  evaluate:  dice, bdice
}

experiment student extends big {
  labels:   voted
  teacher:  distill(big) |> kde(bandwidth: auto)
  loss:     0.5 mix + 0.5 mix on teacher
  evaluate: dice on voted, ece on teacher
}

sweep bandwidths of student {
  vary teacher.kde.bandwidth in [1e-2, auto]
}

experiment scaled extends student {
  teacher: distill(big) |> temperature(fitted)
}

experiment tuned extends big {
  start: trained(big, parts: all - head - aux)
}

experiment anyone extends big {
  labels: raters |> random
}
`;

const words = (target: string) => ['run', `${file}#${target}`, '--engine', 'native', '--json'];
const run = (target: string, cwd: string) => dml(words(target), { cwd });
const start = (target: string, cwd: string, call: Call = {}) => started(words(target), { cwd, ...call });

/** What happened to whom, in order: `start big`, `predicting big` … */
const story = (out: string) =>
  (
    out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)) as TrainerEvent[]
  ).flatMap((event) =>
    'run' in event &&
    ['start', 'skipped', 'predicting', 'temperature', 'done', 'interrupted'].includes(event.kind)
      ? [`${event.kind} ${event.run.experiment}`]
      : [],
  );

/** Weights and metrics of the only run of an experiment. */
function bytesOf(experiment: string, cwd: string): readonly string[] {
  const folder = path.join(cwd, 'runs', experiment);
  const [key, ...others] = readdirSync(folder);
  expect(others).toEqual([]);
  return ['weights.safetensors', 'metrics.jsonl'].map((name) =>
    readFileSync(path.join(folder, key!, 'fold0-seed0', name), 'hex'),
  );
}

test('a student trains its teacher, calibrates it and learns from both of its heads; again nothing is trained', async () => {
  const cwd = temporaryFolder({ [file]: study });
  const first = await run('student', cwd);
  expect(first.exit).toBe(0);
  const learnt = ['predicting big', 'start student', 'done student'];
  expect(story(first.out)).toEqual(['start big', 'done big', ...learnt]);
  const bytes = bytesOf('student', cwd);

  expect(story((await run('student', cwd)).out)).toEqual(['skipped student']);
  expect(story((await run('big', cwd)).out)).toEqual(['skipped big']);

  // Its labels come from what lies beside the teacher's run: without it, it is predicted again, to the same bytes.
  rmSync(path.join(cwd, 'runs/student'), { recursive: true });
  const [key] = readdirSync(path.join(cwd, 'runs/big'));
  rmSync(path.join(cwd, 'runs/big', key!, 'fold0-seed0/logits'), { recursive: true });
  expect(story((await run('student', cwd)).out)).toEqual(['skipped big', ...learnt]);
  expect(bytesOf('student', cwd)).toEqual(bytes);

  const sweep = await run('bandwidths', cwd);
  expect(sweep.exit).toBe(0);
  expect(story(sweep.out)).toEqual([
    'skipped big',
    'start bandwidths/1',
    'done bandwidths/1',
    'skipped bandwidths/2',
  ]);
});

test('a student that is interrupted in any stage goes on there, and ends in the same bytes', async () => {
  // Long enough that the signal comes in between.
  const long = { [file]: study.replace('8 steps', '300 steps') };
  const whole = temporaryFolder(long);
  await run('student', whole);
  const cwd = temporaryFolder(long);
  for (const interruptAt of [
    /"kind":"progress".*"experiment":"big"/,
    /"kind":"progress".*"experiment":"student"/,
  ]) {
    const { exit, out } = await start('student', cwd, { interruptAt });
    expect(exit, out).toBe(130);
  }
  expect((await run('student', cwd)).exit).toBe(0);
  expect(bytesOf('student', cwd)).toEqual(bytesOf('student', whole));
  expect(bytesOf('big', cwd)).toEqual(bytesOf('big', whole));
});

test('a temperature is fitted on validation cases, told and recorded', async () => {
  const cwd = temporaryFolder({ [file]: study });
  const { out, err, exit } = await dml(['run', `${file}#scaled`, '--engine', 'native'], { cwd });
  expect(exit, err).toBe(0);
  expect(err).toMatch(/big \(teacher of scaled\) fold 0, seed 0: predicts 6 cases for scaled/);
  expect(err).toMatch(
    /scaled fold 0, seed 0: T = [\d.]+ in distill\(big\) \|> temperature\(T: fitted\), fitted on 2 cases/,
  );
  expect(out).toMatch(/distill\(big\) \|> temperature/);
});

test('an experiment on a rater drawn at random gives the same bytes twice', async () => {
  const folders = [1, 2].map(() => temporaryFolder({ [file]: study }));
  for (const cwd of folders) expect((await run('anyone', cwd)).exit).toBe(0);
  expect(bytesOf('anyone', folders[0]!)).toEqual(bytesOf('anyone', folders[1]!));
});

test('what an experiment starts from is trained first and planned, and found finished', async () => {
  const cwd = temporaryFolder({ [file]: study });
  const planned = await dml(['plan', `${file}#tuned`, '--engine', 'native'], { cwd });
  expect(planned.exit).toBe(0);
  expect(planned.out).toMatch(/big \(start of tuned\) fold 0, seed 0[\s\S]*tuned fold 0, seed 0/);
  const first = await run('tuned', cwd);
  expect(first.exit).toBe(0);
  expect(story(first.out)).toEqual(['start big', 'done big', 'start tuned', 'done tuned']);
  const bytes = bytesOf('tuned', cwd);

  rmSync(path.join(cwd, 'runs/tuned'), { recursive: true });
  expect(story((await run('tuned', cwd)).out)).toEqual(['skipped big', 'start tuned', 'done tuned']);
  expect(bytesOf('tuned', cwd)).toEqual(bytes);
  expect(story((await run('tuned', cwd)).out)).toEqual(['skipped tuned']);
});

test('two processes that need the same teacher train it once', async () => {
  const cwd = temporaryFolder({ [file]: study.replace('8 steps', '60 steps') });
  const both = await Promise.all([start('student', cwd), start('tuned', cwd)]);
  expect(both.map(({ exit, err }) => [exit, err])).toEqual([
    [0, ''],
    [0, ''],
  ]);
  const events = both.flatMap(({ out }) => story(out));
  expect(events.filter((event) => event === 'start big')).toHaveLength(1);
  expect(events.filter((event) => /^done (student|tuned)$/.test(event))).toHaveLength(2);
});
