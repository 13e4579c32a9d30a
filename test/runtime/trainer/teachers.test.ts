import { cp, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Distilled, Experiment, LabelSource, Sweep } from '../../../compiler/experiment.ts';
import { logitsIn } from '../../../runtime/data/teacher.ts';
import type { Session } from '../../../runtime/engines/engine.ts';
import { softmax } from '../../../runtime/softmax.ts';
import { decodeTensors } from '../../../runtime/store/safetensors.ts';
import type { TrainerEvent } from '../../../runtime/trainer/events.ts';
import { type RunOptions, runExperiment, runSweep } from '../../../runtime/trainer/run.ts';
import { average, smallExperiment, use } from '../../support/experiment.ts';
import { referenceEngine } from '../../support/reference-session.ts';
import { interrupting, readRun, runOptions } from '../../support/runs.ts';

const { span } = smallExperiment;
const majority: LabelSource = { ...average, steps: [use('majority')], soft: false };
const dice = { metric: use('dice'), on: majority, span };

const big: Experiment = {
  ...smallExperiment,
  name: 'big',
  data: { ...smallExperiment.data, folds: use('contiguous', { count: 2 }) },
  model: use('unet', { depth: 1, width: 2, norm: 'batch' }),
  train: { value: 3, unit: 'steps' },
  fold: [0],
  evaluate: [dice],
};

const distilled = (experiment: Experiment, changes: Partial<Distilled> = {}): LabelSource => ({
  root: {
    kind: 'distill',
    experiment,
    pick: 'same',
    temperature: 1,
    head: 'main',
    predict: [use('sliding', { stride: 2 / 3, blend: 'uniform' })],
    ...changes,
  },
  steps: [],
  soft: true,
  span,
});

/** Learns half from the majority of the raters, half from this source. */
const studentOf = (teacher: LabelSource, changes: Partial<Experiment> = {}): Experiment => ({
  ...big,
  name: 'student',
  labels: majority,
  teacher,
  loss: [
    { weight: 0.5, loss: use('ce'), on: majority, at: 'main', span },
    { weight: 0.5, loss: use('ce'), on: teacher, at: 'main', span },
  ],
  ...changes,
});

const student = studentOf(distilled(big));

const temporaryFolder = () => mkdtemp(path.join(tmpdir(), 'dml-teachers-'));
let out: string;
beforeEach(async () => {
  out = await temporaryFolder();
});
afterEach(() => rm(out, { recursive: true }));
const options = (changes: Partial<RunOptions> = {}) => runOptions(out, changes);

/** The student that others are compared with, trained without a break. */
let whole: { readonly out: string; readonly bytes: Awaited<ReturnType<typeof readRun>> };
beforeAll(async () => {
  const folder = await temporaryFolder();
  const { runs } = await runExperiment(student, runOptions(folder));
  whole = { out: folder, bytes: await readRun(runs[0]!.folder) };
});
afterAll(() => rm(whole.out, { recursive: true }));

/** The trained teacher of that student, with or without what it has predicted. */
async function trained({ predictions }: { readonly predictions: boolean }): Promise<void> {
  await cp(whole.out, out, { recursive: true });
  await rm(path.join(out, 'student'), { recursive: true });
  if (!predictions) await rm(path.join(await teacherFolder(out), 'logits'), { recursive: true });
}

const teacherFolder = async (root: string) => {
  const [key] = await readdir(path.join(root, 'big'));
  return path.join(root, 'big', key!, 'fold0-seed0');
};

/** What happened to whom, in order: `start big`, `predicting big` … */
const story = (events: readonly TrainerEvent[]) =>
  events.flatMap((event) =>
    'run' in event && ['start', 'skipped', 'predicting', 'done', 'failed', 'interrupted'].includes(event.kind)
      ? [`${event.kind} ${event.run.experiment}`]
      : [],
  );

/** Folders of runs and predictions below a root, without their hashes. */
const foldersOf = async (folder: string) =>
  (await readdir(folder, { recursive: true })).map((name) => name.replaceAll(/[0-9a-f]{12}/g, 'KEY')).sort();

test('A student trains its teacher first, then lets it predict, then learns from it', async () => {
  const given = options();
  const { status, runs } = await runExperiment(student, given);
  expect(status).toBe('done');
  expect(runs).toHaveLength(1);
  expect(story(given.events)).toEqual([
    'start big',
    'done big',
    'predicting big',
    'start student',
    'done student',
  ]);
  const starts = given.events.filter((event) => event.kind === 'start').map(({ run }) => run);
  expect(starts[0]).toMatchObject({ experiment: 'big', teacherOf: 'student', fold: 0, index: 0, of: 2 });
  expect(starts[1]).not.toHaveProperty('teacherOf');
  // Half of the 8 cases are trained on; nothing is scored on what the teacher says.
  const files = (await foldersOf(out)).filter((name) => /^big.*logits.*\.safetensors$/.test(name));
  expect(files).toEqual([5, 6, 7, 8].map((n) => `big/KEY/fold0-seed0/logits/KEY/main/shape${n}.safetensors`));
});

test('What the teacher predicts for a whole case is what it was scored with', async () => {
  await cp(whole.out, out, { recursive: true });
  const given = options();
  const scored = studentOf(distilled(big), { evaluate: [{ ...dice, on: distilled(big) }] });
  await runExperiment(scored, given);
  // The student was trained before: the teacher predicts the cases that it is scored on.
  expect(story(given.events)).toEqual(['skipped big', 'predicting big', 'done student']);
  const folder = await teacherFolder(out);
  const logits = path.join(folder, 'logits');
  const [weights] = await readdir(logits);
  const found = logitsIn(await readFile(path.join(logits, weights!, 'main', 'shape1.safetensors')));
  const own = decodeTensors(await readFile(path.join(folder, 'predictions.safetensors')));
  if ('reason' in found || 'reason' in own) throw new Error('unreadable');
  const expected = own.tensors.get('shape1')!.data;
  for (const [i, p] of softmax(found.data, 2, 1).entries()) expect(p).toBeCloseTo(expected[i]!, 6);
});

test('Run again, nothing is trained and nothing predicted; the teacher by itself is found as well', async () => {
  await cp(whole.out, out, { recursive: true });
  const again = options();
  await runExperiment(student, again);
  expect(story(again.events)).toEqual(['skipped student']);
  const alone = options();
  await runExperiment(big, alone);
  expect(story(alone.events)).toEqual(['skipped big']);
});

test('A teacher that was trained by itself is not trained again', async () => {
  await trained({ predictions: false });
  const given = options();
  await runExperiment(student, given);
  expect(story(given.events)).toEqual(['skipped big', 'predicting big', 'start student', 'done student']);
});

test('By force the student is trained again, its teacher is not', async () => {
  await cp(whole.out, out, { recursive: true });
  const given = options({ force: true });
  const { runs } = await runExperiment(student, given);
  expect(story(given.events)).toEqual(['skipped big', 'start student', 'done student']);
  expect(await readRun(runs[0]!.folder)).toEqual(whole.bytes);
});

test.each([
  ['the training of its teacher', 1, 'train', 'interrupted big', async () => {}],
  ['the scores of its teacher', 0, 'infer', 'interrupted big', async () => {}],
  ['what its teacher predicts', 1, 'infer', 'interrupted student', () => trained({ predictions: false })],
  ['its training', 1, 'train', 'interrupted student', () => trained({ predictions: true })],
] as const)(
  'Interrupted in %s, then run again, a student ends in the same bytes',
  async (_, call, of, last, before) => {
    await before();
    const given = options(interrupting(call, of));
    expect(await runExperiment(student, given)).toMatchObject({ status: 'interrupted', runs: [] });
    expect(story(given.events).at(-1)).toBe(last);
    const { status, runs } = await runExperiment(student, options());
    expect(status).toBe('done');
    expect(await readRun(runs[0]!.folder)).toEqual(whole.bytes);
  },
);

test('Arms that differ in the student alone share the runs and predictions of its teacher', async () => {
  const arms = [0.1, 0.2].map((epsilon, i) => ({
    number: i + 1,
    values: [String(epsilon)],
    experiment: studentOf(
      { ...distilled(big), steps: [use('smooth', { epsilon })] },
      { name: `mild/${i + 1}` },
    ),
  }));
  const sweep: Sweep = { name: 'mild', doc: undefined, factors: ['teacher.smooth.epsilon'], arms, span };
  await trained({ predictions: false });
  const given = options();
  expect((await runSweep(sweep, given)).status).toBe('done');
  expect(story(given.events)).toEqual([
    'skipped big',
    'predicting big',
    'start mild/1',
    'done mild/1',
    'start mild/2',
    'done mild/2',
  ]);
});

test('Of the teacher only the folds and seeds are trained that the chosen runs need', async () => {
  const family = { fold: 'all', seed: [0, 1] } as const;
  const given = options({ folds: [1], seeds: [1] });
  await runExperiment(studentOf(distilled({ ...big, ...family }), family), given);
  const starts = given.events.filter((event) => event.kind === 'start').map(({ run }) => run);
  expect(starts.map(({ experiment, fold, seed }) => [experiment, fold, seed])).toEqual([
    ['big', 1, 1],
    ['student', 1, 1],
  ]);
});

test('Each student learns from the teacher of its own fold', async () => {
  await trained({ predictions: true });
  const given = options();
  const folds = { fold: [0, 1] } as const;
  const { runs } = await runExperiment(studentOf(distilled({ ...big, ...folds }), folds), given);
  const starts = given.events.filter((event) => event.kind === 'start').map(({ run }) => run);
  expect(starts.map(({ experiment, fold }) => [experiment, fold])).toEqual([
    ['big', 1],
    ['student', 0],
    ['student', 1],
  ]);
  const [first, second] = await Promise.all(runs.map(({ folder }) => readRun(folder)));
  expect(first).toEqual(whole.bytes);
  expect(second!.weights).not.toBe(first!.weights);
});

test('A seed that is named is the only one that is trained', async () => {
  await trained({ predictions: true });
  const given = options();
  const seeds = { ...big, seed: [0, 1, 2] };
  await runExperiment(studentOf(distilled(seeds, { pick: { seed: 0 } }), { seed: [1] }), given);
  expect(story(given.events)).toEqual(['skipped big', 'start student', 'done student']);
});

test('A teacher may have a teacher', async () => {
  await trained({ predictions: false });
  const middle = studentOf(distilled(big), { name: 'middle' });
  const given = options();
  await runExperiment(studentOf(distilled(middle)), given);
  expect(story(given.events)).toEqual([
    'skipped big',
    'predicting big',
    'start middle',
    'done middle',
    'predicting middle',
    'start student',
    'done student',
  ]);
});

test('Where a teacher diverges, its student is not trained, and the message names both', async () => {
  const broken = (session: Session): Session => ({
    ...session,
    call: async (name, inputs) => {
      const outputs = await session.call(name, inputs);
      return name === 'train' ? { ...outputs, loss: Float32Array.of(Number.NaN) } : outputs;
    },
  });
  const given = options({ engines: [referenceEngine(broken)] });
  const { status, problem } = await runExperiment(student, given);
  expect(status).toBe('failed');
  expect(problem).toMatchObject({ exit: 1 });
  expect(problem!.message).toMatch(
    /^student cannot be trained, because its teacher big \(fold 0, seed 0\) failed: The loss is NaN at step 1 of 3/,
  );
  expect(story(given.events)).toEqual(['start big', 'failed big', 'failed student']);
});

test('A teacher that has seen what its student is scored on is refused', async () => {
  const other = { ...big, data: { ...big.data, folds: use('contiguous', { count: 4 }) } };
  const { status, problem } = await runExperiment(studentOf(distilled(other)), options());
  expect(status).toBe('failed');
  expect(problem!.message).toBe(
    'student learns from big, which is trained on cases of fold 0 that student is scored on: shape3, shape4.',
  );
  expect(await readdir(out)).toEqual([]);
});

test('A teacher that was interrupted elsewhere does not change the engine of students that are finished', async () => {
  await cp(whole.out, out, { recursive: true });
  const folder = await teacherFolder(out);
  await rm(path.join(folder, 'result.json'));
  const file = path.join(folder, 'environment.json');
  const environment = JSON.parse(await readFile(file, 'utf8'));
  environment.engine.threads = 8;
  await writeFile(file, JSON.stringify(environment));
  const given = options();
  expect((await runExperiment(student, given)).status).toBe('done');
  expect(story(given.events)).toEqual(['skipped student']);
});

test('A damaged prediction is made anew before the student is trained', async () => {
  await trained({ predictions: true });
  const logits = path.join(await teacherFolder(out), 'logits');
  const [key] = await readdir(logits);
  await truncate(path.join(logits, key!, 'main', 'shape6.safetensors'), 100);
  const given = options();
  const { runs } = await runExperiment(student, given);
  expect(given.events.find((event) => event.kind === 'predicting')).toMatchObject({ cases: 1 });
  expect(await readRun(runs[0]!.folder)).toEqual(whole.bytes);
});

test('Where the weights of a teacher are gone, the message says how to get them', async () => {
  await trained({ predictions: true });
  await rm(path.join(await teacherFolder(out), 'weights.safetensors'));
  await expect(runExperiment(student, options())).rejects.toMatchObject({
    name: 'StoreError',
    message: 'The weights of a teacher cannot be read: it is gone.',
    help: 'Run the teacher by itself with --force to train it again.',
  });
});

test('The temperature of the teacher changes its labels, and a student of another one is another run', async () => {
  await trained({ predictions: true });
  const { runs } = await runExperiment(studentOf(distilled(big, { temperature: 4 })), options());
  const bytes = await readRun(runs[0]!.folder);
  expect(bytes.weights).not.toBe(whole.bytes.weights);
  expect(bytes.result.key).not.toBe(whole.bytes.result.key);
});

const fitted = { ...distilled(big), steps: [use('temperature', { T: 'fitted' })] };

test('A fitted temperature is told and recorded, and labels are made with it', async () => {
  await trained({ predictions: true });
  const given = options();
  const { runs } = await runExperiment(studentOf(fitted), given);
  const told = given.events.find((event) => event.kind === 'temperature')!;
  expect(told).toMatchObject({ run: { experiment: 'student' }, cases: 4 });
  expect(told.labels).toBe('distill(big) |> temperature(T: fitted)');
  const environment = JSON.parse(await readFile(path.join(runs[0]!.folder, 'environment.json'), 'utf8'));
  expect(environment.temperatures).toEqual({ [told.labels]: told.temperature });

  // The same number, written into the file, gives the same weights.
  const written = { ...distilled(big), steps: [use('temperature', { T: told.temperature })] };
  const same = await runExperiment(studentOf(written), options());
  expect((await readRun(same.runs[0]!.folder)).weights).toBe((await readRun(runs[0]!.folder)).weights);
});

test('Without validation cases no temperature can be fitted, and the message says what to do', async () => {
  const all = { fold: 'none' } as const;
  const source = { ...fitted, root: distilled({ ...big, ...all }).root };
  const { status, problem } = await runExperiment(studentOf(source, all), options());
  expect(status).toBe('failed');
  expect(problem!.message).toMatch(
    /^The temperature of `distill\(big\) \|> temperature\(T: fitted\)` is fitted/,
  );
  expect(problem!.exit).toBe(2);
});
