import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Experiment, LabelSource } from '../../../compiler/experiment.ts';
import { runExperiment } from '../../../runtime/trainer/run.ts';
import { looksEvery } from '../../../runtime/trainer/search.ts';
import { average, smallExperiment, use } from '../../support/experiment.ts';
import { interrupting, readRun, runOptions } from '../../support/runs.ts';

const dueSteps = (value: number, unit: 'epochs' | 'steps', steps: number, stepsPerEpoch = 4) => {
  const isDue = looksEvery({ value, unit }, { steps, stepsPerEpoch });
  return Array.from({ length: steps + 1 }, (_, step) => step).filter(isDue);
};

describe('The cases are looked at', () => {
  test.each([
    ['every two epochs', dueSteps(2, 'epochs', 16), [8, 16]],
    ['once more at the end, where that is no multiple', dueSteps(2, 'epochs', 20), [8, 16, 20]],
    ['every three steps', dueSteps(3, 'steps', 9), [3, 6, 9]],
    ['at the step that is nearest', dueSteps(0.6, 'epochs', 10), [2, 5, 7, 10]],
    ['after each step, where more often is asked for', dueSteps(0.1, 'epochs', 3), [1, 2, 3]],
  ])('%s', (_, found, expected) => {
    expect(found).toEqual(expected);
  });

  test('not before a first step', () => {
    expect(dueSteps(1, 'steps', 0)).toEqual([]);
  });
});

const { span } = smallExperiment;
const majority: LabelSource = { ...average, steps: [use('majority')], soft: false };
const experiment: Experiment = {
  ...smallExperiment,
  model: use('unet', { depth: 1, width: 2, norm: 'batch' }),
  optimizer: use('sgd', { rate: 4, momentum: 0.9, decay: 0, nesterov: false }),
  train: { value: 6, unit: 'steps' },
  checkpoint: { metric: 'brier', every: { value: 2, unit: 'steps' }, span },
  evaluate: [
    { metric: use('brier', { by: 'case', classes: 'all' }), on: average, span },
    { metric: use('dice', {}), on: majority, span },
  ],
};

const temporaryFolder = () => mkdtemp(path.join(tmpdir(), 'dml-search-'));
let out: string;
beforeEach(async () => {
  out = await temporaryFolder();
});
afterEach(() => rm(out, { recursive: true }));

const train = async (changes: Partial<Experiment> = {}, given = runOptions(out)) => {
  const { status, runs, problem } = await runExperiment({ ...experiment, ...changes }, given);
  const [run] = runs;
  return {
    status,
    problem,
    events: given.events,
    result: run?.result,
    bytes: run && (await readRun(run.folder)),
  };
};

/** The run that others are compared with. */
let whole: { readonly out: string } & Awaited<ReturnType<typeof train>>;
beforeAll(async () => {
  const folder = await temporaryFolder();
  whole = { out: folder, ...(await train({}, runOptions(folder))) };
});
afterAll(() => rm(whole.out, { recursive: true }));

describe('The best weights', () => {
  test('are those of the look with the lowest value, of a metric of which lower is better', () => {
    const looks = whole.events.filter((event) => event.kind === 'look');
    expect(looks.map(({ step, count }) => [step, count])).toEqual([
      [2, 1],
      [4, 2],
      [6, 3],
    ]);
    const lowest = Math.min(...looks.map(({ value }) => value!));
    const first = looks.find(({ value }) => value === lowest)!;
    expect(whole.result!.kept).toEqual({
      step: first.step,
      epoch: first.step / 3,
      looks: 3,
      metric: 'brier',
      unit: 'number',
      value: lowest,
    });
    expect(whole.result!.scores[0]!.value).toBe(lowest);
    expect(looks.findLast(({ isBest }) => isBest)!.step).toBe(first.step);
  });

  test('are the bytes that a run has which ends there, and are scored as it is', async () => {
    const { step } = whole.result!.kept!;
    // Else a run that keeps the last weights would pass as well.
    expect(step).toBeLessThan(6);
    const short = await train({ train: { value: step, unit: 'steps' }, checkpoint: 'last' });
    expect(short.bytes!.weights).toBe(whole.bytes!.weights);
    expect(short.result!.scores).toEqual(whole.result!.scores);
    expect(short.result!.kept).toBeUndefined();
  });

  test('the training is the same as if nobody looked', async () => {
    const last = await train({ checkpoint: 'last' });
    const losses = (text: string) =>
      Buffer.from(text, 'hex')
        .toString()
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).loss)
        .filter((loss) => loss !== undefined);
    expect(losses(last.bytes!.metrics!)).toEqual(losses(whole.bytes!.metrics!));
  });

  test.each([
    ['a step before the first look', 1, 'train'],
    ['a step after it', 3, 'train'],
    ['the first look', 0, 'infer'],
    ['the last look', 2, 'infer'],
  ] as const)('are the same bytes after an interruption in %s', async (_, call, of) => {
    const cut = await train({}, runOptions(out, interrupting(call, of)));
    expect(cut.status).toBe('interrupted');
    const resumed = await train();
    expect(resumed.bytes).toEqual(whole.bytes);
  });

  test('with another prediction are other ones, and so is their run', async () => {
    const sliding = await train({
      predict: [use('sliding', { stride: 0.5, blend: 'uniform' })],
      crop: [8, 8],
    });
    expect(sliding.status).toBe('done');
    expect(sliding.result!.kept!.looks).toBe(3);
    expect(sliding.result!.scores[0]!.value).toBe(sliding.result!.kept!.value);
  });
});

test('Less often than the run is long is told before anything is trained', async () => {
  const every = { value: 2, unit: 'epochs' };
  const { status, problem, events } = await train({
    checkpoint: { metric: 'brier', every, span },
    train: { value: 5, unit: 'steps' },
  });
  expect(status).toBe('failed');
  expect(problem).toMatchObject({
    exit: 2,
    message: expect.stringContaining('which is 6 steps, and the run is over after 5'),
  });
  expect(events).toEqual([]);
});
