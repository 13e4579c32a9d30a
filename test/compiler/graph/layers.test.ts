import { describe, expect, test } from 'vitest';
import { gradients } from '../../../compiler/graph/autodiff.ts';
import { GraphBuilder, type Value } from '../../../compiler/graph/builder.ts';
import { moments, normalise, updateRunning } from '../../../compiler/graph/functions/batch-norm.ts';
import { averagePool2d, resizeBilinear } from '../../../compiler/graph/functions/resample.ts';
import { softmax } from '../../../compiler/graph/functions/softmax.ts';
import { biasAdd } from '../../../compiler/graph/operations/bias-add.ts';
import { conv2d } from '../../../compiler/graph/operations/conv2d.ts';
import { conv2dInputGradient } from '../../../compiler/graph/operations/conv2d-input-gradient.ts';
import { maxPool2d } from '../../../compiler/graph/operations/max-pool2d.ts';
import { mul } from '../../../compiler/graph/operations/mul.ts';
import { relu } from '../../../compiler/graph/operations/relu.ts';
import { sum } from '../../../compiler/graph/operations/sum.ts';
import { upsampleNearest } from '../../../compiler/graph/operations/upsample-nearest.ts';
import { evaluators } from '../../support/evaluators.ts';
import { oracle } from '../../support/oracle.ts';
import { difference, type StoredTensor, stored } from '../../support/stored-tensor.ts';

interface Case extends Record<string, unknown> {
  readonly op: string;
  readonly about: string;
  readonly output: StoredTensor;
  readonly grad_output: StoredTensor;
}

type Inputs = (name: string) => Value;
const pair = (n: unknown): [number, number] => [n as number, n as number];

/** How each layer of the reference vectors is said in our operations. */
const layers: Readonly<Record<string, (input: Inputs, c: Case) => Readonly<Record<string, Value>>>> = {
  conv2d: (input, c) => ({
    output: biasAdd(
      conv2d(input('input'), input('kernel'), {
        strides: pair(c.stride),
        padding: c.padding_top_bottom_left_right as [number, number, number, number],
        dilations: pair(c.dilation),
      }),
      input('bias'),
    ),
  }),
  conv2d_transpose: (input, c) => {
    const crop = c.crop as number;
    const geometry = {
      strides: pair(c.stride),
      padding: [crop, crop, crop, crop] as const,
      dilations: pair(1),
    };
    return {
      output: biasAdd(
        conv2dInputGradient(input('input'), input('kernel'), c.output.shape, geometry),
        input('bias'),
      ),
    };
  },
  resize_nearest: (input) => ({ output: upsampleNearest(input('input')) }),
  resize_bilinear: (input, c) => ({
    output: resizeBilinear(input('input'), c.size as [number, number]),
  }),
  avg_pool_2x2: (input) => ({ output: averagePool2d(input('input')) }),
  max_pool_2x2: (input) => ({ output: maxPool2d(input('input')) }),
  relu: (input) => ({ output: relu(input('input')) }),
  batch_norm_training: (input, c) => {
    const batch = moments(input('input'));
    const running = { mean: input('running_mean_before'), variance: input('running_variance_before') };
    const [b, h, w] = (c.input as StoredTensor).shape as [number, number, number];
    const next = updateRunning(running, batch, b * h * w, c.momentum as number);
    return {
      output: normalise(input('input'), batch, input('scale'), input('shift'), c.epsilon as number),
      batch_mean: batch.mean,
      batch_variance_biased: batch.variance,
      running_mean_after: next.mean,
      running_variance_after: next.variance,
    };
  },
  batch_norm_inference: (input, c) => {
    const running = { mean: input('running_mean'), variance: input('running_variance') };
    return {
      output: normalise(input('input'), running, input('scale'), input('shift'), c.epsilon as number),
    };
  },
  softmax: (input) => ({ output: softmax(input('input'), 2).probabilities }),
  log_softmax: (input) => ({ output: softmax(input('input'), 2).logProbabilities }),
};

const cases = oracle<{ cases: Case[] }>('layers')?.cases ?? [];

describe.each(evaluators)('layers on $name', ({ missing, evaluate, tolerance }) => {
  const skipped = describe.skipIf(cases.length === 0 || missing !== undefined);
  skipped(`equal the reference vectors${missing ? ` (${missing})` : ''}`, () => {
    test.each(cases)('$op: $about', async (c) => {
      const builder = new GraphBuilder();
      const input = (name: string) => builder.input(name, (c[name] as StoredTensor).shape);
      const outputs = layers[c.op]!(input, c);
      const scalar = sum(mul(outputs.output!, input('grad_output')));
      const differentiated = Object.keys(c).filter(
        (key) => key.startsWith('grad_') && key.slice(5) in c && key !== 'grad_output',
      );
      const fed = builder.nodes.flatMap(({ attributes }) =>
        typeof attributes.name === 'string' ? [attributes.name] : [],
      );
      const found = gradients(
        scalar,
        differentiated.map((key) => input(key.slice(5))),
      );
      const wanted = { ...outputs, ...Object.fromEntries(differentiated.map((key, i) => [key, found[i]!])) };
      const feeds = Object.fromEntries(fed.map((name) => [name, stored(c[name] as StoredTensor)]));
      const results = await evaluate(wanted, feeds);
      for (const key of Object.keys(wanted)) {
        const expected = c[key] as { readonly data: readonly number[] };
        const { worst, largest } = difference(results[key]!, expected.data);
        expect(worst, key).toBeLessThanOrEqual(tolerance * Math.max(largest, 1));
      }
    });
  });
});
