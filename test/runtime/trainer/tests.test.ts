import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { check } from '../../../compiler/check/check.ts';
import type { Experiment } from '../../../compiler/experiment.ts';
import { encodeNpy } from '../../../runtime/arrays/npy.ts';
import { registry } from '../../../runtime/registry.generated.ts';
import { prepareRuns } from '../../../runtime/trainer/prepare-runs.ts';
import type { RunResult } from '../../../runtime/trainer/result.ts';
import { type ExperimentOutcome, runExperiment } from '../../../runtime/trainer/run.ts';
import { kinds, readRun, runOptions } from '../../support/runs.ts';

/** The last experiment of a file with an experiment `plain`, which has two folds and is tested on nothing. */
function studied(text: string): Experiment {
  const whole = `dml 1
dataset shapes { source: phantom(cases: 6, raters: 3, size: 16)  folds: contiguous(2) }
dataset clinic { source: phantom(cases: 5, raters: 2, size: 16, seed: 7)  folds: contiguous(2) }
dataset ward { source: phantom(cases: 3, raters: 3, size: 16, seed: 8)  folds: contiguous(2)  window: 0 .. 255 }
experiment plain {
  data: shapes  labels: raters |> average  model: unet(depth: 1, width: 2)  optimizer: sgd(rate: 1e-1)
  loss: 0.25 ce + 0.75 dml1  train: 3 steps  batch: 2  evaluate: dice, bdice
}
${text}`;
  const { value, diagnostics } = check(
    { path: 'study.dml', text: whole },
    { registry, read: () => undefined },
  );
  if (!value) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return value.experiments.at(-1)!;
}
const tested = (fields: string) => studied(`experiment tested extends plain { ${fields} }`);

let out: string;
beforeEach(async () => {
  out = await mkdtemp(path.join(tmpdir(), 'dml-tests-'));
});
afterEach(() => rm(out, { recursive: true }));

const resultOf = ({ runs }: ExperimentOutcome): RunResult => runs[0]!.result;

describe('a run', () => {
  test('is scored on all cases of its test sets, as an experiment is that only scores them', async () => {
    const { aggregates, verdicts, ...done } = await runExperiment(
      tested(
        'test: clinic, ward  fold: all  expect: clinic.bdice > 0, ward.bdice > 2, worst(clinic.dice) >= 0',
      ),
      runOptions(out),
    );
    expect(done.status).toBe('done');
    const { scores, cases, tests } = resultOf(done as ExperimentOutcome);
    expect(scores.map(({ data }) => data)).toEqual([undefined, undefined]);
    expect(cases).toHaveLength(3);
    expect(tests!.map((one) => [one.data, one.cases.length])).toEqual([
      ['clinic', 5],
      ['ward', 3],
    ]);
    for (const data of ['clinic', 'ward']) {
      const alone = await runExperiment(
        studied(`experiment alone extends plain {
          data: ${data}  fold: all  train: none  start: trained(plain)
        }`),
        runOptions(out, { folds: [0] }),
      );
      const { scores: _, cases: some } = resultOf(alone);
      const found = tests!.find((one) => one.data === data)!;
      expect(some.length).toBeGreaterThan(0);
      for (const { case: id, values } of some)
        expect(found.cases.find((one) => one.case === id)!.values).toEqual(values);
    }
    expect(aggregates.map(({ data, metric, statistic }) => [data, metric, statistic?.runs])).toEqual([
      [undefined, 'dice', 2],
      [undefined, 'bdice', 2],
      ['clinic', 'dice', 2],
      ['clinic', 'bdice', 2],
      ['ward', 'dice', 2],
      ['ward', 'bdice', 2],
    ]);
    expect(verdicts.map(({ claim, verdict }) => `${claim}: ${verdict}`)).toEqual([
      'clinic.bdice > 0: holds',
      'ward.bdice > 2: fails',
      'worst(clinic.dice) >= 0: holds',
    ]);
  });

  test('has the scores of test sets alone where every case is trained on', async () => {
    const { aggregates, ...end } = await runExperiment(tested('test: clinic  fold: none'), runOptions(out));
    const { scores, cases, tests } = resultOf(end as ExperimentOutcome);
    expect([scores, cases]).toEqual([[], []]);
    expect(tests).toHaveLength(1);
    expect(aggregates.map(({ data }) => data)).toEqual(['clinic', 'clinic']);
  });

  test('has the weights, the log of its training and the own scores that it has without tests', async () => {
    const best = 'checkpoint: best(dice, every: 1 steps)';
    const [plain, more] = [tested(best), tested(`${best}  test: clinic, ward`)];
    const one = await runExperiment(plain, runOptions(path.join(out, 'a')));
    const other = await runExperiment(more, runOptions(path.join(out, 'b')));
    const [a, b] = [await readRun(one.runs[0]!.folder), await readRun(other.runs[0]!.folder)];
    expect(b.weights).toBe(a.weights);
    const { tests: _, evaluationHash: __, ...own } = b.result;
    const { evaluationHash: ___, ...before } = a.result;
    expect(own).toEqual(before);
  });
});

describe('another test', () => {
  test('is scored with the weights that are there, and trains nothing', async () => {
    await runExperiment(tested('test: clinic'), runOptions(out));
    const planned = await prepareRuns([{ experiment: tested('test: ward') }], runOptions(out));
    if ('message' in planned) throw new Error(planned.message);
    expect(planned.queue[0]!.runs.map(({ state }) => state)).toEqual(['scores']);

    const given = runOptions(out);
    const end = await runExperiment(tested('test: ward'), given);
    expect(kinds(given.events)).toEqual(['engine', 'evaluation', 'done']);
    const fresh = await runExperiment(tested('test: ward'), runOptions(path.join(out, 'fresh')));
    expect((await readRun(end.runs[0]!.folder)).result).toEqual(
      (await readRun(fresh.runs[0]!.folder)).result,
    );

    const again = runOptions(out);
    await runExperiment(tested('test: ward'), again);
    expect(kinds(again.events)).toEqual(['engine', 'skipped']);
  });

  test('is one of the same files with another content', async () => {
    const files = studied(`
      dataset files { source: folder("f", images: "images/{case}.npy", masks: "masks/{case}.npy") }
      experiment tested extends plain { test: files }`);
    const told = async () => {
      const given = runOptions(path.join(out, 'runs'), { data: out });
      await runExperiment(files, given);
      return kinds(given.events);
    };
    await writeCase(out, 1);
    expect(await told()).toContain('start');
    expect(await told()).toEqual(['engine', 'skipped']);
    await writeCase(out, 2);
    expect(await told()).toEqual(['engine', 'evaluation', 'done']);
  });
});

/** A picture and its mask, other ones for each number. */
async function writeCase(root: string, number: number) {
  const data = Array.from({ length: 256 }, (_, i) => (i * number) % 251);
  for (const [folder, values] of [
    ['images', Float32Array.from(data)],
    ['masks', Uint8Array.from(data, (value) => Number(value > 100))],
  ] as const) {
    await mkdir(path.join(root, 'f', folder), { recursive: true });
    await writeFile(path.join(root, 'f', folder, 'one.npy'), encodeNpy({ shape: [16, 16], data: values }));
  }
}

describe('cases that a weight has seen are found before the first step, by plan and run alike', () => {
  const some = 'dataset some extends shapes { source.cases: 4 }';
  test.each([
    [
      'trained on',
      `${some} experiment a extends plain { test: some  fold: 1 }`,
      'a is tested on cases of some that a (fold 1) is trained on: shape1, shape2, shape3.',
    ],
    [
      'chosen by',
      `dataset again extends clinic { source.cases: 1 }
       experiment a extends plain { data: clinic  checkpoint: best(dice)  test: again }`,
      'a is tested on cases of again that a (fold 0) chooses its weights by: shape1.',
    ],
    [
      'known to its teacher',
      `${some} experiment big extends plain { fold: none }
       experiment a extends plain { data: ward  start: trained(big)  test: some }`,
      'a is tested on cases of some that big (all cases) is trained on: shape1, shape2, shape3 and 1 more.',
    ],
    [
      'known to what its start learns from',
      `${some} experiment big extends plain { fold: all }
       experiment small extends plain { fold: 1  teacher: distill(big)  loss: ce on teacher  labels: raters |> majority }
       experiment a extends plain { data: ward  train: none  start: trained(small)  test: some }`,
      'a is tested on cases of some that small (fold 1) is trained on: shape1, shape2, shape3.',
    ],
  ])('%s', async (_, text, message) => {
    const experiment = studied(text);
    const planned = await prepareRuns([{ experiment }], runOptions(out));
    expect(planned).toMatchObject({ message, exit: 2 });
    const given = runOptions(out);
    expect(await runExperiment(experiment, given)).toMatchObject({ status: 'failed', problem: { message } });
    expect(kinds(given.events)).toEqual([]);
  });

  test('and cases of the own data that no weight of this fold has seen may be tested on', async () => {
    const held = studied(
      'dataset held extends shapes { source.cases: 3 } experiment a extends plain { fold: 0  test: held }',
    );
    expect(await prepareRuns([{ experiment: held }], runOptions(out))).not.toHaveProperty('message');
  });
});
