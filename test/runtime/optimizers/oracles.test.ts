import { describe, expect, test } from 'vitest';
import { GraphBuilder } from '../../../compiler/graph/builder.ts';
import type { Graph } from '../../../compiler/graph/graph.ts';
import { add } from '../../../compiler/graph/operations/add.ts';
import { mul } from '../../../compiler/graph/operations/mul.ts';
import { sum } from '../../../compiler/graph/operations/sum.ts';
import { passes } from '../../../compiler/graph/passes/index.ts';
import { tensor } from '../../../compiler/lower/reference/evaluate.ts';
import { adamw } from '../../../runtime/optimizers/adamw.ts';
import { sgd } from '../../../runtime/optimizers/sgd.ts';
import { oracle } from '../../support/oracle.ts';
import { type Stepper, steppers } from '../../support/steppers.ts';
import { difference, type StoredTensor, stored } from '../../support/stored-tensor.ts';

interface Rule {
  readonly kind: 'sgd' | 'adamw';
  readonly lr?: number;
  readonly weight_decay: number;
  readonly momentum: number;
  readonly nesterov: boolean;
  readonly beta1: number;
  readonly beta2: number;
  readonly eps: number;
}

type Named<T> = Readonly<Record<string, T>>;

interface Records {
  readonly optimizers: readonly {
    readonly about: string;
    readonly optimizer: Rule;
    readonly initial: readonly number[];
    readonly grads: readonly (readonly number[])[];
    readonly weights_after_each_step: readonly (readonly number[])[];
  }[];
  readonly groups: readonly {
    readonly optimizer: Rule;
    readonly schedule: { readonly base_lr: number };
    readonly lr_multiplier: Named<number>;
    readonly initial: Named<StoredTensor>;
    readonly grads: readonly Named<StoredTensor>[];
    readonly lr_per_step: readonly Named<number>[];
    readonly final: Named<StoredTensor>;
  }[];
}

const records = oracle<Records>('optim');

/** What an optimizer makes of weights of which the loss is Σ gradient · weight, for any gradients that are fed. */
function optimizing(shapes: Named<readonly number[]>, rule: Rule, decoderFactor = 1): Graph {
  const builder = new GraphBuilder();
  const parts = Object.entries(shapes).map(([name, shape]) => {
    const weight = builder.variable({ name, shape, role: 'weight', initial: { kind: 'fill', value: 0 } });
    return sum(mul(weight, builder.input(`gradient.${name}`, shape)));
  });
  builder.define('train', { loss: parts.reduce(add) });
  const common = { rate: 1, decay: rule.weight_decay, decoder_factor: decoderFactor };
  const { momentum, nesterov, beta1, beta2, eps: epsilon } = rule;
  const update: Parameters<typeof passes>[0] = (context) =>
    rule.kind === 'sgd'
      ? sgd(context, { ...common, momentum, nesterov })
      : adamw(context, { ...common, beta1, beta2, epsilon });
  return Object.values(passes(update)).reduce((graph, pass) => pass(graph), builder.build());
}

async function run(
  { start }: Pick<Stepper, 'start'>,
  graph: Graph,
  initial: Named<StoredTensor>,
  steps: readonly { readonly rate: number; readonly gradients: Named<StoredTensor> }[],
): Promise<readonly Named<ArrayLike<number>>[]> {
  const tensors = (of: Named<StoredTensor>, prefix = '') =>
    Object.fromEntries(Object.entries(of).map(([name, value]) => [`${prefix}${name}`, stored(value)]));
  const trained = await start(graph, tensors(initial));
  const after: Named<ArrayLike<number>>[] = [];
  for (const { rate, gradients } of steps) {
    await trained.train({ ...tensors(gradients, 'gradient.'), rate: tensor([1], [rate]) });
    after.push(await trained.variables());
  }
  await trained.dispose();
  return after;
}

describe.each(steppers)('optimizers on $name', ({ missing, exact, start }) => {
  const skipped = describe.skipIf(!records || missing !== undefined);
  skipped(`equal the reference vectors${missing ? ` (${missing})` : ''}`, () => {
    const tolerance = exact ? 1e-12 : 1e-6;

    test.each(records?.optimizers ?? [])('$optimizer.kind: $about', async (record) => {
      // Decay goes to what has more than one dimension.
      const shaped = (data: readonly number[]) => ({ w: { shape: [1, data.length], data } });
      const graph = optimizing({ w: [1, record.initial.length] }, record.optimizer);
      const steps = record.grads.map((gradient) => ({
        rate: record.optimizer.lr!,
        gradients: shaped(gradient),
      }));
      const after = await run({ start }, graph, shaped(record.initial), steps);
      for (const [i, expected] of record.weights_after_each_step.entries())
        expect(difference(after[i]!.w!, expected).worst, `step ${i}`).toBeLessThanOrEqual(tolerance);
    });

    test.each(records?.groups ?? [])('$optimizer.kind with groups of parameters', async (record) => {
      const shapes = Object.entries(record.initial).map(([name, { shape }]) => [name, shape] as const);
      const factor = Math.max(...Object.values(record.lr_multiplier));
      const graph = optimizing(Object.fromEntries(shapes), record.optimizer, factor);
      const steps = record.grads.map((gradients, i) => ({
        rate: record.lr_per_step[i]!['encoder.kernel']!,
        gradients,
      }));
      const after = await run({ start }, graph, record.initial, steps);
      for (const [name, { data }] of Object.entries(record.final))
        expect(difference(after.at(-1)![name]!, data).worst, name).toBeLessThanOrEqual(tolerance);
    });
  });
});
