import { checkLoss } from '../../compiler/check/expression.ts';
import type { Term, Use } from '../../compiler/experiment.ts';
import { gradients } from '../../compiler/graph/autodiff.ts';
import { GraphBuilder, type Value } from '../../compiler/graph/builder.ts';
import { given, softmax } from '../../compiler/graph/functions/softmax.ts';
import { neededFor } from '../../compiler/graph/graph.ts';
import { add } from '../../compiler/graph/operations/add.ts';
import { mul } from '../../compiler/graph/operations/mul.ts';
import { tensor } from '../../compiler/lower/reference/evaluate.ts';
import type { Registry } from '../../compiler/registry.ts';
import { type NumericArray, placeText } from '../arrays/array.ts';
import { loadComponent } from '../load-model.ts';
import type { LossInputs } from '../losses/loss.ts';
import { checked } from './checked.ts';
import type { Evaluate } from './evaluator.ts';
import { ArrayError, type Axes, classLast, type Given } from './given.ts';
import { type LossArrays, type Prediction, readLossArrays } from './loss-arrays.ts';
import { openTargets, type Target } from './loss-targets.ts';

/** What a loss is asked about. */
export interface LossQuestion {
  /** An expression of the language: `0.25 ce + 0.75 dml1(smooth: 0)`. */
  readonly loss: string;
  /** Of the heads by name; `main` must be among them. [image, height, width, class], or fewer axes: see `axesOf`. */
  readonly prediction: Prediction;
  /** In the shape of the prediction, or without its class axis as a map of class indices. */
  readonly labels?: Given | undefined;
  /** In the shape of the prediction without its class axis: 1 for pixels that count. */
  readonly keep?: Given | undefined;
  /** In a map of class indices, the value of pixels that do not count. */
  readonly ignore?: number | undefined;
  /** What `on teacher` means. */
  readonly teacher?: Prediction | undefined;
  readonly gradient: boolean;
}

export interface LossAnswer {
  readonly value: number;
  /** With respect to the main head's logits or probabilities as they were given, in their shape. */
  readonly gradient?: NumericArray;
  /** The same for the other heads, by name. */
  readonly gradients?: Readonly<Record<string, NumericArray>>;
  /** The terms of the sum, unweighted. */
  readonly terms: readonly { readonly weight: number; readonly loss: string; readonly value: number }[];
  /** What is suspicious about the arrays, though they can be worked with. */
  readonly warnings: readonly string[];
}

/**
 * The value of a loss on arrays, and its gradient.
 *
 * @throws ArrayError for an expression or arrays that cannot be worked with
 */
export async function evalLoss(
  question: LossQuestion,
  evaluate: Evaluate,
  registry: Registry,
): Promise<LossAnswer> {
  const { loss, prediction } = question;
  const names = Object.keys(prediction.heads);
  const terms = checked(checkLoss(loss, { registry, heads: names }), loss);
  const arrays = readLossArrays(question);
  const targets = await openTargets(terms, question, arrays, registry);
  const graph = await buildGraph(terms, targets, arrays, registry);
  checkLogarithms(graph, targets, arrays);

  const wanted = question.gradient ? gradients(graph.total, Object.values(graph.inputs)) : [];
  const values = {
    value: graph.total,
    ...Object.fromEntries(graph.terms.map((term, i) => [`term.${i}`, term])),
    ...Object.fromEntries(wanted.map((gradient, i) => [`gradient.${names[i]}`, gradient])),
  };
  const results = await evaluate(values, feedsOf(targets, arrays));
  const value = finite(results.value![0]!, loss);
  const gradientOf = (head: string) =>
    gradientArray(results[`gradient.${head}`]!, head, question, arrays.axes);
  const others = names.filter((name) => name !== 'main');
  return {
    value,
    ...(question.gradient ? { gradient: gradientOf('main') } : {}),
    ...(question.gradient && others.length > 0
      ? { gradients: Object.fromEntries(others.map((head) => [head, gradientOf(head)])) }
      : {}),
    terms: terms.map(({ weight, loss: { name } }, i) => ({
      weight,
      loss: name,
      value: results[`term.${i}`]![0]!,
    })),
    warnings: arrays.warnings,
  };
}

interface LossGraph {
  readonly builder: GraphBuilder;
  readonly total: Value;
  /** Unweighted. */
  readonly terms: readonly Value[];
  /** Of each head. */
  readonly inputs: Readonly<Record<string, Value>>;
  /** Of each head: the logarithm of its probabilities. */
  readonly logarithms: Readonly<Record<string, Value>>;
}

type Loss = (inputs: LossInputs, options: Use['options']) => Value;

async function buildGraph(
  terms: readonly Term[],
  targets: readonly Target[],
  { kind, heads, axes }: LossArrays,
  registry: Registry,
): Promise<LossGraph> {
  const losses = await Promise.all(terms.map(({ loss }) => loadComponent<Loss>(registry.loss, loss)));
  const { images, height, width, classes } = axes;
  const shape = [classes, images, height * width];
  const builder = new GraphBuilder();
  const keep = builder.input('keep', [1, images, height * width]);
  const inputs = Object.fromEntries(
    Object.keys(heads).map((head) => [head, builder.input(`head.${head}`, shape)]),
  );
  const outputs = Object.fromEntries(
    Object.entries(inputs).map(([head, x]) => [head, kind === 'logits' ? softmax(x, 0) : given(x)]),
  );
  const values = terms.map(({ loss, at }, i) => {
    const { input, soft } = targets[i]!;
    const labels = builder.input(input, shape);
    return losses[i]!({ ...outputs[at]!, labels, keep, height, width, soft }, loss.options);
  });
  return {
    builder,
    terms: values,
    total: values.map((value, i) => mul(value, terms[i]!.weight)).reduce(add),
    inputs,
    logarithms: Object.fromEntries(
      Object.entries(outputs).map(([head, { logProbabilities }]) => [head, logProbabilities]),
    ),
  };
}

/** A loss with a logarithm is infinite where a label is above 0 and its probability is 0. */
function checkLogarithms(
  { builder, terms, logarithms }: LossGraph,
  targets: readonly Target[],
  arrays: LossArrays,
): void {
  if (arrays.kind === 'logits') return;
  for (const [i, term] of terms.entries()) {
    const needed = new Set(neededFor([term.id], builder.nodes).map(({ id }) => id));
    for (const [head, logarithm] of Object.entries(logarithms)) {
      if (!needed.has(logarithm.id)) continue;
      const x = arrays.heads[head]!;
      const at = targets[i]!.data.findIndex((y, j) => y > 0 && x[j] === 0);
      if (at < 0) continue;
      throw new ArrayError(
        `The loss is infinite: a probability is 0 where its label is ${targets[i]!.data[at]}, at ${placeOf(at, arrays.axes)}.`,
        'Give logits instead, or probabilities above 0.',
      );
    }
  }
}

function feedsOf(targets: readonly Target[], { heads, keep, axes }: LossArrays) {
  const { images, height, width, classes } = axes;
  const shape = [classes, images, height * width];
  return {
    keep: tensor([1, images, height * width], keep),
    ...Object.fromEntries(Object.entries(heads).map(([head, data]) => [`head.${head}`, { shape, data }])),
    ...Object.fromEntries(targets.map(({ input, data }) => [input, { shape, data }])),
  };
}

function finite(value: number, loss: string): number {
  if (Number.isFinite(value)) return value;
  throw new ArrayError(
    `The value of '${loss}' on these arrays is ${value}.`,
    'Look for very large logits, or ask for the terms one by one.',
  );
}

function gradientArray(
  data: ArrayLike<number>,
  head: string,
  { prediction }: LossQuestion,
  axes: Axes,
): NumericArray {
  const { shape } = prediction.heads[head]!;
  const gradient = { shape, data: classLast(data, axes.classes) };
  const at = gradient.data.findIndex((value) => !Number.isFinite(value));
  if (at < 0) return gradient;
  throw new ArrayError(
    `The gradient of the loss is ${gradient.data[at]} at ${placeText(at, shape)}.`,
    'There it has none. Look at the options of the loss: a smoothing above 0, or another exponent.',
  );
}

/** Where an element of [class, image, pixel] stands in [image, height, width, class]. */
function placeOf(at: number, { images, height, width, classes }: Axes): string {
  const pixels = images * height * width;
  return placeText((at % pixels) * classes + Math.floor(at / pixels), [images, height, width, classes]);
}
