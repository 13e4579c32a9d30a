import { describe, expect, test } from 'vitest';
import { tensor } from '../../compiler/lower/reference/evaluate.ts';
import { type Steps, steppers } from '../support/steppers.ts';
import { difference, stored } from '../support/stored-tensor.ts';
import { trainingCases, trainingGraph } from '../support/training-oracle.ts';

describe.each(steppers)('training on $name', ({ missing, exact, start }) => {
  const skipped = describe.skipIf(trainingCases.length === 0 || missing !== undefined);
  skipped(`follows the reference trajectories${missing ? ` (${missing})` : ''}`, () => {
    const tolerance = exact ? 1e-10 : 1e-5;

    test.each(trainingCases)('$name', async (c) => {
      const initial = Object.entries(c.initial).map(([name, value]) => [name, stored(value)] as const);
      const steps: Steps = await start(await trainingGraph(c), Object.fromEntries(initial));
      try {
        for (const [i, { rate, outputs: expected }] of c.steps.entries()) {
          const outputs = await steps.train({ ...c.feeds, rate: tensor([1], [rate]) });
          for (const [name, value] of Object.entries(expected)) {
            const allowed = tolerance * (exact ? 1 : Math.max(1, value));
            expect(Math.abs(outputs[name]![0]! - value), `${name} of step ${i}`).toBeLessThan(allowed);
          }
          const variables = await steps.variables();
          for (const [name, { data }] of Object.entries(c.weights[i] ?? {}))
            expect(difference(variables[name]!, data).worst, `${name} after step ${i}`).toBeLessThan(
              tolerance,
            );
        }
      } finally {
        await steps.dispose();
      }
    });
  });
});
