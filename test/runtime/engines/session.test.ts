import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Experiment } from '../../../compiler/experiment.ts';
import { GraphBuilder } from '../../../compiler/graph/builder.ts';
import type { Graph } from '../../../compiler/graph/graph.ts';
import type { Tensor } from '../../../compiler/graph/operation.ts';
import { add } from '../../../compiler/graph/operations/add.ts';
import { mul } from '../../../compiler/graph/operations/mul.ts';
import { evaluate, tensor } from '../../../compiler/lower/reference/evaluate.ts';
import { build } from '../../../runtime/build.ts';
import type { Engine, Session } from '../../../runtime/engines/engine.ts';
import { registry } from '../../../runtime/registry.generated.ts';
import { engines, float32 } from '../../support/evaluators.ts';
import { smallExperiment, use } from '../../support/experiment.ts';
import { sampleFeeds, sampleVariables } from '../../support/feeds.ts';
import { difference } from '../../support/stored-tensor.ts';

if (process.env.DML_REQUIRE_TENSORFLOW)
  test('the engine tensorflow is there, since it is required', () => {
    expect(engines.find(({ name }) => name === 'tensorflow')?.missing).toBeUndefined();
  });

/** Two variables, one of each kind of state, and a function that changes both. */
function counting(): Graph {
  const builder = new GraphBuilder();
  const weight = builder.variable({
    name: 'a.weight',
    shape: [2, 2],
    role: 'weight',
    initial: { kind: 'normal', deviation: 1 },
  });
  const total = builder.variable({
    name: 'total/a.weight',
    shape: [2, 2],
    role: 'optimizer',
    initial: { kind: 'fill', value: 3 },
  });
  const x = builder.input('x', [2, 2]);
  builder.define(
    'train',
    { before: weight, x2: mul(x, 2) },
    { 'a.weight': total, 'total/a.weight': add(total, x) },
  );
  builder.define('infer', { weight });
  return builder.build();
}

async function unet(norm: 'none' | 'batch', changes: Partial<Experiment> = {}): Promise<Graph> {
  const model = use('unet', { depth: 2, width: 4, norm });
  const dimensions = { height: 16, width: 16, channels: 1 };
  return (await build({ ...smallExperiment, batch: 3, model, ...changes }, dimensions, registry)).graph;
}

/** Bilinear upsampling, an auxiliary head and AdamW, whose epsilon keeps gradients of mere rounding small. */
const withAuxiliary: Partial<Experiment> = {
  model: use('unet', { depth: 3, width: 4, norm: 'none', up: 'bilinear', aux: true }),
  loss: [...smallExperiment.loss, { ...smallExperiment.loss[0]!, at: 'aux' }],
  optimizer: use('adamw', { rate: 0.01, decay: 0.1, epsilon: 0.01, decoder_factor: 2 }),
};

/** Rounded to what engines compute with, so that all begin with the same numbers. */
const rounded = (tensors: Readonly<Record<string, Tensor>>): Record<string, Tensor> =>
  Object.fromEntries(
    Object.entries(tensors).map(([name, { shape, data }]) => [name, tensor(shape, data.map(Math.fround))]),
  );

async function start(
  engine: Engine,
  graph: Graph,
  variables: Readonly<Record<string, Tensor>>,
): Promise<Session> {
  const session = await engine.load(graph);
  await session.init();
  await session.write(new Map(Object.entries(float32(variables))));
  return session;
}

describe.each(engines)('on $name', ({ missing, engine }) => {
  describe.skipIf(missing !== undefined)(missing ?? 'a session', () => {
    test('keeps what is written, and only that changes', async () => {
      const session = await engine().load(counting());
      const weight = new Float32Array(new SharedArrayBuffer(16));
      weight.set([1, -0, 3.5, 1e-30]);
      await session.init();
      await session.write(new Map([['a.weight', weight]]));
      weight.fill(9);
      const first = await session.read();
      expect([...first.get('a.weight')!]).toEqual([1, -0, 3.5, Math.fround(1e-30)]);
      expect([...first.get('total/a.weight')!]).toEqual([3, 3, 3, 3]);
      await session.write(new Map([['total/a.weight', Float32Array.of(1, 2, 3, 4)]]));
      expect([...(await session.read()).get('a.weight')!]).toEqual([1, -0, 3.5, Math.fround(1e-30)]);
      await session.init();
      expect([...(await session.read()).get('total/a.weight')!]).toEqual([3, 3, 3, 3]);
      await session.dispose();
    });

    test('reads every variable as it was before the call, then writes them all', async () => {
      const session = await engine().load(counting());
      await session.init();
      await session.write(new Map([['a.weight', Float32Array.of(1, 2, 3, 4)]]));
      const x = Float32Array.of(10, 20, 30, 40);
      const outputs = await session.call('train', { x });
      expect([...outputs.before!]).toEqual([1, 2, 3, 4]);
      expect([...outputs.x2!]).toEqual([20, 40, 60, 80]);
      x.fill(0);
      const state = await session.read();
      expect([...state.get('a.weight')!]).toEqual([3, 3, 3, 3]);
      expect([...state.get('total/a.weight')!]).toEqual([13, 23, 33, 43]);
      expect([...(await session.call('infer', {})).weight!]).toEqual([3, 3, 3, 3]);
      await session.dispose();
    });

    test('does not share its state with another of the same graph', async () => {
      const [one, other] = [await engine().load(counting()), await engine().load(counting())];
      await one.init();
      await other.init();
      await one.write(new Map([['a.weight', Float32Array.of(1, 1, 1, 1)]]));
      await other.write(new Map([['a.weight', Float32Array.of(2, 2, 2, 2)]]));
      await other.dispose();
      expect([...(await one.read()).get('a.weight')!]).toEqual([1, 1, 1, 1]);
      await one.dispose();
    });

    test('refuses an input of another length before it calls', async () => {
      const session = await engine().load(counting());
      await session.init();
      await session.write(new Map([['a.weight', new Float32Array(4)]]));
      await expect(session.call('train', { x: new Float32Array(3) })).rejects.toThrow(/x/);
      await expect(session.call('train', {})).rejects.toThrow(/x/);
      expect([...(await session.read()).get('total/a.weight')!]).toEqual([3, 3, 3, 3]);
      await session.dispose();
    });

    test.each([
      ['norm none', () => unet('none')],
      ['norm batch', () => unet('batch')],
      ['bilinear upsampling, an auxiliary head and adamw', () => unet('none', withAuxiliary)],
    ])('follows the reference for 5 steps of a U-Net with %s', async (_, network) => {
      const graph = await network();
      const initial = rounded(sampleVariables(graph));
      const session = await start(engine(), graph, initial);
      let variables = initial;
      for (let step = 0; step < 5; step++) {
        const feeds = rounded(sampleFeeds(graph, 'train', `${step}`));
        const { outputs, updates } = evaluate(graph, 'train', feeds, variables);
        const { loss } = await session.call('train', float32(feeds));
        expect(Math.abs(loss![0]! - outputs.loss!.data[0]!)).toBeLessThan(1e-6);
        variables = { ...variables, ...updates };
      }
      const state = await session.read();
      for (const [name, { data }] of Object.entries(variables)) {
        const { worst, largest } = difference(state.get(name)!, data);
        expect(worst, name).toBeLessThan(5e-5 * Math.max(largest, 1e-3));
      }
      const feeds = rounded(sampleFeeds(graph, 'infer', 'a'));
      const { probabilities } = await session.call('infer', float32(feeds));
      const expected = evaluate(graph, 'infer', feeds, variables).outputs.probabilities!;
      expect(difference(probabilities!, expected.data).worst).toBeLessThan(1e-5);
      await session.dispose();
    });

    test('gives the same bits twice', async () => {
      const graph = await unet('batch');
      const feeds = float32(sampleFeeds(graph, 'train', 'a'));
      const bits = async () => {
        const session = await start(engine(), graph, sampleVariables(graph));
        for (let step = 0; step < 5; step++) await session.call('train', feeds);
        const hash = createHash('sha256');
        for (const [name, data] of await session.read()) hash.update(name).update(data);
        await session.dispose();
        return hash.digest('hex');
      };
      expect(await bits()).toBe(await bits());
    });

    test('needs no more memory after many steps than after a few', async () => {
      const graph = await unet('none');
      const feeds = float32(sampleFeeds(graph, 'train', 'a'));
      const session = await start(engine(), graph, sampleVariables(graph));
      const steps = async (count: number) => {
        for (let i = 0; i < count; i++) await session.call('train', feeds);
        return process.memoryUsage.rss() / 2 ** 20;
      };
      // Until garbage is collected at its own pace.
      const before = await steps(500);
      // What 300 steps work on takes some 60 MiB.
      expect((await steps(300)) - before).toBeLessThan(16);
      await session.dispose();
    });
  });
});
