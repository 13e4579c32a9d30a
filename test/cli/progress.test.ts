import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { progressPrinter } from '../../cli/run/progress.ts';
import type { ProgressEvent, RunName, TrainerEvent } from '../../runtime/trainer/events.ts';
import { expectGolden } from '../golden.ts';
import { recordingTerminal, screen } from '../support/terminal.ts';

const golden = (name: string) => path.join(import.meta.dirname, 'golden', name);

const run: RunName = {
  experiment: 'quickstart',
  arm: { number: 2, values: ['0.25 ce + 0.75 dml1'] },
  fold: 0,
  seed: 0,
  index: 1,
  of: 2,
};

const progress = (step: number): ProgressEvent => ({
  kind: 'progress',
  run,
  step,
  steps: 300,
  loss: 1 / step,
  terms: {},
  rate: 0.01,
  imagesPerSecond: 212,
  secondsLeft: (300 - step) / 10,
});

const scores = [
  { metric: 'dice', options: '', on: 'raters |> majority', value: 0.9241 },
  { metric: 'ece', options: 'bins: 15', on: 'raters |> average' },
];

const result = {
  dml: '0.1.0',
  experiment: 'quickstart',
  key: 'k',
  trainingHash: 't',
  evaluationHash: 'e',
  dataHash: 'd',
  engine: { engine: 'native', version: '1.30.0', device: 'cpu', block: 16, replicas: 1, threads: 2 },
  fold: 0,
  seed: 0,
  steps: 300,
  loss: 0.1,
  seconds: 30.2,
  scores,
  cases: [],
} as const;

const story: readonly TrainerEvent[] = [
  { kind: 'engine', class: result.engine, why: 'best that works' },
  { kind: 'skipped', run: { ...run, index: 0 }, folder: '/studies/runs/x', result },
  {
    kind: 'start',
    run,
    folder: '/studies/runs/y',
    step: 0,
    steps: 300,
    parameters: 28434,
    cases: { train: 48, validation: 12 },
  },
  progress(1),
  progress(100),
  { kind: 'notice', run, message: 'checkpoint 100 is damaged; the one before it is taken' },
  { kind: 'checkpoint', run, step: 100, file: '/studies/runs/y/100' },
  progress(200),
  progress(300),
  { kind: 'evaluation', run, step: 300, scores },
  { kind: 'done', run, folder: '/studies/runs/y', result },
];

describe('on a terminal', () => {
  function play(events: readonly TrainerEvent[], columns = 100) {
    const { terminal, written } = recordingTerminal({ interactive: true, columns });
    const print = progressPrinter(terminal.err, () => 0, '/studies');
    for (const event of events) print(event);
    return written.err;
  }

  test('the bar is drawn again in place, and a line above leaves it where it is', () => {
    expectGolden(golden('progress-bar.txt'), screen(play(story.slice(0, 8))));
  });

  test('nothing of the bar is left when the run is over', () => {
    expectGolden(golden('progress-done.txt'), screen(play(story)));
  });

  test.each([20, 40, 60, 80, 100, 200])('the bar fits in %i columns', (columns) => {
    const text = screen(play([progress(150)], columns));
    expect([...text].length).toBeLessThan(columns);
  });
});

test('a teacher is shown as what it is, and a fitted temperature with what it was fitted on', () => {
  const teacher: RunName = { experiment: 'big', teacherOf: 'student', fold: 0, seed: 1, index: 0, of: 2 };
  const student: RunName = { experiment: 'student', fold: 0, seed: 1, index: 1, of: 2 };
  const labels = 'distill(big) |> temperature(T: fitted)';
  const { terminal, written } = recordingTerminal();
  const print = progressPrinter(terminal.err, () => 0, '/studies');
  print({ kind: 'predicting', run: teacher, student: 'student', cases: 48 });
  print({ kind: 'temperature', run: student, labels, temperature: 1.23456, cases: 12 });
  expect(written.err).toBe(
    '[1/2] big (teacher of student) fold 0, seed 1: predicts 48 cases for student\n' +
      '[2/2] student fold 0, seed 1: T = 1.235 in distill(big) |> temperature(T: fitted), fitted on 12 cases\n',
  );
});

describe('in a log', () => {
  test('there is a line for the first step, the last, and every few seconds', () => {
    const { terminal, written } = recordingTerminal();
    let now = 0;
    const print = progressPrinter(terminal.err, () => now, '/studies');
    print(story[2]!);
    for (let step = 1; step <= 300; step++) {
      now += 0.05;
      print(progress(step));
    }
    for (const event of story.slice(-2)) print(event);
    expect(written.err).not.toContain('\x1b');
    expectGolden(golden('progress-log.txt'), written.err);
  });
});
