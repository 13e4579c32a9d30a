/**
 * One engine of ours. Reads lines `step N` and `loop N`, answers with times of a step in milliseconds: of the engine
 * alone, each, or of the trainer's whole loop, on average.
 */
import { createInterface } from 'node:readline';
import { inputsOf } from '../../compiler/graph/graph.ts';
import { size } from '../../compiler/graph/shape.ts';
import { build } from '../../runtime/build.ts';
import type { EngineName } from '../../runtime/engines/engine.ts';
import { enginesFor } from '../../runtime/engines/index.ts';
import { random } from '../../runtime/random.ts';
import { registry } from '../../runtime/registry.generated.ts';
import { initialWeights } from '../../runtime/trainer/weights.ts';
import { openLoop } from './loop.ts';
import { experimentOf, type Setting } from './setting.ts';

const [name, text] = process.argv.slice(2) as [EngineName, string];
const setting = JSON.parse(text) as Setting;
const say = (message: unknown) => process.stdout.write(`${JSON.stringify(message)}\n`);

const [provider] = await enginesFor(name);
const found = await provider?.find();
if (!provider || !found || 'missing' in found) {
  say({ missing: found && 'missing' in found ? found.missing.reason : `no engine ${name}` });
  process.exit(0);
}
const engine = await provider.open(found.found);
const dimensions = { height: setting.size, width: setting.size, channels: 1 };
const { graph, targets } = await build(experimentOf(setting), dimensions, registry);
const session = await engine.load(graph);
await session.init();
await session.write(initialWeights(graph, 0));

const inputs = Object.fromEntries(
  Object.entries(inputsOf(graph, 'train')).map(([input, shape]) => {
    const stream = random('bench', input);
    const draw = () => (input === 'image' ? 2 * stream.uniform() - 1 : input === 'rate' ? 1e-2 : 1);
    const data = Float32Array.from({ length: size(shape) }, draw);
    if (input !== 'labels0') return [input, data];
    const pixels = data.length / 2;
    for (let p = 0; p < pixels; p++) {
      data[p] = stream.uniform();
      data[pixels + p] = 1 - data[p]!;
    }
    return [input, data];
  }),
);
for (let i = 0; i < 5; i++) await session.call('train', inputs);
const { engine: engineName, version, block, replicas, threads } = engine.class;
say({ ready: `${engineName} ${version}, ${threads} threads, block ${block}, ${replicas} replicas` });
const loop = await openLoop(setting, session, graph, targets);
const measures: Readonly<Record<string, (steps: number) => Promise<readonly number[]>>> = {
  async step(steps) {
    const times: number[] = [];
    for (let i = 0; i < steps; i++) {
      const start = performance.now();
      await session.call('train', inputs);
      times.push(performance.now() - start);
    }
    return times;
  },
  loop: loop.run,
};
for await (const line of createInterface({ input: process.stdin })) {
  const [kind, steps] = line.split(' ') as [string, string];
  say({ times: await measures[kind]!(Number(steps)) });
}
await loop.close();
await session.dispose();
