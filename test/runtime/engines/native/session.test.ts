import * as ort from 'onnxruntime-node';
import { describe, expect, test } from 'vitest';
import type { Graph } from '../../../../compiler/graph/graph.ts';
import type { Tensor } from '../../../../compiler/graph/operation.ts';
import { nativeProfile } from '../../../../compiler/graph/passes/native-profile.ts';
import { evaluate, tensor } from '../../../../compiler/lower/reference/evaluate.ts';
import type { Session } from '../../../../runtime/engines/engine.ts';
import { probeBlock } from '../../../../runtime/engines/native/probe.ts';
import { openSession } from '../../../../runtime/engines/native/session.ts';
import { relativeError } from '../../../support/onnx.ts';
import { type UnetCase, unetGraph, unetInputs, unetVariables } from '../../../support/unet.ts';

const own = await probeBlock(ort);

type Values = Readonly<Record<string, Tensor>>;

const float32 = (values: Values) =>
  Object.fromEntries(Object.entries(values).map(([name, { data }]) => [name, Float32Array.from(data)]));

/** What float32 can hold, so that both sides begin with the same numbers. */
const rounded = (values: Values): Record<string, Tensor> =>
  Object.fromEntries(
    Object.entries(values).map(([name, { shape, data }]) => [name, tensor(shape, data.map(Math.fround))]),
  );

const laidOut = (graph: Graph, block: number) =>
  Object.values(nativeProfile(block)).reduce((passed, pass) => pass(passed), graph);

async function begin(graph: Graph, block: number, threads = 2): Promise<Session> {
  const session = await openSession(ort, laidOut(graph, block), threads);
  await session.init();
  await session.write(new Map(Object.entries(float32(unetVariables(graph)))));
  return session;
}

const cases: readonly (UnetCase & { readonly block: number })[] = [
  { width: 16, depth: 3, side: 12, batch: 1, block: own },
  { width: 4, depth: 3, side: 16, batch: 3, block: own, channels: 3 },
  { width: 24, depth: 2, side: 8, batch: 2, block: own },
  { width: 8, depth: 2, side: 12, batch: 17, block: own },
  { width: 12, depth: 3, side: 16, batch: 2, block: own, norm: 'batch' },
  { width: 8, depth: 3, side: 16, batch: 2, block: 1 },
  { width: 4, depth: 2, side: 16, batch: 2, block: 1, norm: 'batch', channels: 2 },
];

describe('five steps give what the reference gives in float64', () => {
  test.each(cases)(
    'U-Net $width wide, $depth deep, batch $batch, norm $norm, blocks of $block',
    async (unet) => {
      const graph = unetGraph(unet);
      const session = await begin(graph, unet.block);
      let variables: Values = rounded(unetVariables(graph));
      for (let step = 0; step < 5; step++) {
        const inputs = rounded(unetInputs(unet, `${step}`));
        const { outputs, updates } = evaluate(graph, 'train', inputs, variables);
        const { loss } = await session.call('train', float32(inputs));
        expect(relativeError(loss!, outputs.loss!.data)).toBeLessThan(2e-5);
        variables = { ...variables, ...updates };
      }
      const state = await session.read();
      expect([...state.keys()].sort()).toEqual(Object.keys(variables).sort());
      for (const [name, { data }] of Object.entries(variables))
        expect(relativeError(state.get(name)!, data), name).toBeLessThan(5e-4);
      const inputs = rounded(unetInputs(unet, 'infer'));
      const { probabilities } = evaluate(graph, 'infer', inputs, variables).outputs;
      const inferred = await session.call('infer', float32(inputs));
      expect(relativeError(inferred.probabilities!, probabilities!.data)).toBeLessThan(1e-4);
      await session.dispose();
    },
  );
});

const small: UnetCase = { width: 8, depth: 3, side: 32, batch: 3 };

async function bitsAfterSteps(block: number, threads: number): Promise<string> {
  const session = await begin(unetGraph(small), block, threads);
  for (let step = 0; step < 5; step++) await session.call('train', float32(unetInputs(small, `${step}`)));
  const state = await session.read();
  await session.dispose();
  return [...state].map(([name, { buffer }]) => `${name} ${Buffer.from(buffer).toString('base64')}`).join();
}

test.each([own, 1])(
  'the bits are the same twice, and on one thread and two, in blocks of %i',
  async (block) => {
    const bits = await bitsAfterSteps(block, 2);
    expect(await bitsAfterSteps(block, 2)).toBe(bits);
    expect(await bitsAfterSteps(block, 1)).toBe(bits);
  },
);

test('what is written is read again, whatever the layout', async () => {
  const graph = unetGraph({ ...small, width: 6, norm: 'batch' });
  const session = await begin(graph, own);
  const written = float32(unetVariables(graph));
  for (const [name, values] of await session.read()) expect(values, name).toEqual(written[name]);
  await session.dispose();
});

test('channels that only fill a block stay zero, so that resuming changes nothing', async () => {
  const graph = unetGraph(small);
  const [whole, resumed] = [await begin(graph, own), await begin(graph, own)];
  const step = (session: Session, key: string) => session.call('train', float32(unetInputs(small, key)));
  for (const key of ['a', 'b', 'c']) await step(whole, key);
  for (const key of ['a', 'b']) await step(resumed, key);
  const again = await begin(graph, own);
  await again.write(await resumed.read());
  await step(again, 'c');
  expect(await again.read()).toEqual(await whole.read());
  for (const session of [whole, resumed, again]) await session.dispose();
});

test('inputs may lie in memory that threads share', async () => {
  const session = await begin(unetGraph(small), own);
  const inputs = float32(unetInputs(small));
  const shared = Object.fromEntries(
    Object.entries(inputs).map(([name, values]) => {
      const copy = new Float32Array(new SharedArrayBuffer(values.byteLength));
      copy.set(values);
      return [name, copy];
    }),
  );
  const [one, other] = [await session.call('infer', inputs), await session.call('infer', shared)];
  expect(other).toEqual(one);
  await session.dispose();
});

test('an input of another length, or a variable that is not there, is refused', async () => {
  const session = await begin(unetGraph(small), own);
  const inputs = float32(unetInputs(small));
  await expect(session.call('train', { ...inputs, keep: new Float32Array(5) })).rejects.toThrow(/keep/);
  await expect(session.call('infer', {})).rejects.toThrow(/image/);
  await expect(session.write(new Map([['nobody', new Float32Array(1)]]))).rejects.toThrow(/nobody/);
  await session.dispose();
});
