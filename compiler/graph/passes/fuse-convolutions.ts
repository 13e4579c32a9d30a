import type { GraphBuilder, Value } from '../builder.ts';
import { addOperation } from '../operations/add.ts';
import { blockedBiasAddOperation } from '../operations/blocked/blocked-bias-add.ts';
import { blockedConv2d, blockedConv2dOperation, type Fused } from '../operations/blocked/blocked-conv2d.ts';
import { geometryOf } from '../operations/convolution.ts';
import { reluOperation } from '../operations/relu.ts';
import { equal } from '../shape.ts';
import { type Pass, type RewriteContext, rewrite } from './rewrite.ts';

/**
 * A bias, a second summand and a ReLU become part of the convolution before them, which costs nothing: one pass over
 * the output instead of three. A convolution computes relu(x ∗ w + bias + sum), so nothing comes after the ReLU.
 */
export const fuseConvolutions: Pass = (graph) => rewrite(graph, fused);

function fused({ builder, node, inputs, uses }: RewriteContext): Value | undefined {
  /** The convolution that made an input, if this is its only use and it can still take something in. */
  const open = (i: number): Convolution | undefined => {
    const convolution = convolutionOf(builder, inputs[i]!);
    return convolution && !convolution.relu && uses(node.inputs[i]!) === 1 ? convolution : undefined;
  };
  if (node.operation === blockedBiasAddOperation) {
    const convolution = open(0);
    if (convolution && !convolution.bias) return emit({ ...convolution, bias: inputs[1]! });
  }
  if (node.operation === addOperation && equal(inputs[0]!.shape, inputs[1]!.shape))
    for (const [i, other] of [
      [0, 1],
      [1, 0],
    ] as const) {
      const convolution = open(i);
      if (convolution && !convolution.sum) return emit({ ...convolution, sum: inputs[other]! });
    }
  if (node.operation === reluOperation) {
    const convolution = open(0);
    if (convolution) return emit({ ...convolution, relu: true });
  }
  return undefined;
}

interface Convolution extends Fused {
  readonly x: Value;
  readonly w: Value;
  readonly geometry: ReturnType<typeof geometryOf>;
}

function convolutionOf(builder: GraphBuilder, value: Value): Convolution | undefined {
  const { operation, inputs, attributes } = builder.node(value);
  if (operation !== blockedConv2dOperation) return undefined;
  const [x, w, ...rest] = inputs.map((id) => builder.value(id));
  const bias = attributes.bias ? rest.shift() : undefined;
  const sum = attributes.sum ? rest.shift() : undefined;
  return { x: x!, w: w!, geometry: geometryOf(attributes), bias, sum, relu: Boolean(attributes.relu) };
}

const emit = ({ x, w, geometry, ...fusions }: Convolution): Value => blockedConv2d(x, w, geometry, fusions);
