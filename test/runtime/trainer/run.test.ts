import { cp, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { decode } from 'fast-png';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Experiment, LabelSource, Sweep } from '../../../compiler/experiment.ts';
import type { EngineClass, EngineProvider } from '../../../runtime/engines/engine.ts';
import { decodeTensors } from '../../../runtime/store/safetensors.ts';
import { type RunOptions, runExperiment, runSweep } from '../../../runtime/trainer/run.ts';
import { average, smallExperiment, use } from '../../support/experiment.ts';
import { referenceClass, referenceEngine } from '../../support/reference-session.ts';
import { interrupting, kinds, readRun, runOptions } from '../../support/runs.ts';

const majority: LabelSource = { ...average, steps: [use('majority')], soft: false };
const { span } = smallExperiment;
const experiment: Experiment = {
  ...smallExperiment,
  model: use('unet', { depth: 2, width: 2, norm: 'batch' }),
  train: { value: 6, unit: 'steps' },
  evaluate: [
    { metric: use('dice'), on: majority, span },
    { metric: use('ece', { bins: 10 }), on: average, span },
  ],
};

const temporaryFolder = () => mkdtemp(path.join(tmpdir(), 'dml-run-'));

let out: string;
beforeEach(async () => {
  out = await temporaryFolder();
});
afterEach(() => rm(out, { recursive: true }));

/** The run that others are compared with: whole, from its first step. */
let whole: { readonly out: string; readonly bytes: Awaited<ReturnType<typeof readRun>> };
beforeAll(async () => {
  const folder = await temporaryFolder();
  const { runs } = await runExperiment(experiment, options({ out: folder }));
  whole = { out: folder, bytes: await readRun(runs[0]!.folder) };
});
afterAll(() => rm(whole.out, { recursive: true }));

/** A finished run in the folder of the test. */
const finished = () => cp(whole.out, out, { recursive: true });

const options = (changes: Partial<RunOptions> = {}) => runOptions(out, changes);

test('A run leaves a folder with everything that belongs to it, and says what it does', async () => {
  const given = options({ set: ['train=6 steps'] });
  const { status, runs, aggregates } = await runExperiment(experiment, given);
  expect(status).toBe('done');
  expect(kinds(given.events)).toEqual(['engine', 'start', 'checkpoint', 'evaluation', 'done']);
  const { folder, result } = runs[0]!;
  expect(path.relative(out, folder)).toMatch(/^small\/[0-9a-f]{12}\/fold0-seed0$/);
  expect(await readdir(folder)).toEqual([
    'checkpoints',
    'environment.json',
    'experiment.yaml',
    'metrics.jsonl',
    'picture.png',
    'predictions.safetensors',
    'result.json',
    'source.dml',
    'weights.safetensors',
  ]);
  expect(await readFile(path.join(folder, 'source.dml'), 'utf8')).toBe('dml 1\n# as written\n');
  const environment = JSON.parse(await readFile(path.join(folder, 'environment.json'), 'utf8'));
  expect(environment).toMatchObject({
    dml: '1.2.3',
    node: process.version,
    engine: referenceClass,
    set: ['train=6 steps'],
  });
  expect(environment.inputs.data).toMatch(/^[0-9a-f]{64}$/);
  expect(result.steps).toBe(6);
  expect(result.cases).toHaveLength(2);
  expect(result.scores.map(({ metric, on, options: given }) => [metric, given, on])).toEqual([
    ['dice', '', 'raters |> majority'],
    ['ece', '', 'raters |> average'],
  ]);
  for (const [i, { value }] of result.scores.entries()) {
    const cases = result.cases.map(({ values }) => values[i]!);
    expect(value).toBeCloseTo((cases[0]! + cases[1]!) / 2, 12);
    expect(aggregates[i]!.statistic).toEqual({ mean: value, runs: 1 });
  }
});

test('The weights on disk are those of the network, with the statistics that prediction needs', async () => {
  const { runs } = await runExperiment(experiment, options());
  const file = decodeTensors(await readFile(path.join(runs[0]!.folder, 'weights.safetensors')));
  if ('reason' in file) throw new Error(file.reason);
  expect(file.tensors.get('encoder.0.conv1.kernel')!.shape).toEqual([3, 3, 1, 2]);
  expect([...file.tensors.keys()]).toContain('encoder.0.norm1.variance');
  expect([...file.tensors.keys()].filter((name) => name.includes('momentum'))).toEqual([]);
});

test('The same run twice gives the same bytes, and another seed gives others', async () => {
  const again = await runExperiment(experiment, options());
  const other = await runExperiment({ ...experiment, seed: [1] }, options());
  expect(await readRun(again.runs[0]!.folder)).toEqual(whole.bytes);
  expect((await readRun(other.runs[0]!.folder)).weights).not.toBe(whole.bytes.weights);
});

test.each([0, 2, 4])(
  'A run that is interrupted in step %i, then run again, ends in the same bytes as one that is not',
  async (step) => {
    const given = options(interrupting(step));
    expect(await runExperiment(experiment, given)).toMatchObject({ status: 'interrupted', runs: [] });
    expect(given.events.at(-1)).toMatchObject({ kind: 'interrupted', step: step + 1, steps: 6 });
    const resumed = options();
    const { runs } = await runExperiment(experiment, resumed);
    expect(resumed.events.find(({ kind }) => kind === 'start')).toMatchObject({ step: step + 1 });
    expect(resumed.events[0]).toMatchObject({ kind: 'engine', why: 'recorded' });
    expect(await readRun(runs[0]!.folder)).toEqual(whole.bytes);
  },
);

test('A run that is interrupted between training and scores is not trained again', async () => {
  await runExperiment(experiment, options(interrupting(5)));
  let steps = 0;
  const counting = referenceEngine((session) => ({
    ...session,
    call: (name, inputs) => {
      if (name === 'train') steps += 1;
      return session.call(name, inputs);
    },
  }));
  const { runs } = await runExperiment(experiment, options({ engines: [counting] }));
  expect(steps).toBe(0);
  expect(await readRun(runs[0]!.folder)).toEqual(whole.bytes);
});

/** An engine whose library must not be loaded. */
const unloadable: EngineProvider = {
  ...referenceEngine(),
  open: async () => {
    throw new Error('loaded');
  },
};

describe('A finished run', () => {
  test('is not run again: its result is read, and the engine is not even loaded', async () => {
    await finished();
    const given = options({ engines: [unloadable] });
    const { status, runs } = await runExperiment(experiment, given);
    expect(status).toBe('done');
    expect(runs[0]!.result).toMatchObject(whole.bytes.result);
    expect(kinds(given.events)).toEqual(['engine', 'skipped']);
  });

  test('is found whatever the experiment expects of it, and whatever declaration order or place it has', async () => {
    await finished();
    const moved = {
      ...experiment,
      expect: [{ metric: 'dice', operator: '>', value: 2, span: { ...span, start: 7 } } as const],
    };
    const { verdicts } = await runExperiment(moved, options({ engines: [unloadable] }));
    expect(verdicts).toMatchObject([{ claim: 'dice > 2', verdict: 'fails' }]);
  });

  test('is scored again, and not trained again, if only the metrics change', async () => {
    await finished();
    const given = options();
    const metrics = [...experiment.evaluate, { metric: use('bdice', { levels: 9 }), on: average, span }];
    const { runs } = await runExperiment({ ...experiment, evaluate: metrics }, given);
    expect(kinds(given.events)).toEqual(['engine', 'evaluation', 'done']);
    expect(runs[0]!.result.scores.slice(0, 2)).toEqual(whole.bytes.result.scores);
    expect(runs[0]!.result.scores[2]).toMatchObject({ metric: 'bdice', value: expect.any(Number) });
  });

  test('is run again by force, to the same bytes', async () => {
    await finished();
    const given = options({ force: true });
    const { runs } = await runExperiment(experiment, given);
    expect(kinds(given.events)).toContain('start');
    expect(await readRun(runs[0]!.folder)).toEqual(whole.bytes);
  });
});

describe('A damaged checkpoint', () => {
  async function interrupted() {
    const given = options({ ...interrupting(3), checkpointSeconds: 0 });
    await runExperiment(experiment, given);
    const checkpoints = given.events.flatMap((event) => (event.kind === 'checkpoint' ? event.file : []));
    return checkpoints.slice(-2) as [string, string];
  }

  test('is passed over, with a notice, for the one before it', async () => {
    const [, newest] = await interrupted();
    await truncate(newest, 1000);
    const given = options();
    expect(await runExperiment(experiment, given)).toMatchObject({ status: 'done' });
    expect(given.events.find(({ kind }) => kind === 'notice')).toMatchObject({
      message: expect.stringContaining(`${newest} cannot be used: it ends after 1000 bytes`),
    });
    expect(given.events.find(({ kind }) => kind === 'start')).toMatchObject({ step: 3 });
  });

  test('without another one is an error that says what to do', async () => {
    const [older, newest] = await interrupted();
    const bytes = await readFile(newest);
    bytes[bytes.length - 1]! ^= 1;
    await writeFile(newest, bytes);
    await rm(older);
    await expect(runExperiment(experiment, options())).rejects.toMatchObject({
      message: expect.stringContaining('its content is not what was written'),
      file: newest,
      help: 'Run with --force to start again from the first step.',
    });
    expect(await runExperiment(experiment, options({ force: true }))).toMatchObject({ status: 'done' });
  });
});

test('A run goes on in the class that it began with, and says why where the machine cannot give it', async () => {
  await runExperiment(experiment, options(interrupting(2)));
  const wanted: EngineClass[] = [];
  const changed: EngineProvider = {
    ...referenceEngine(),
    find: async (given) => {
      if (!given) return { found: { ...referenceClass, threads: 2 } };
      wanted.push(given);
      return { missing: { engine: 'native', reason: 'there are 2 threads', help: 'Use --force.' } };
    },
  };
  const { status, problem } = await runExperiment(experiment, options({ engines: [changed] }));
  expect(wanted).toEqual([referenceClass]);
  expect(status).toBe('failed');
  expect(problem).toEqual({
    message: 'This run was interrupted, and its engine native cannot take it up here: there are 2 threads.',
    help: 'Use --force.',
    exit: 2,
  });
  expect(await runExperiment(experiment, options({ engines: [changed], force: true }))).toMatchObject({
    status: 'done',
    runs: [{ result: { engine: { threads: 2 } } }],
  });
});

test('Another engine that is asked for starts the run anew', async () => {
  await runExperiment(experiment, options(interrupting(2)));
  const other: EngineProvider = {
    name: 'tensorflow',
    find: async () => ({ found: { ...referenceClass, engine: 'tensorflow' } }),
    open: referenceEngine().open,
  };
  const given = options({ engines: [other] });
  await runExperiment(experiment, given);
  expect(given.events.find(({ kind }) => kind === 'start')).toMatchObject({ step: 0 });
});

test('Without any engine the message tells of each that was looked for', async () => {
  const missing: EngineProvider = {
    ...referenceEngine(),
    find: async () => ({ missing: { engine: 'native', reason: 'it is broken', help: 'Install it.' } }),
  };
  const { problem } = await runExperiment(experiment, options({ engines: [missing] }));
  expect(problem).toEqual({
    message: 'The engine native is not there: it is broken.',
    help: 'Install it.',
    exit: 2,
  });
});

test('Folds times seeds are run in this order, and only all of them decide what is expected', async () => {
  const family: Experiment = {
    ...experiment,
    data: { ...experiment.data, folds: use('contiguous', { count: 2 }) },
    fold: 'all',
    seed: [0, 1],
    train: { value: 1, unit: 'epochs' },
    expect: [{ metric: 'dice', operator: '<=', value: 1, span }],
  };
  const part = options({ folds: [1], seeds: [0] });
  const some = await runExperiment(family, part);
  expect(some.verdicts).toMatchObject([{ verdict: 'undecided' }]);
  expect(part.events.find(({ kind }) => kind === 'start')).toMatchObject({
    steps: 2,
    cases: { train: 4, validation: 4 },
    run: { fold: 1, seed: 0, index: 0, of: 1 },
  });
  const given = options();
  const { runs, verdicts, aggregates } = await runExperiment(family, given);
  expect(runs.map(({ result }) => [result.fold, result.seed])).toEqual([
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ]);
  expect(given.events.filter(({ kind }) => kind === 'skipped')).toHaveLength(1);
  expect(verdicts).toEqual([{ claim: 'dice <= 1', verdict: 'holds', value: aggregates[0]!.statistic!.mean }]);
  expect(aggregates[0]!.statistic!.runs).toBe(4);
});

test('A fold that the experiment does not have is refused', async () => {
  const { problem } = await runExperiment(experiment, options({ folds: [3] }));
  expect(problem).toMatchObject({ message: 'The experiment small has no fold 3.', exit: 2 });
});

test('Training on every case has no scores', async () => {
  const { runs } = await runExperiment({ ...experiment, fold: 'none' }, options());
  expect(path.basename(runs[0]!.folder)).toBe('fold-none-seed0');
  expect(runs[0]!.result.cases).toEqual([]);
  expect(runs[0]!.result.scores.map(({ value }) => value)).toEqual([undefined, undefined]);
});

test('A run that diverges ends with its step and cause, and saves nothing', async () => {
  const wild = {
    ...experiment,
    optimizer: use('sgd', { rate: 1e30, momentum: 0.9, decay: 0, nesterov: false }),
  };
  const given = options();
  const { status, problem, runs } = await runExperiment(wild, given);
  expect({ status, runs }).toEqual({ status: 'failed', runs: [] });
  expect(problem).toMatchObject({ message: expect.stringMatching(/at step \d of 6/), exit: 1 });
  expect(given.events.at(-1)).toMatchObject({ kind: 'failed', problem });
  expect(kinds(given.events)).not.toContain('checkpoint');
});

test('A folder that another process works in is left alone', async () => {
  const given = options(interrupting(2));
  await runExperiment(experiment, given);
  const { folder } = given.events.at(-1) as { folder: string };
  await writeFile(path.join(folder, 'lock'), JSON.stringify({ pid: 1, host: 'node-17', birth: null }));
  await expect(runExperiment(experiment, options())).rejects.toMatchObject({
    message: 'Another dml works in this folder: process 1 on node-17.',
    file: folder,
  });
});

test('A place where no folder can be made is one message', async () => {
  const file = path.join(out, 'file');
  await writeFile(file, '');
  await expect(runExperiment(experiment, options({ out: file }))).rejects.toMatchObject({
    message: 'This cannot be written: a file stands where a folder should be.',
    file,
    help: 'Move it away, or name another folder with --out.',
  });
});

describe('A sweep', () => {
  const arm = (number: number, rate: number) => ({
    number,
    values: [String(rate)],
    experiment: {
      ...experiment,
      name: `rates/${number}`,
      optimizer: use('sgd', { rate, momentum: 0.9, decay: 0, nesterov: false }),
    },
  });
  const sweep: Sweep = {
    name: 'rates',
    doc: undefined,
    factors: ['optimizer.rate'],
    arms: [arm(1, 0.01), arm(2, 0.1)],
    span,
  };

  test('runs its arms and lays them side by side, each metric with its truth', async () => {
    const { status, table, arms, folder, picture } = await runSweep(sweep, options());
    expect(status).toBe('done');
    expect(table.factors).toEqual(['optimizer.rate']);
    expect(table.columns).toEqual([
      { metric: 'dice', options: '', on: 'raters |> majority' },
      { metric: 'ece', options: '', on: 'raters |> average' },
    ]);
    expect(table.rows).toEqual(
      arms.map(({ aggregates }, i) => ({
        arm: i + 1,
        values: [['0.01'], ['0.1']][i],
        cells: aggregates.map(({ statistic }) => statistic),
      })),
    );
    const written = JSON.parse(await readFile(path.join(folder!, 'result.json'), 'utf8'));
    expect(written).toMatchObject({
      sweep: 'rates',
      table,
      arms: [{ number: 1, values: ['0.01'] }, { number: 2 }],
    });
    expect(path.resolve(folder!, written.arms[1].runs[0])).toBe(arms[1]!.runs[0]!.folder);
    const [both, single] = await Promise.all(
      [picture!, path.join(arms[0]!.runs[0]!.folder, 'picture.png')].map(async (file) =>
        decode(await readFile(file)),
      ),
    );
    expect(both!.width).toBeGreaterThan(single!.width);
  });

  test('shares its runs with the experiment that an arm is equal to, whatever that is called', async () => {
    const { runs } = await runExperiment({ ...sweep.arms[0]!.experiment, name: 'base' }, options());
    const given = options();
    const { arms } = await runSweep(sweep, given);
    expect(given.events.filter(({ kind }) => kind === 'skipped')).toHaveLength(1);
    expect(arms[0]!.runs).toEqual(runs);
    expect(path.relative(out, arms[1]!.runs[0]!.folder)).toMatch(/^rates\/[0-9a-f]{12}\/fold0-seed0$/);
  });

  test('finds the runs of its arms again when a new arm gives them other numbers', async () => {
    const { arms } = await runSweep(sweep, options());
    const moved = { ...sweep, arms: [arm(1, 0.03), arm(2, 0.01), arm(3, 0.1)] };
    const given = options();
    const again = await runSweep(moved, given);
    expect(given.events.filter(({ kind }) => kind === 'skipped')).toHaveLength(2);
    expect(again.arms.slice(1).map(({ runs }) => runs)).toEqual(arms.map(({ runs }) => runs));
  });

  test('goes on with the other arms where one diverges, and fails in the end', async () => {
    const { status, problem, table, folder } = await runSweep(
      { ...sweep, arms: [arm(1, 1e30), arm(2, 0.1)] },
      options(),
    );
    expect({ status, exit: problem?.exit }).toEqual({ status: 'failed', exit: 1 });
    expect(table.rows.map(({ cells }) => cells[0] === null)).toEqual([true, false]);
    expect(table.rows.map(({ problem }) => problem)).toEqual([
      expect.stringMatching(/at step \d of 6/),
      undefined,
    ]);
    const written = JSON.parse(await readFile(path.join(folder!, 'result.json'), 'utf8'));
    expect(written.arms).toMatchObject([{ number: 1, runs: [], problem: { exit: 1 } }, { number: 2 }]);
    const again = options();
    await runSweep({ ...sweep, arms: [arm(1, 1e30), arm(2, 0.1)] }, again);
    expect(again.events.filter(({ kind }) => kind === 'skipped')).toHaveLength(1);
  });

  test('goes on where an arm cannot be computed at all, and fails by itself where none can', async () => {
    class DeviceError extends Error {
      readonly help = 'Take a smaller batch.';
    }
    const without = (calls: number) => {
      let call = 0;
      return referenceEngine((session) => ({
        ...session,
        call: (name, inputs) => {
          if (call++ < calls) throw new DeviceError('The device is out of memory.');
          return session.call(name, inputs);
        },
      }));
    };
    const one = await runSweep(sweep, options({ engines: [without(1)] }));
    expect(one).toMatchObject({
      status: 'failed',
      problem: { message: 'The device is out of memory.', help: 'Take a smaller batch.', exit: 1 },
      arms: [{ status: 'failed' }, { status: 'done' }],
    });
    const all = await runSweep(sweep, options({ engines: [without(9)], force: true }));
    expect(all).toMatchObject({ status: 'failed', problem: { exit: 2 }, arms: [{}, {}] });
    expect(all.folder).toBeUndefined();
  });

  test('runs what two arms have in common once, whether it is finished or fails', async () => {
    const twice = options();
    const same = { ...sweep, arms: [arm(1, 0.1), arm(2, 0.1)] };
    const { arms } = await runSweep(same, twice);
    expect(kinds(twice.events)).toEqual(['engine', 'start', 'checkpoint', 'evaluation', 'done', 'skipped']);
    expect(twice.events.filter(({ kind }) => kind === 'start')).toHaveLength(1);
    expect(arms[1]!.runs).toEqual(arms[0]!.runs);
    const forced = options({ force: true });
    await runSweep(same, forced);
    expect(forced.events.filter(({ kind }) => kind === 'start')).toHaveLength(1);
    const [first, second] = same.arms;
    const apart = options({ out: path.join(out, 'apart') });
    const named = { ...second!, experiment: { ...second!.experiment, name: 'another' } };
    const scored = { ...named, experiment: { ...named.experiment, evaluate: experiment.evaluate.slice(1) } };
    const { arms: shared } = await runSweep({ ...sweep, arms: [first!, named, scored] }, apart);
    expect(apart.events.filter(({ kind }) => kind === 'start')).toHaveLength(1);
    expect(shared[1]!.runs).toEqual(shared[0]!.runs);
    expect(shared[2]!.runs[0]!.folder).toBe(shared[0]!.runs[0]!.folder);
    expect(shared[2]!.runs[0]!.result.scores).toEqual(shared[0]!.runs[0]!.result.scores.slice(1));
    const failing = options();
    await runSweep({ ...sweep, arms: [arm(1, 1e30), arm(2, 1e30)] }, failing);
    expect(failing.events.filter(({ kind }) => kind === 'start')).toHaveLength(1);
    expect(failing.events.filter(({ kind }) => kind === 'failed')).toHaveLength(2);
  });

  test('can be run arm by arm', async () => {
    const { table } = await runSweep(sweep, options({ arms: [2] }));
    expect(table.rows.map(({ arm: number }) => number)).toEqual([2]);
  });
});
