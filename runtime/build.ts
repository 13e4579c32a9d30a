import type { Experiment, LabelSource, Term, Use } from '../compiler/experiment.ts';
import { GraphBuilder, type Value } from '../compiler/graph/builder.ts';
import { softmax } from '../compiler/graph/functions/softmax.ts';
import type { Graph } from '../compiler/graph/graph.ts';
import { add } from '../compiler/graph/operations/add.ts';
import { mul } from '../compiler/graph/operations/mul.ts';
import { reshape } from '../compiler/graph/operations/reshape.ts';
import type { Update } from '../compiler/graph/passes/differentiate.ts';
import { passes } from '../compiler/graph/passes/index.ts';
import type { Registry } from '../compiler/registry.ts';
import { distinctLabels, labelKey } from './data/label-key.ts';
import { type LoadedModel, loadComponent, loadModel } from './load-model.ts';
import type { LossInputs } from './losses/loss.ts';

/** What the graph needs to know of the data. */
export interface Dimensions {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

export interface Build {
  /** The training step, after all passes that do not depend on an engine. */
  readonly graph: Graph;
  /** Each stage on the way there, in order: `forward`, then the name of each pass. */
  readonly stages: Readonly<Record<string, Graph>>;
  /** Distinct targets of the loss, in the order of the graph's inputs `labels0`, `labels1` … */
  readonly targets: readonly LabelSource[];
  /** One a term of the loss, in the order of the outputs `loss.0`, `loss.1` …: `0.75 dml1`. */
  readonly terms: readonly string[];
}

/**
 * The training graph of an experiment. Functions: `train` takes `image` [B, H, W, C], `labels0` … [K, B, H·W],
 * `keep` [1, B, H·W] and `rate` [1], and returns `loss` and `loss.0` … [1]; `infer` takes `image` and returns
 * `probabilities` [K, B, H·W] of the main head.
 *
 * @throws ModelError where the model cannot take an input of this size
 */
export async function build(
  experiment: Experiment,
  dimensions: Dimensions,
  registry: Registry,
): Promise<Build> {
  const components = await loadComponents(experiment, registry);
  const targets = distinctLabels(experiment.loss.map(({ on }) => on));
  const stages: Record<string, Graph> = { forward: forward(experiment, dimensions, targets, components) };
  let graph = stages.forward!;
  for (const [name, pass] of Object.entries(passes(components.update))) {
    graph = pass(graph);
    stages[name] = graph;
  }
  return {
    graph,
    stages,
    targets,
    terms: experiment.loss.map(({ weight, loss }) => `${weight} ${loss.name}`),
  };
}

type Loss = (inputs: LossInputs, options: Use['options']) => Value;
type Optimizer = (context: Parameters<Update>[0], options: Use['options']) => ReturnType<Update>;

interface Components {
  readonly model: LoadedModel;
  readonly losses: readonly ((inputs: LossInputs) => Value)[];
  readonly update: Update;
}

async function loadComponents(experiment: Experiment, registry: Registry): Promise<Components> {
  const { loss, optimizer } = experiment;
  const rule = await loadComponent<Optimizer>(registry.optimizer, optimizer);
  const losses = await Promise.all(
    loss.map(async (term) => {
      const measure = await loadComponent<Loss>(registry.loss, term.loss);
      return (inputs: LossInputs) => measure(inputs, term.loss.options);
    }),
  );
  return {
    model: await loadModel(experiment, registry),
    losses,
    update: (context) => rule(context, optimizer.options),
  };
}

/** Model, loss and prediction, without gradients. */
function forward(
  { batch, data, loss }: Experiment,
  { height, width, channels }: Dimensions,
  targets: readonly LabelSource[],
  { model, losses }: Components,
): Graph {
  const builder = new GraphBuilder();
  const classes = data.classes.length;
  const image = builder.input('image', [batch, height, width, channels]);
  const { heads: trained, updates } = model(image, classes, true);
  const keep = builder.input('keep', [1, batch, height * width]);
  const labels = targets.map((_, i) => builder.input(`labels${i}`, [classes, batch, height * width]));
  const termOf = ({ at, on }: Term, i: number) => {
    const target = targets.findIndex((source) => labelKey(source) === labelKey(on));
    const prediction = softmax(trained[at]!, 0);
    return losses[i]!({ ...prediction, labels: labels[target]!, keep, height, width, soft: on.soft });
  };
  // Experiments that differ in the order of their terms are one by identity, so the bits may not depend on it either.
  const order = loss
    .map((term, i) => ({ term, i }))
    .sort((a, b) => (termKey(a.term) < termKey(b.term) ? -1 : 1));
  const terms = order.map(({ term, i }) => ({ i, weight: term.weight, value: termOf(term, i) }));
  const total = terms.map(({ weight, value }) => mul(value, weight)).reduce(add);
  const outputs = Object.fromEntries(terms.map(({ i, value }) => [`loss.${i}`, reshape(value, [1])]));
  builder.define('train', { loss: reshape(total, [1]), ...outputs }, updates);
  const { heads } = model(image, classes, false);
  builder.define('infer', { probabilities: softmax(heads.main, 0).probabilities });
  return builder.build();
}

const termKey = ({ weight, loss, on, at }: Term): string =>
  JSON.stringify([loss.name, loss.options, labelKey(on), at, weight]);
