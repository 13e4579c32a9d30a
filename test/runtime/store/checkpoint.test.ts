import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Variable } from '../../../compiler/graph/graph.ts';
import { type Checkpoint, readCheckpoint, writeCheckpoint } from '../../../runtime/store/checkpoint.ts';

const variable = (name: string, shape: readonly number[]): Variable => ({
  name,
  shape,
  role: 'weight',
  initial: { kind: 'fill', value: 0 },
});
const owner = { key: 'abc', variables: [variable('w', [2]), variable('momentum/w', [2])] };
const at = (step: number): Checkpoint => ({
  step,
  variables: new Map([
    ['w', new Float32Array([step, 0.1])],
    ['momentum/w', new Float32Array([-step, 1e-38])],
  ]),
  metricsBytes: 100 * step,
  seconds: step / 3,
  loss: 1 / step,
});

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'dml-checkpoint-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('The newest of the two that are kept comes back, to the last bit', async () => {
  for (const step of [9, 10, 100]) await writeCheckpoint(folder, owner, at(step));
  expect(await readdir(folder)).toEqual(['step-00000010.safetensors', 'step-00000100.safetensors']);
  expect(await readCheckpoint(folder, owner)).toEqual({ checkpoint: at(100), damaged: [] });
});

test('The best weights so far lie in it, and come back', async () => {
  const statistic: Variable = { ...variable('mean', [1]), role: 'statistic' };
  const optimizer: Variable = { ...variable('momentum/w', [2]), role: 'optimizer' };
  const owned = { key: 'abc', variables: [variable('w', [2]), optimizer, statistic] };
  const saved = at(9);
  const variables = new Map([...saved.variables, ['mean', new Float32Array([4])]]);
  const best = {
    step: 6,
    value: 0.75,
    variables: new Map([
      ['w', new Float32Array([6, 0.2])],
      ['mean', new Float32Array([3])],
    ]),
  };
  const looks = { count: 3, step: 9, best };
  await writeCheckpoint(folder, owned, { ...saved, variables, looks });
  expect((await readCheckpoint(folder, owned)).checkpoint).toEqual({ ...saved, variables, looks });

  const none = { count: 1, step: 10 };
  await writeCheckpoint(folder, owned, { ...saved, variables, step: 10, looks: none });
  expect((await readCheckpoint(folder, owned)).checkpoint!.looks).toEqual(none);
});

test('A folder without checkpoints has none, and no damage', async () => {
  expect(await readCheckpoint(path.join(folder, 'nowhere'), owner)).toEqual({ damaged: [] });
});

test('Any changed byte is found out', async () => {
  const file = await writeCheckpoint(folder, owner, at(7));
  const whole = await readFile(file);
  const position = fc.integer({ min: 0, max: whole.length - 1 });
  await fc.assert(
    fc.asyncProperty(position, fc.integer({ min: 1, max: 255 }), async (i, change) => {
      const bytes = Buffer.from(whole);
      bytes[i]! ^= change;
      await writeFile(file, bytes);
      await expect(readCheckpoint(folder, owner)).rejects.toMatchObject({ file });
    }),
    { numRuns: 100 },
  );
});

test('A damaged one is passed over for the one before it, and named', async () => {
  await writeCheckpoint(folder, owner, at(1));
  const newest = await writeCheckpoint(folder, owner, at(2));
  await truncate(newest, 5);
  expect(await readCheckpoint(folder, owner)).toEqual({
    checkpoint: at(1),
    damaged: [{ file: newest, reason: 'it has 5 bytes, the length of its header alone takes 8' }],
  });
});

test.each([
  ['another run', { ...owner, key: 'xyz' }, 'it belongs to another run'],
  [
    'a smaller network',
    { ...owner, variables: owner.variables.slice(1) },
    "it holds 'w', which the network does not have",
  ],
  ['a larger network', { ...owner, variables: [...owner.variables, variable('b', [1])] }, "it lacks 'b'"],
  [
    'a wider network',
    { ...owner, variables: [variable('w', [3]), owner.variables[1]!] },
    "'w' is [2] in it, expected [3]",
  ],
])('A checkpoint of %s is refused', async (_, other, reason) => {
  await writeCheckpoint(folder, owner, at(1));
  await expect(readCheckpoint(folder, other)).rejects.toMatchObject({
    message: `This checkpoint cannot be used: ${reason}. There is no older one that can.`,
    help: 'Run with --force to start again from the first step.',
  });
});
