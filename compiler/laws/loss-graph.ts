import type { Use } from '../experiment.ts';
import { gradients } from '../graph/autodiff.ts';
import { GraphBuilder, type Value } from '../graph/builder.ts';
import { add } from '../graph/operations/add.ts';
import { mul } from '../graph/operations/mul.ts';
import type { Registry } from '../registry.ts';

/** What a loss is given: as in `runtime/losses/loss.ts`. */
interface LossInputs {
  readonly probabilities: Value;
  readonly logProbabilities: Value;
  readonly labels: Value;
  readonly keep: Value;
  readonly height: number;
  readonly width: number;
  readonly soft: boolean;
}
export type Loss = (inputs: LossInputs, options: Use['options']) => Value;

export const loadLoss = async (registry: Registry, { name }: Use): Promise<Loss> =>
  (await registry.loss[name]!.load()) as Loss;

/** A term of a mix that looks at one head. Terms of the same target share the number of it. */
export interface LoadedTerm {
  readonly weight: number;
  readonly loss: Loss;
  readonly options: Use['options'];
  readonly target: number;
  readonly soft: boolean;
}

export interface Setting {
  readonly classes: number;
  readonly images: number;
  readonly pixels: number;
}

export interface LossGraph {
  readonly setting: Setting;
  readonly builder: GraphBuilder;
  readonly value: Value;
  /** With respect to the probabilities and to their logarithms, as if they were two inputs. */
  readonly gradients: readonly [probabilities: Value, logProbabilities: Value];
  /** Whether each target is soft: of the inputs `labels`, `labels1` … */
  readonly soft: readonly boolean[];
}

/** The graph of a mix of losses, with the inputs `probabilities`, `logProbabilities`, `labels` … and `keep`. */
export function lossGraph(terms: readonly LoadedTerm[], setting: Setting): LossGraph {
  const { classes, images, pixels } = setting;
  const builder = new GraphBuilder();
  const shape = [classes, images, pixels];
  const probabilities = builder.input('probabilities', shape);
  const logProbabilities = builder.input('logProbabilities', shape);
  const keep = builder.input('keep', [1, images, pixels]);
  const targets = 1 + Math.max(...terms.map(({ target }) => target));
  const soft = Array.from({ length: targets }, (_, i) =>
    terms.some((term) => term.target === i && term.soft),
  );
  const value = terms
    .map(({ weight, loss, options, target, soft }) => {
      const labels = builder.input(labelsName(target), shape);
      // An image of one row, for losses that look at neighbours.
      const inputs = { probabilities, logProbabilities, labels, keep, height: 1, width: pixels, soft };
      return mul(loss(inputs, options), weight);
    })
    .reduce(add);
  const [x, logX] = gradients(value, [probabilities, logProbabilities]);
  return { setting, builder, value, gradients: [x!, logX!], soft };
}

export const labelsName = (target: number) => (target === 0 ? 'labels' : `labels${target}`);
