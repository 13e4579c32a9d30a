import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Value } from '../../../compiler/graph/builder.ts';
import { abs } from '../../../compiler/graph/operations/abs.ts';
import { add } from '../../../compiler/graph/operations/add.ts';
import { div } from '../../../compiler/graph/operations/div.ts';
import { exp } from '../../../compiler/graph/operations/exp.ts';
import { greater } from '../../../compiler/graph/operations/greater.ts';
import { log } from '../../../compiler/graph/operations/log.ts';
import { max } from '../../../compiler/graph/operations/max.ts';
import { min } from '../../../compiler/graph/operations/min.ts';
import { mul } from '../../../compiler/graph/operations/mul.ts';
import { neg } from '../../../compiler/graph/operations/neg.ts';
import { pow } from '../../../compiler/graph/operations/pow.ts';
import { relu } from '../../../compiler/graph/operations/relu.ts';
import { sign } from '../../../compiler/graph/operations/sign.ts';
import { sqrt } from '../../../compiler/graph/operations/sqrt.ts';
import { sub } from '../../../compiler/graph/operations/sub.ts';
import { sum } from '../../../compiler/graph/operations/sum.ts';
import { analyse } from '../../../compiler/laws/analyse.ts';
import { isAlone } from '../../../compiler/laws/decide.ts';
import { lossAt, slopeAt } from '../../../compiler/laws/evaluate.ts';
import { type Loss, lossGraph } from '../../../compiler/laws/loss-graph.ts';

/** A loss nobody would write, as the choices that make it: of each value, an operation on earlier ones. */
type Recipe = readonly { readonly operation: number; readonly operands: readonly [number, number] }[];

const guard = (y: Value) => add(y, sub(1, greater(y, 0)));

const operations: readonly ((a: Value, b: Value) => Value)[] = [
  add,
  sub,
  mul,
  (a) => abs(a),
  (a) => neg(a),
  min,
  (a) => relu(a),
  (a) => pow(a, 2),
  (a) => pow(a, 0.5),
  (a, b) => div(a, guard(abs(b))),
  (a, b) => div(a, add(abs(b), 0.5)),
  (a, b) => div(a, guard(b)),
  (a) => log(add(abs(a), 0.1)),
  (a) => log(abs(a)),
  (a) => sqrt(abs(a)),
  (a) => exp(a),
  (a) => sign(a),
  (a, b) => greater(a, b),
  (a) => (a.shape.length === 3 ? sum(a, [1, 2], true) : a),
  (a) => (a.shape.length === 3 ? sum(a, [2], true) : a),
  (a) => (a.shape.length === 3 ? max(a, [1, 2], true) : a),
  (a) => mul(a, 0.5),
  (a) => sub(1, a),
  (a) => add(a, 0.25),
  (a, b) => abs(sub(a, b)),
  (a, b) => mul(sub(a, b), sub(a, b)),
];

const build =
  (recipe: Recipe): Loss =>
  ({ probabilities, logProbabilities, labels, keep }) => {
    const x = mul(probabilities, keep);
    const y = mul(labels, keep);
    const values = [x, y, x, y, probabilities, labels, logProbabilities, abs(sub(x, y))];
    for (const { operation, operands } of recipe) {
      const [a, b] = operands.map((i) => values[values.length - 1 - (i % values.length)]!) as [Value, Value];
      values.push(operations[operation]!(a, b));
    }
    return sum(values.at(-1)!);
  };

const recipe = fc.array(
  fc.record({
    operation: fc.nat(operations.length - 1),
    operands: fc.tuple(fc.nat(7), fc.nat(7)),
  }),
  { minLength: 1, maxLength: 7 },
);

const setting = { classes: 2, images: 1, pixels: 2 };
const shares = fc.tuple(fc.constantFrom(0, 0, 0.2, 0.5, 0.7, 1, 1), fc.constantFrom(0, 0.3, 0.5, 1));
const pixels = ([a, b]: readonly [number, number]) => [1 - a, 1 - b, a, b];

test('what is proved of losses that nobody would write holds', () => {
  fc.assert(
    fc.property(
      recipe,
      fc.boolean(),
      shares,
      fc.array(shares, { minLength: 6, maxLength: 6 }),
      (made, soft, given, tried) => {
        const terms = [{ weight: 1, loss: build(made), options: {}, target: 0, soft }];
        const graph = lossGraph(terms, setting);
        const facts = analyse(graph.value, soft ? 'soft' : 'hard');
        const label = pixels(soft ? given : [Math.round(given[0]), Math.round(given[1])]);
        const atLabel = lossAt(graph, { prediction: label, labels: [label] });
        if (facts.atTarget?.atoms.size === 0) expect(atLabel).toBeCloseTo(facts.atTarget.constant, 8);
        for (const prediction of tried.map(pixels)) {
          const { loss, gradient } = slopeAt(graph, { prediction, labels: [label] });
          const slack = 1e-9 * Math.max(1, Math.abs(loss), Math.abs(atLabel));
          expect(loss < facts.low - slack || loss > facts.high + slack).toBe(false);
          if (facts.bounded) expect(Number.isFinite(loss)).toBe(true);
          if (facts.steady) expect(gradient.every(Number.isFinite)).toBe(true);
          if (facts.least && Number.isFinite(atLabel)) expect(loss).toBeGreaterThanOrEqual(atLabel - slack);
          if (facts.most && Number.isFinite(atLabel)) expect(loss).toBeLessThanOrEqual(atLabel + slack);
          const distance = Math.max(...prediction.map((p, i) => Math.abs(p - label[i]!)));
          if (facts.least && distance > 0.1 && isAlone(facts.least, soft, 2))
            expect(loss).toBeGreaterThan(atLabel);
        }
      },
    ),
    { numRuns: 1000, seed: 11 },
  );
});
