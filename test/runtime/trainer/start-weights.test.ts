import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Experiment } from '../../../compiler/experiment.ts';
import { registry } from '../../../runtime/registry.generated.ts';
import { decodeTensors, encodeTensors, type StoredTensor } from '../../../runtime/store/safetensors.ts';
import { runExperiment } from '../../../runtime/trainer/run.ts';
import { readStart } from '../../../runtime/trainer/start-weights.ts';
import { smallExperiment, use } from '../../support/experiment.ts';
import { runOptions } from '../../support/runs.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'dml-start-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const dimensions = { height: 16, width: 16, channels: 1 };
const plain: Experiment = {
  ...smallExperiment,
  model: use('unet', { depth: 1, width: 2, norm: 'none' }),
  start: { kind: 'weights', file: 'start.safetensors', parts: 'all' },
};

const filled = (shape: readonly number[], value: number): StoredTensor => ({
  shape,
  data: new Float32Array(shape.reduce((product, n) => product * n, 1)).fill(value),
});

/** All weights of that network. */
const weights: Readonly<Record<string, StoredTensor>> = {
  'encoder.0.conv1.kernel': filled([3, 3, 1, 2], 0.5),
  'encoder.0.conv1.bias': filled([2], 0),
  'encoder.0.conv2.kernel': filled([3, 3, 2, 2], 0.25),
  'encoder.0.conv2.bias': filled([2], 0.125),
  'head.kernel': filled([1, 1, 2, 2], 1),
  'head.bias': filled([2], -1),
};

function store(tensors: Readonly<Record<string, StoredTensor>>): void {
  const bytes = encodeTensors({ tensors: new Map(Object.entries(tensors)), metadata: {} });
  writeFileSync(path.join(root, 'start.safetensors'), bytes);
}

const read = (experiment = plain) => readStart(experiment, dimensions, root, registry);

test('weights are read by name, and drawn ones are none', async () => {
  store(weights);
  const start = await read();
  expect(start!.tensors.get('head.bias')).toEqual(Float32Array.of(-1, -1));
  expect(start!.tensors.size).toBe(6);
  expect(await read({ ...plain, start: 'random' })).toBeUndefined();
});

test('what is missing, superfluous, of another shape or not finite is said in one message', async () => {
  const { 'head.bias': _, ...others } = weights;
  store({
    ...others,
    'head.kernel': filled([1, 1, 2, 3], 1),
    'decoder.kernel': filled([1], 0),
    'encoder.0.conv2.bias': filled([2], Number.NaN),
  });
  await expect(read()).rejects.toMatchObject({
    name: 'DataError',
    message: `The weights ${root}/start.safetensors do not fit \`model: unet\`: it lacks 'head.bias' [2]; the model has no 'decoder.kernel'; 'head.kernel' is [1,1,2,3] in it, expected [1,1,2,2]; not all numbers are finite in 'encoder.0.conv2.bias'.`,
  });
});

test('a file that is absent, no safetensors or outside of the data root is refused', async () => {
  await expect(read()).rejects.toMatchObject({ message: expect.stringMatching(/cannot be read: ENOENT/) });
  writeFileSync(path.join(root, 'start.safetensors'), 'weights');
  await expect(read()).rejects.toMatchObject({
    message: expect.stringMatching(/is damaged: it has 7 bytes/),
  });
  await expect(
    read({ ...plain, start: { kind: 'weights', file: '../start.safetensors', parts: 'all' } }),
  ).rejects.toMatchObject({
    message: '`start: weights("../start.safetensors")` leaves the data root.',
  });
});

test('training begins with them, nothing is written where they do not fit, and their content is in the identity', async () => {
  store({ 'head.bias': filled([2], 0) });
  await expect(runExperiment(plain, runOptions(path.join(root, 'runs'), { data: root }))).rejects.toThrow(
    /it lacks/,
  );
  expect(await readdir(root)).toEqual(['start.safetensors']);

  store(weights);
  const still = { ...plain, train: 'none' } as const;
  const untrained = await runExperiment(still, runOptions(path.join(root, 'runs'), { data: root }));
  const first = untrained.runs[0]!;
  const stored = decodeTensors(await readFile(path.join(first.folder, 'weights.safetensors')));
  expect(stored).toMatchObject({ tensors: new Map(Object.entries(weights)) });
  const environment = JSON.parse(await readFile(path.join(first.folder, 'environment.json'), 'utf8'));
  expect(environment.inputs.start).toMatch(/^[0-9a-f]{64}$/);

  store({ ...weights, 'head.bias': filled([2], 3) });
  const other = await runExperiment(still, runOptions(path.join(root, 'runs'), { data: root }));
  expect(other.runs[0]!.result.trainingHash).toBe(first.result.trainingHash);
  expect(other.runs[0]!.result.key).not.toBe(first.result.key);
});

test('a network with batch norm may begin with the file of a run, statistics included, or without them', async () => {
  const normed: Experiment = { ...plain, model: use('unet', { depth: 1, width: 2, norm: 'batch' }) };
  const { runs } = await runExperiment({ ...normed, start: 'random' }, runOptions(root));
  const file = decodeTensors(await readFile(path.join(runs[0]!.folder, 'weights.safetensors')));
  if ('reason' in file) throw new Error(file.reason);
  store(Object.fromEntries(file.tensors));
  expect((await read(normed))!.tensors.size).toBe(file.tensors.size);
  store(Object.fromEntries([...file.tensors].filter(([name]) => !/mean|variance/.test(name))));
  expect((await read(normed))!.tensors.size).toBe(file.tensors.size - 4);
});
