import { rmSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Experiment, Trained } from '../../../compiler/experiment.ts';
import { decodeTensors } from '../../../runtime/store/safetensors.ts';
import { type RunOptions, runExperiment } from '../../../runtime/trainer/run.ts';
import { average, smallExperiment, use } from '../../support/experiment.ts';
import { runOptions } from '../../support/runs.ts';

const { span } = smallExperiment;
const dice = { metric: use('dice'), on: { ...average, steps: [use('majority')], soft: false }, span };

const first: Experiment = {
  ...smallExperiment,
  name: 'first',
  data: { ...smallExperiment.data, folds: use('contiguous', { count: 2 }) },
  model: use('unet', { depth: 1, width: 2, norm: 'batch', up: 'nearest', aux: false }),
  train: { value: 2, unit: 'steps' },
  fold: [0, 1],
  evaluate: [dice],
};

/** Begins with the weights of `first` and is not trained, so what it ends with is what it began with. */
const fine = (changes: Partial<Trained> = {}, fields: Partial<Experiment> = {}): Experiment => ({
  ...first,
  name: 'fine',
  train: 'none',
  start: { kind: 'trained', experiment: first, pick: 'same', fold: 'same', parts: 'all', ...changes },
  ...fields,
});

let out: string;
beforeEach(async () => {
  out = await mkdtemp(path.join(tmpdir(), 'dml-start-'));
});
afterEach(() => rm(out, { recursive: true }));
const options = (changes: Partial<RunOptions> = {}) => runOptions(out, changes);

const story = ({ events }: ReturnType<typeof options>) =>
  events.flatMap((event) =>
    'run' in event && ['start', 'skipped', 'done'].includes(event.kind)
      ? [`${event.kind} ${event.run.experiment} ${event.run.fold}`]
      : [],
  );

/** Weights and statistics of the run of a fold. */
async function weightsOf(experiment: string, fold: number | string) {
  const [key] = await readdir(path.join(out, experiment));
  const file = path.join(out, experiment, key!, `fold${fold}-seed0/weights.safetensors`);
  const found = decodeTensors(await readFile(file));
  if ('reason' in found) throw new Error(found.reason);
  return found.tensors;
}

test('what it starts from is trained first, and each fold begins with the network of its own', async () => {
  const given = options();
  const { status, runs } = await runExperiment(fine(), given);
  expect(status).toBe('done');
  expect(story(given)).toEqual([
    ...['start first 0', 'done first 0', 'start first 1', 'done first 1'],
    ...['start fine 0', 'done fine 0', 'start fine 1', 'done fine 1'],
  ]);
  for (const fold of [0, 1]) expect(await weightsOf('fine', fold)).toEqual(await weightsOf('first', fold));
  expect(await weightsOf('fine', 0)).not.toEqual(await weightsOf('fine', 1));
  const { inputs } = JSON.parse(await readFile(path.join(runs[0]!.folder, 'environment.json'), 'utf8'));
  expect(Object.keys(inputs)).toEqual(['source', 'data', 'start']);

  const again = options();
  await runExperiment(fine(), again);
  expect(story(again)).toEqual(['skipped fine 0', 'skipped fine 1']);
  const one = options({ folds: [1] });
  await runExperiment(fine({ parts: { only: ['encoder'] } }), one);
  expect(story(one)).toEqual(['skipped first 1', 'start fine 1', 'done fine 1']);
});

test('parts that are not taken are drawn', async () => {
  await runExperiment(fine({ parts: { but: ['head'] } }), options({ folds: [0] }));
  const [theirs, ours] = [await weightsOf('first', 0), await weightsOf('fine', 0)];
  for (const [name, { data }] of ours)
    if (name.startsWith('head')) expect(data).not.toEqual(theirs.get(name)!.data);
    else expect(data).toEqual(theirs.get(name)!.data);
});

test('the best seed of the fold may be taken', async () => {
  const seeds = { ...first, seed: [0, 1], fold: [0] };
  const given = options();
  const best = fine({ experiment: seeds, pick: { best: 'dice' } }, { fold: [0] });
  const { runs } = await runExperiment(best, given);
  const scored = given.events.flatMap((event) =>
    event.kind === 'done' && event.run.experiment === 'first' ? [event.result.scores[0]!.value!] : [],
  );
  expect(scored).toHaveLength(2);
  expect(runs[0]!.result.scores[0]!.value).toBe(Math.max(...scored));
});

test('on other data all folds begin with the one network', async () => {
  const whole: Experiment = {
    ...first,
    data: { ...first.data, source: use('phantom', { cases: 4, raters: 3, seed: 2, size: 16 }) },
    fold: 'none',
  };
  const given = options();
  await runExperiment(fine({ experiment: whole, fold: 'none' }), given);
  expect(story(given).filter((line) => line.startsWith('start'))).toEqual([
    ...['start first none', 'start fine 0', 'start fine 1'],
  ]);
  for (const fold of [0, 1]) expect(await weightsOf('fine', fold)).toEqual(await weightsOf('first', '-none'));
});

test('what has seen the validation cases under another name is refused, with the cases', async () => {
  // The same pictures, drawn by fewer raters: another source by its options.
  const source = use('phantom', { cases: 8, raters: 2, seed: 1, size: 16 });
  const other: Experiment = { ...first, data: { ...first.data, source }, fold: 'none' };
  const { problem } = await runExperiment(fine({ experiment: other, fold: 'none' }), options());
  expect(problem).toMatchObject({
    message:
      'fine starts from first, which is trained on cases of fold 0 that fine is scored on: shape1, shape2, shape3 and 1 more.',
    exit: 2,
  });
  expect(await readdir(out)).toEqual([]);
});

test('weights of another shape are found before anything is trained', async () => {
  const wide: Experiment = {
    ...first,
    model: { ...first.model, options: { ...first.model.options, width: 4 } },
  };
  const { problem } = await runExperiment(
    fine({ experiment: wide, parts: { only: ['head', 'hed'] } }),
    options(),
  );
  expect(problem).toMatchObject({
    message:
      "fine cannot begin with the weights of first, which do not fit its `model: unet`: the model has no part 'hed' (did you mean 'head'?); 'head.kernel' is [1,1,4,2] in it, expected [1,1,2,2].",
    exit: 2,
  });
  expect(await readdir(out)).toEqual([]);
});

test('a run whose start failed is not trained', async () => {
  const diverging: Experiment = {
    ...first,
    optimizer: { ...first.optimizer, options: { ...first.optimizer.options, rate: 1e30 } },
    train: { value: 8, unit: 'steps' },
    fold: [0],
  };
  const { problem } = await runExperiment(fine({ experiment: diverging }, { fold: [0] }), options());
  expect(problem!.message).toMatch(
    /^fine cannot be trained, because first \(fold 0, seed 0\), which it starts from, failed: /,
  );
});

test('a run that another process works at is waited for, until the signal comes or it can be taken over', async () => {
  const one = fine({}, { fold: [0] });
  const { runs } = await runExperiment(one, options());
  const [key] = await readdir(path.join(out, 'first'));
  const held = path.join(out, 'first', key!, 'fold0-seed0');
  await rm(path.join(held, 'result.json'));
  await rm(runs[0]!.folder, { recursive: true });
  const lock = path.join(held, 'lock');
  await writeFile(lock, JSON.stringify({ pid: 1, host: 'node-17', birth: null }));

  const stop = new AbortController();
  const stopped = options({ signal: stop.signal });
  const ended = await runExperiment(one, {
    ...stopped,
    on(event) {
      stopped.on(event);
      if (event.kind === 'waiting') stop.abort();
    },
  });
  expect(ended.status).toBe('interrupted');
  expect(stopped.events.find(({ kind }) => kind === 'waiting')).toMatchObject({
    run: { experiment: 'first', startOf: 'fine' },
    folder: held,
    process: 1,
    host: 'node-17',
  });

  const given = options();
  const whole = await runExperiment(one, {
    ...given,
    on(event) {
      given.on(event);
      if (event.kind === 'waiting') rmSync(lock);
    },
  });
  expect(whole.status).toBe('done');
  expect(story(given)).toEqual(['start first 0', 'done first 0', 'start fine 0', 'done fine 0']);
});
