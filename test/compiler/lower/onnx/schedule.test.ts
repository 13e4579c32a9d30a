import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { OnnxNode } from '../../../../compiler/lower/onnx/protobuf.ts';
import { scheduled } from '../../../../compiler/lower/onnx/schedule.ts';

const node = (name: string, inputs: readonly string[]): OnnxNode => ({
  operation: 'Add',
  domain: '',
  name,
  inputs,
  outputs: [name],
  attributes: {},
});

/** The order in which ONNX Runtime runs a model: depth first from its last result, of several inputs the last first. */
function runs(nodes: readonly OnnxNode[]): readonly string[] {
  const at = new Map(nodes.map(({ name }, i) => [name, i]));
  const used = new Set(nodes.flatMap(({ inputs }) => inputs));
  const done: string[] = [];
  const visit = (name: string): void => {
    if (done.includes(name)) return;
    const inputs = nodes[at.get(name)!]!.inputs.filter((input) => at.has(input));
    for (const input of [...inputs].sort((a, b) => at.get(b)! - at.get(a)!)) visit(input);
    done.push(name);
  };
  for (const { name } of nodes.toReversed()) if (!used.has(name)) visit(name);
  return done;
}

test('a backward pass runs as it is written: masks where they are used, gradients where they are known', () => {
  const written = [
    node('y1', ['x']),
    node('y2', ['y1']),
    node('loss', ['y2']),
    node('mask2', ['y2']),
    node('d2', ['loss', 'mask2']),
    node('w2', ['d2', 'y1']),
    node('back', ['d2']),
    node('mask1', ['y1']),
    node('d1', ['back', 'mask1']),
    node('w1', ['d1', 'x']),
    node('update', ['w1', 'w2']),
  ];
  expect(runs(scheduled(written))).toEqual(written.map(({ name }) => name));
  expect(runs(written)).not.toEqual(written.map(({ name }) => name));
});

test('every node comes after those that it needs', () => {
  const graph = fc
    .array(fc.array(fc.nat(), { maxLength: 3 }), { minLength: 1, maxLength: 30 })
    .map((inputs) =>
      inputs.map((from, i) =>
        node(
          `${i}`,
          from.flatMap((n) => (i === 0 ? [] : [`${n % i}`])),
        ),
      ),
    );
  fc.assert(
    fc.property(graph, (nodes) => {
      const order = scheduled(nodes);
      expect(order.map(({ name }) => name).sort()).toEqual(nodes.map(({ name }) => name).sort());
      const seen = new Set<string>();
      for (const { name, inputs } of order) {
        for (const input of inputs) expect(seen.has(input)).toBe(true);
        seen.add(name);
      }
    }),
  );
});
