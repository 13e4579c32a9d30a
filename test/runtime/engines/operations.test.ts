import { describe, expect, test } from 'vitest';
import type { Operation } from '../../../compiler/graph/operation.ts';
import { operations } from '../../../compiler/graph/operations/index.ts';
import { evaluateValues } from '../../../compiler/lower/reference/evaluate.ts';
import type { EngineName } from '../../../runtime/engines/engine.ts';
import { engines } from '../../support/evaluators.ts';
import { probe, sampleTensor } from '../../support/gradient-check.ts';
import { difference } from '../../support/stored-tensor.ts';

const sampled = Object.values(operations).filter(({ samples }) => samples.length > 0);

/** An operation of another engine's layout never reaches this one. */
const reaches = (engine: EngineName, { lower }: Operation): boolean =>
  !('never' in (engine === 'native' ? lower.onnx : lower.tensorflow));

/** Relative to the largest entry. */
const tolerance = 1e-5;

describe.each(engines)('operations on $name', ({ name: engine, missing, evaluate }) => {
  const cases = sampled
    .filter((operation) => reaches(engine, operation))
    .flatMap((operation) =>
      operation.samples.map(({ shapes, attributes }) => ({
        operation,
        name: operation.name,
        shapes,
        attributes,
      })),
    );
  describe.skipIf(missing !== undefined)(missing ?? 'equal the reference, value and gradient', () => {
    test.each(cases)('$name of $shapes', async ({ operation, name, shapes, attributes }) => {
      const { builder, output, gradients } = probe(operation, shapes, attributes);
      const fed = builder.nodes.filter((node) => node.operation.name === 'input');
      const feeds = Object.fromEntries(
        fed.map(({ attributes: { name: key }, shape }) => [
          String(key),
          sampleTensor(shape, `${name}${key}`),
        ]),
      );
      const values = { output, ...Object.fromEntries(gradients.map((dx, i) => [`gradient${i}`, dx])) };
      const expected = evaluateValues(Object.values(values), feeds);
      const found = await evaluate(values, feeds);
      for (const [i, key] of Object.keys(values).entries()) {
        const { worst, largest } = difference(found[key]!, expected[i]!.data);
        expect(worst, key).toBeLessThanOrEqual(tolerance * largest);
      }
    });
  });
});
