import { expect, test } from 'vitest';
import { GraphBuilder, type Value } from '../../../../compiler/graph/builder.ts';
import { add } from '../../../../compiler/graph/operations/add.ts';
import { biasAdd } from '../../../../compiler/graph/operations/bias-add.ts';
import { broadcast } from '../../../../compiler/graph/operations/broadcast.ts';
import { concat } from '../../../../compiler/graph/operations/concat.ts';
import { div } from '../../../../compiler/graph/operations/div.ts';
import { mul } from '../../../../compiler/graph/operations/mul.ts';
import { neg } from '../../../../compiler/graph/operations/neg.ts';
import { reshape } from '../../../../compiler/graph/operations/reshape.ts';
import { sub } from '../../../../compiler/graph/operations/sub.ts';
import { sum } from '../../../../compiler/graph/operations/sum.ts';
import { foldConstants } from '../../../../compiler/graph/passes/fold-constants.ts';
import { removeDeadNodes } from '../../../../compiler/graph/passes/remove-dead-nodes.ts';
import { simplifications, simplify } from '../../../../compiler/graph/passes/simplify.ts';
import { printFunction } from '../../../../compiler/graph/print.ts';
import { evaluate } from '../../../../compiler/lower/reference/evaluate.ts';
import { sampleTensor } from '../../../support/gradient-check.ts';

type Make = (x: Value, y: Value) => Value;
const [h, w, c] = [2, 3, 4];
const shape = [1, h, w, c];
const channel = (y: Value) => sum(y, [0, 1, 2]);

/** What each rule is for, and which operations are left of it. */
const examples: Readonly<Record<string, readonly [Make, readonly string[]]>> = {
  'x + 0 → x': [(x) => add(0, add(x, 0)), []],
  'x · 1 → x': [(x) => mul(1, mul(x, 1)), []],
  'x / 1 → x': [(x) => div(x, 1), []],
  '−(−x) → x': [(x) => neg(neg(x)), []],
  'x + (−y) → x − y': [(x, y) => add(x, neg(y)), ['sub']],
  '0 − x → −x': [(x) => sub(0, x), ['neg']],
  'reshape(reshape(x)) → reshape(x)': [(x) => reshape(reshape(x, [24]), [4, 6]), ['reshape']],
  'f(broadcast(x), y) → f(x, y), where y has the full shape': [
    (x, y) => mul(broadcast(channel(y), shape), x),
    ['mul', 'sum'],
  ],
  'bias(x + y) → bias(x) + y': [(x, y) => biasAdd(add(x, y), channel(y)), ['add', 'biasAdd', 'sum']],
  'concat(x, 0) + concat(0, y) → concat(x, y)': [
    (x, y) => {
      const zeros = broadcast(x.builder.constant(0), shape);
      return add(
        add(concat([x, zeros, zeros], 3), concat([zeros, y, zeros], 3)),
        concat([zeros, zeros, x], 3),
      );
    },
    ['concat'],
  ],
};

const graphOf = (make: Make) => {
  const builder = new GraphBuilder();
  builder.define('f', { out: make(builder.input('x', shape), builder.input('y', shape)) });
  return builder.build();
};

test('every rule has an example here', () =>
  expect(Object.keys(examples)).toEqual(Object.keys(simplifications)));

test.each(Object.entries(examples))('%s', (_, [make, left]) => {
  const before = graphOf(make);
  const after = removeDeadNodes(simplify(before));
  const names = after.nodes
    .map(({ operation }) => operation.name)
    .filter((name) => !['input', 'constant'].includes(name));
  expect(names.sort()).toEqual(left);
  const feeds = { x: sampleTensor(shape, 'x'), y: sampleTensor(shape, 'y') };
  const [expected, actual] = [before, after].map((graph) => evaluate(graph, 'f', feeds).outputs.out!.data);
  expect([...actual!]).toEqual([...expected!].map((value) => expect.closeTo(value, 12)));
});

test('what depends on constants alone is computed once', () => {
  const graph = graphOf((x) => mul(x, sum(mul(x.builder.constant([1, 2, 3], [3]), 2), [0])));
  const folded = foldConstants(graph);
  expect(printFunction(folded, 'f')).toContain('data=[12]');
  expect(folded.nodes.map(({ operation }) => operation.name)).toEqual(
    expect.arrayContaining(['input', 'constant', 'mul']),
  );
  expect(removeDeadNodes(folded).nodes).toHaveLength(3);
});

test('equal work is done once, and what nothing needs is not done', () => {
  const graph = graphOf((x, y) => {
    sub(x, y);
    return mul(add(x, y), add(x, y));
  });
  expect(removeDeadNodes(graph).nodes.map(({ operation }) => operation.name)).toEqual([
    'input',
    'input',
    'add',
    'mul',
  ]);
});
