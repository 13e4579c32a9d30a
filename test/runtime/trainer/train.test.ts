import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { GraphBuilder } from '../../../compiler/graph/builder.ts';
import type { Graph } from '../../../compiler/graph/graph.ts';
import { mul } from '../../../compiler/graph/operations/mul.ts';
import { reshape } from '../../../compiler/graph/operations/reshape.ts';
import { sub } from '../../../compiler/graph/operations/sub.ts';
import { sum } from '../../../compiler/graph/operations/sum.ts';
import { differentiate } from '../../../compiler/graph/passes/differentiate.ts';
import type { Batches } from '../../../runtime/data/batches.ts';
import { sgd } from '../../../runtime/optimizers/sgd.ts';
import { random } from '../../../runtime/random.ts';
import { openMetrics } from '../../../runtime/store/metrics-log.ts';
import { type Progress, type State, type Training, train } from '../../../runtime/trainer/train.ts';
import { initialWeights } from '../../../runtime/trainer/weights.ts';
import { referenceSession } from '../../support/reference-session.ts';

/** Least squares: Σ (weight · image − labels)², two numbers a batch. */
function leastSquares(): Graph {
  const builder = new GraphBuilder();
  const image = builder.input('image', [2]);
  const weight = builder.variable({
    name: 'weight',
    shape: [2],
    role: 'weight',
    initial: { kind: 'normal', deviation: 1 },
  });
  const difference = sub(mul(image, weight), builder.input('labels0', [2]));
  const loss = reshape(sum(mul(difference, difference)), [1]);
  builder.define('train', { loss, 'loss.0': loss });
  return differentiate((context) => sgd(context, { rate: 0.1, momentum: 0.9 }))(builder.build());
}

const graph = leastSquares();

const batches: Batches = {
  perEpoch: 5,
  async get(index) {
    const stream = random('batch', index);
    const image = Float32Array.from([stream.normal(), stream.normal()]);
    return { image, labels: [image.map((x) => 3 * x)], keep: new Float32Array(2) };
  },
  close: async () => {},
};

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'dml-train-'));
});
afterEach(() => rm(folder, { recursive: true }));

interface Start {
  readonly state: State;
  readonly metricsBytes: number;
}

/** Runs the loop over the given steps, with everything it saved and reported. */
async function run(changes: Partial<Training> = {}, start?: Start) {
  const session = referenceSession(graph);
  await session.init();
  await session.write(start?.state.variables ?? initialWeights(graph, 1));
  const file = path.join(folder, 'metrics.jsonl');
  const log = await openMetrics(file, start?.metricsBytes ?? 0);
  const saved: Start[] = [];
  const reports: Progress[] = [];
  const end = await train({
    session,
    inputs: ['image', 'labels0', 'rate'],
    batches,
    rate: (step) => 0.02 / (1 + step),
    steps: 30,
    batch: 2,
    terms: ['squares'],
    from: start?.state ?? { step: 0, seconds: 0, loss: undefined, variables: new Map() },
    search: undefined,
    log,
    save: async (state) => void saved.push({ state, metricsBytes: await log.flush() }),
    checkpointSeconds: 1e9,
    signal: undefined,
    report: (progress) => void reports.push(progress),
    ...changes,
  });
  await log.close();
  return { end, saved, reports, metrics: await readFile(file, 'utf8') };
}

/** Batches that pull the plug when the given one is asked for. */
function interruptedAt(step: number): Partial<Training> {
  const controller = new AbortController();
  return {
    signal: controller.signal,
    batches: {
      ...batches,
      get: (index) => {
        if (index === step) controller.abort();
        return batches.get(index);
      },
    },
  };
}

test.each([0, 1, 7, 28])(
  'A run that is interrupted in step %i and resumed ends in the same state and log as one that is not',
  async (step) => {
    const whole = await run();
    const first = await run(interruptedAt(step));
    expect(first.end).toEqual({ status: 'interrupted', step: step + 1 });
    expect(first.saved.map(({ state }) => state.step)).toEqual([step + 1]);
    const second = await run({}, first.saved[0]);
    expect(second.saved.at(-1)!.state.variables).toEqual(whole.saved.at(-1)!.state.variables);
    expect(second.metrics).toBe(whole.metrics);
    expect(second.end).toMatchObject({ status: 'trained' });
  },
);

test('It does not matter how often and where a run is interrupted', async () => {
  const whole = await run();
  const places = fc.uniqueArray(fc.integer({ min: 0, max: 28 }), { maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(places, async (steps) => {
      let last: Start | undefined;
      for (const step of steps.sort((a, b) => a - b))
        last = (await run(interruptedAt(step), last)).saved[0] ?? last;
      const { saved, metrics } = await run({}, last);
      expect(saved.at(-1)!.state.variables).toEqual(whole.saved.at(-1)!.state.variables);
      expect(metrics).toBe(whole.metrics);
    }),
    { numRuns: 20 },
  );
});

/** Looks every third step that see a number of a few in the weights, and the signal in a look. */
function looking(stop?: { readonly look: number }): Partial<Training> {
  const controller = new AbortController();
  let looks = 0;
  return {
    signal: controller.signal,
    search: {
      isDue: (step) => step > 0 && step % 3 === 0,
      isBetter: (value, than) => value > than,
      async look(variables) {
        if (looks++ === stop?.look) {
          controller.abort();
          return undefined;
        }
        return { value: Math.floor(1000 * Math.abs(variables.get('weight')![0]!)) % 7 };
      },
      report: () => {},
    },
  };
}

test('The first of the best weights is kept, and it does not matter where the looks are interrupted', async () => {
  const whole = await run(looking());
  const { looks } = whole.saved.at(-1)!.state;
  const seen = whole.metrics
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter(({ look }) => look !== undefined);
  expect(seen.map(({ step }) => step)).toEqual([3, 6, 9, 12, 15, 18, 21, 24, 27, 30]);
  const best = Math.max(...seen.map(({ look }) => look));
  expect(looks).toMatchObject({ count: 10, step: 30 });
  expect(looks!.best).toMatchObject({ step: seen.find(({ look }) => look === best).step, value: best });
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 28 }), async (look, step) => {
      const first = await run(looking({ look }));
      expect(first.end).toEqual({ status: 'interrupted', step: 3 * (look + 1) });
      const second = await run({ ...interruptedAt(step), search: looking().search! }, first.saved[0]);
      const third = await run(looking(), second.saved[0] ?? first.saved[0]);
      expect(third.end).toMatchObject({ status: 'trained', state: { looks } });
      expect(third.metrics).toBe(whole.metrics);
    }),
    { numRuns: 15 },
  );
});

test('What was logged after the last checkpoint is not there twice after a resumption', async () => {
  const whole = await run();
  const { saved } = await run(interruptedAt(9));
  await run({ steps: 20 }, saved[0]);
  expect((await run({}, saved[0])).metrics).toBe(whole.metrics);
});

test('The log has one line a step, with loss, terms and rate', async () => {
  const { metrics } = await run({ steps: 3 });
  const lines = metrics
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.map(({ step, rate }) => [step, rate])).toEqual([
    [1, 0.02],
    [2, 0.01],
    [3, 0.02 / 3],
  ]);
  for (const { loss, terms } of lines) expect(terms).toEqual({ squares: loss });
});

test('The first and the last step are reported, and every loss is part of one report', async () => {
  const { reports, metrics } = await run();
  expect(reports[0]!.step).toBe(1);
  expect(reports.at(-1)).toMatchObject({ step: 30, steps: 30, secondsLeft: 0 });
  const steps = reports.map(({ step }, i) => step - (reports[i - 1]?.step ?? 0));
  const reported = reports.reduce((total, { loss }, i) => total + loss * steps[i]!, 0);
  const logged = metrics
    .trimEnd()
    .split('\n')
    .reduce((total, line) => total + JSON.parse(line).loss, 0);
  expect(reported).toBeCloseTo(logged, 9);
});

test('Checkpoints come when their time has passed, and once more at the end', async () => {
  const { saved } = await run({ steps: 3, checkpointSeconds: 0 });
  expect(saved.map(({ state }) => state.step)).toEqual([1, 2, 3]);
});

test('A signal before the first step ends the run with nothing done', async () => {
  const { end, saved } = await run({ signal: AbortSignal.abort() });
  expect(end).toEqual({ status: 'interrupted', step: 0 });
  expect(saved).toEqual([]);
});

test('A rate that is too high stops the run: step, last finite loss and the cause are named, nothing is saved', async () => {
  const { end, saved } = await run({ rate: () => 1e6, steps: 1000 });
  expect(saved).toEqual([]);
  if (end.status !== 'failed') throw new Error(end.status);
  expect(end.problem.message).toMatch(
    /^The loss is (Infinity|NaN) at step \d+ of 1000 \(squares is .*\)\. The last finite loss was \S+, at step \d+\./,
  );
  expect(end.problem.help).toMatch(
    /^The loss rose from .* the rate, 1000000 by then, is probably too high\./,
  );
  expect(end.problem.exit).toBe(1);
});

test('A loss that is no number before any update is not blamed on the rate', async () => {
  const broken: Batches = {
    ...batches,
    get: async () => ({
      image: new Float32Array([Number.NaN, 1]),
      labels: [new Float32Array(2)],
      keep: new Float32Array(2),
    }),
  };
  const { end } = await run({ batches: broken });
  if (end.status !== 'failed') throw new Error(end.status);
  expect(end.problem.message).toContain('The loss is NaN at step 1 of 30');
  expect(end.problem.help).toContain('before any update, so the rate is not the cause');
});

test('Weights that overflow in the last update are not saved', async () => {
  const { end, saved } = await run({ rate: () => 1e39, steps: 1 });
  expect(saved).toEqual([]);
  expect(end).toMatchObject({ status: 'failed', problem: { exit: 1 } });
  if (end.status === 'failed') expect(end.problem.message).toContain("After step 1 'weight' holds numbers");
});
