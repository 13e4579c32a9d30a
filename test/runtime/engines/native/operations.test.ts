import { beforeAll, describe, expect, test } from 'vitest';
import type { Value } from '../../../../compiler/graph/builder.ts';
import { operations } from '../../../../compiler/graph/operations/index.ts';
import { evaluateValues, type TensorMap } from '../../../../compiler/lower/reference/evaluate.ts';
import type { Engine, EngineClass } from '../../../../runtime/engines/engine.ts';
import { native } from '../../../../runtime/engines/native/provider.ts';
import { probe, sampleTensor } from '../../../support/gradient-check.ts';
import { relativeError } from '../../../support/onnx.ts';

const sampled = Object.values(operations).filter(({ samples }) => samples.length > 0);
const samples = sampled.flatMap((operation) =>
  operation.samples.map((sample) => ({ ...operation, ...sample })),
);

async function here(): Promise<EngineClass> {
  const answer = await native.find();
  if ('missing' in answer) throw new Error(answer.missing.reason);
  return answer.found;
}

async function call(engine: Engine, values: Readonly<Record<string, Value>>, feeds: TensorMap) {
  const { builder } = Object.values(values)[0]!;
  builder.define('call', values);
  const session = await engine.load(builder.build());
  const inputs = Object.entries(feeds).map(([name, { data }]) => [name, Float32Array.from(data)]);
  const outputs = await session.call('call', Object.fromEntries(inputs));
  await session.dispose();
  return outputs;
}

describe.each([
  { layout: 'blocked', plain: false },
  { layout: 'plain', plain: true },
])('in the $layout layout', ({ plain }) => {
  let engine: Engine;
  beforeAll(async () => {
    const found = await here();
    engine = await native.open(plain ? { ...found, block: 1 } : found);
  });

  test.each(samples)('$name of $shapes and its gradient equal the reference', async (sample) => {
    const { builder, output, gradients } = probe(sample, sample.shapes, sample.attributes);
    const feeds = Object.fromEntries(
      builder.nodes
        .filter(({ operation }) => operation.name === 'input')
        .map(({ attributes: { name }, shape }) => [
          String(name),
          sampleTensor(shape, `${sample.name}${name}`),
        ]),
    );
    const values = { output, ...Object.fromEntries(gradients.map((value, i) => [`gradient${i}`, value])) };
    const expected = evaluateValues(Object.values(values), feeds);
    const found = await call(engine, values, feeds);
    for (const [i, key] of Object.keys(values).entries())
      expect(relativeError(found[key]!, expected[i]!.data), key).toBeLessThan(1e-5);
  });
});
