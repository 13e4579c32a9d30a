import { describe, expect, test } from 'vitest';
import { GraphBuilder } from '../../../compiler/graph/builder.ts';
import type { Shape } from '../../../compiler/graph/graph.ts';
import { size } from '../../../compiler/graph/shape.ts';
import { evaluateValues, tensor } from '../../../compiler/lower/reference/evaluate.ts';
import { convnet } from '../../../runtime/models/convnet.ts';
import type { Heads, ModelInputs } from '../../../runtime/models/model.ts';
import { type UnetOptions, unet } from '../../../runtime/models/unet.ts';
import { registry } from '../../../runtime/registry.generated.ts';
import { codesOf } from '../../compiler/check/support.ts';

const image: Shape = [2, 8, 16, 1];
const logits: Shape = [3, 2, 128];

/** A model in a graph of its own, and the shapes of its weights in the order of their declaration. */
function built(model: (inputs: ModelInputs) => Heads) {
  const builder = new GraphBuilder();
  const weights: Record<string, Shape> = {};
  const heads = model({
    image: builder.input('image', image),
    classes: 3,
    training: true,
    weight: (name, shape, initial) => {
      weights[name] = shape;
      return builder.variable({ name, shape, role: 'weight', initial });
    },
    statistic: (name, shape) => builder.input(name, shape),
    update: () => {},
  });
  return { heads, weights };
}

const unetOf = (options: UnetOptions) => built((inputs) => unet(inputs, { width: 2, ...options }));

describe('convnet', () => {
  test('numbers its convolutions from 1, the last one goes to the classes', () => {
    const { heads, weights } = built((inputs) => convnet(inputs, { channels: [4, 5], kernel: 5 }));
    expect(heads.main.shape).toEqual(logits);
    expect(weights).toEqual({
      'conv1.kernel': [5, 5, 1, 4],
      'conv1.bias': [4],
      'conv2.kernel': [5, 5, 4, 5],
      'conv2.bias': [5],
      'conv3.kernel': [5, 5, 5, 3],
      'conv3.bias': [3],
    });
  });
});

describe('unet', () => {
  test('has one head, and with `aux` a second one of the same shape', () => {
    expect(Object.keys(unetOf({ depth: 3 }).heads)).toEqual(['main']);
    const { heads, weights } = unetOf({ depth: 3, aux: true });
    expect(heads.main.shape).toEqual(logits);
    expect(heads.aux!.shape).toEqual(logits);
    // The first level of the way up has twice the channels of the last.
    expect(weights['aux.kernel']).toEqual([1, 1, 4, 3]);
    expect(weights['head.kernel']).toEqual([1, 1, 2, 3]);
  });

  test('resizes what the auxiliary head says bilinearly', () => {
    const { heads, weights } = unetOf({ depth: 3, aux: true });
    const numbers = (shape: Shape) =>
      tensor(
        shape,
        Array.from({ length: size(shape) }, (_, i) => Math.sin(i)),
      );
    const variables = Object.fromEntries(
      Object.entries(weights).map(([name, shape]) => [name, numbers(shape)]),
    );
    const [aux] = evaluateValues([heads.aux!], { image: numbers(image) }, variables);
    // The level is half as wide: pixels 2k − 1 and 2k lie a quarter and three quarters between the centres k − 1 and k.
    const row = [...aux!.data.slice(0, 16)];
    const left = (k: number) => (3 * row[2 * k - 1]! - row[2 * k]!) / 2;
    const right = (k: number) => (3 * row[2 * k]! - row[2 * k - 1]!) / 2;
    expect(left(1)).toBeCloseTo(row[0]!, 12);
    for (let k = 1; k < 7; k++) expect(right(k)).toBeCloseTo(left(k + 1), 12);
    expect(right(7)).toBeCloseTo(row[15]!, 12);
  });

  test.each([
    [{ depth: 5 }, 'a unet of depth 5 halves its input 4 times, and 8 x 16 cannot be halved that often'],
    [{ depth: 1, aux: true }, 'a unet of depth 1 has no way up on which an auxiliary head could stand'],
  ])('says why it cannot be built: %j', (options, message) => {
    expect(() => unetOf(options)).toThrow(message);
  });
});

describe('a term at the auxiliary head', () => {
  const experiment = (model: string) =>
    `experiment a extends base { labels: mean  model: ${model}  loss: ce + 0.5 ce at aux }`;

  test('needs a model that has it', () => {
    expect(codesOf(experiment('unet(aux: true)'), { registry })).toEqual([]);
    expect(codesOf(experiment('unet'), { registry })).toEqual(['DML1322']);
    expect(codesOf(experiment('convnet'), { registry })).toEqual(['DML1322']);
  });
});
