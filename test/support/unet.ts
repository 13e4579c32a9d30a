import { GraphBuilder, type Value } from '../../compiler/graph/builder.ts';
import { softmax } from '../../compiler/graph/functions/softmax.ts';
import type { Graph } from '../../compiler/graph/graph.ts';
import type { Tensor } from '../../compiler/graph/operation.ts';
import { add } from '../../compiler/graph/operations/add.ts';
import { mul } from '../../compiler/graph/operations/mul.ts';
import { passes } from '../../compiler/graph/passes/index.ts';
import { size } from '../../compiler/graph/shape.ts';
import { tensor } from '../../compiler/lower/reference/evaluate.ts';
import { ce } from '../../runtime/losses/ce.ts';
import { dml1 } from '../../runtime/losses/dml1.ts';
import { unet } from '../../runtime/models/unet.ts';
import { sgd } from '../../runtime/optimizers/sgd.ts';
import { random } from '../../runtime/random.ts';

export interface UnetCase {
  readonly width: number;
  readonly depth: number;
  readonly side: number;
  readonly batch: number;
  readonly channels?: number;
  readonly norm?: 'none' | 'batch';
  readonly up?: 'nearest' | 'bilinear';
  readonly aux?: boolean;
}

const classes = 2;

/**
 * Training step and inference of a small U-Net: 0.25 cross-entropy + 0.75 DML1, and cross-entropy of an auxiliary head
 * where there is one; SGD with momentum and decay.
 */
export function unetGraph({ side, batch, channels = 1, ...options }: UnetCase): Graph {
  const builder = new GraphBuilder();
  const image = builder.input('image', [batch, side, side, channels]);
  const heads = (training: boolean, updates: Record<string, Value>) =>
    unet(
      {
        image,
        classes,
        training,
        weight: (name, shape, initial) => builder.variable({ name, shape, role: 'weight', initial }),
        statistic: (name, shape, value) =>
          builder.variable({ name, shape, role: 'statistic', initial: { kind: 'fill', value } }),
        update: (name, value) => {
          updates[name] = value;
        },
      },
      options,
    );
  const updates: Record<string, Value> = {};
  const { main, aux } = heads(true, updates);
  const shared = {
    labels: builder.input('labels0', main.shape),
    keep: builder.input('keep', [1, ...main.shape.slice(1)]),
    height: side,
    width: side,
    soft: true,
  };
  const inputs = { ...shared, ...softmax(main, 0) };
  const loss = add(mul(ce(inputs), 0.25), mul(dml1(inputs), 0.75));
  builder.define('train', { loss: aux ? add(loss, ce({ ...shared, ...softmax(aux, 0) })) : loss }, updates);
  builder.define('infer', { probabilities: softmax(heads(false, {}).main, 0).probabilities });
  const step = passes((context) => sgd(context, { rate: 1, momentum: 0.9, decay: 1e-3 }));
  return Object.values(step).reduce((graph, pass) => pass(graph), builder.build());
}

/** Inputs of `train`; labels are soft. */
export function unetInputs({ side, batch, channels = 1 }: UnetCase, key = 'batch'): Record<string, Tensor> {
  const stream = random('unet', key);
  const image = [batch, side, side, channels];
  const pixels = batch * side * side;
  const foreground = Float64Array.from({ length: pixels }, () => stream.integer(5) / 4);
  return {
    image: tensor(
      image,
      Float64Array.from({ length: size(image) }, () => stream.normal()),
    ),
    labels0: tensor([classes, batch, side * side], [...foreground.map((y) => 1 - y), ...foreground]),
    keep: tensor(
      [1, batch, side * side],
      Float64Array.from({ length: pixels }, () => Number(stream.uniform() < 0.9)),
    ),
    rate: tensor([1], [0.05]),
  };
}

/** Initial values of all variables, in their logical shapes. */
export const unetVariables = (graph: Graph): Record<string, Tensor> =>
  Object.fromEntries(
    graph.variables.map(({ name, shape, initial }) => {
      const stream = random('weights', name);
      const draw = () => (initial.kind === 'fill' ? initial.value : initial.deviation * stream.normal());
      return [name, tensor(shape, Float64Array.from({ length: size(shape) }, draw))];
    }),
  );
