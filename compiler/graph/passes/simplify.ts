import type { Value } from '../builder.ts';
import { add, addOperation } from '../operations/add.ts';
import { biasAdd, biasAddOperation } from '../operations/bias-add.ts';
import { broadcastOperation } from '../operations/broadcast.ts';
import { divOperation } from '../operations/div.ts';
import { constantOperation } from '../operations/leaves.ts';
import { mulOperation } from '../operations/mul.ts';
import { neg, negOperation } from '../operations/neg.ts';
import { reshape, reshapeOperation } from '../operations/reshape.ts';
import { sub, subOperation } from '../operations/sub.ts';
import { broadcastShape, equal } from '../shape.ts';
import { joinPadded } from './join-padded.ts';
import { type Pass, type RewriteContext, type Rule, rewrite } from './rewrite.ts';

/** Algebra that needs no arithmetic at run time. Each rule has a name to print and to test. */
export const simplifications: Readonly<Record<string, Rule>> = {
  'x + 0 → x': withConstant(addOperation, 0),
  'x · 1 → x': withConstant(mulOperation, 1),
  'x / 1 → x': ({ node, inputs: [x, y] }) =>
    node.operation === divOperation && isFilledWith(y!, 1) && equal(x!.shape, node.shape) ? x : undefined,
  '−(−x) → x': ({ builder, node, inputs: [x] }) =>
    node.operation === negOperation && builder.node(x!).operation === negOperation
      ? builder.value(builder.node(x!).inputs[0]!)
      : undefined,
  'x + (−y) → x − y': ({ builder, node, inputs: [x, y] }) => {
    if (node.operation !== addOperation) return undefined;
    if (builder.node(y!).operation === negOperation)
      return sub(x!, builder.value(builder.node(y!).inputs[0]!));
    if (builder.node(x!).operation === negOperation)
      return sub(y!, builder.value(builder.node(x!).inputs[0]!));
    return undefined;
  },
  '0 − x → −x': ({ node, inputs: [x, y] }) =>
    node.operation === subOperation && isFilledWith(x!, 0) && equal(y!.shape, node.shape)
      ? neg(y!)
      : undefined,
  'reshape(reshape(x)) → reshape(x)': ({ builder, node, inputs: [x] }) =>
    node.operation === reshapeOperation && builder.node(x!).operation === reshapeOperation
      ? reshape(builder.value(builder.node(x!).inputs[0]!), node.shape)
      : undefined,
  'f(broadcast(x), y) → f(x, y), where y has the full shape': unstretched,
  // A convolution, its bias and a second summand are one fused operation on every engine in this order.
  'bias(x + y) → bias(x) + y': ({ builder, node, inputs: [sum, bias] }) => {
    if (node.operation !== biasAddOperation || builder.node(sum!).operation !== addOperation)
      return undefined;
    const [x, y] = builder.node(sum!).inputs.map((id) => builder.value(id)) as [Value, Value];
    return equal(x.shape, y.shape) ? add(biasAdd(x, bias!), y) : undefined;
  },
  'concat(x, 0) + concat(0, y) → concat(x, y)': joinPadded,
};

export const simplify: Pass = (graph) =>
  rewrite(graph, (context) => {
    for (const rule of Object.values(simplifications)) {
      const value = rule(context);
      if (value) return value;
    }
    return undefined;
  });

function isFilledWith(value: Value, number: number): boolean {
  const { operation, attributes } = value.builder.node(value);
  return operation === constantOperation && (attributes.data as Float64Array).every((x) => x === number);
}

function withConstant(operation: typeof addOperation, neutral: number): Rule {
  return ({ node, inputs: [x, y] }) => {
    if (node.operation !== operation) return undefined;
    if (isFilledWith(y!, neutral) && equal(x!.shape, node.shape)) return x;
    return isFilledWith(x!, neutral) && equal(y!.shape, node.shape) ? y : undefined;
  };
}

const broadcasting = new Set([addOperation, subOperation, mulOperation, divOperation]);

function unstretched({ builder, node, inputs }: RewriteContext): Value | undefined {
  if (!broadcasting.has(node.operation)) return undefined;
  const bare = inputs.map((input) => {
    const { operation, inputs: from } = builder.node(input);
    return operation === broadcastOperation ? builder.value(from[0]!) : input;
  });
  const narrowed = [
    [bare[0]!, bare[1]!],
    [bare[0]!, inputs[1]!],
    [inputs[0]!, bare[1]!],
  ] as const;
  const best = narrowed.find(([x, y]) => equal(broadcastShape(x.shape, y.shape), node.shape));
  return best && (best[0] !== inputs[0] || best[1] !== inputs[1])
    ? builder.emit(node.operation, best)
    : undefined;
}
