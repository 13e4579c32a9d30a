import { checkLoss } from '../../compiler/check/expression.ts';
import type { Use } from '../../compiler/experiment.ts';
import { looksAtOneClass } from '../../compiler/laws/decide.ts';
import { lossAt } from '../../compiler/laws/evaluate.ts';
import { type Loss, lossGraph } from '../../compiler/laws/loss-graph.ts';
import type { Component, Registry } from '../../compiler/registry.ts';

/** A loss of one pixel over its prediction, for one label. */
export interface Curve {
  readonly target: number;
  /** At evenly spaced predictions from 0 to 1; infinite where the loss is. */
  readonly values: readonly number[];
  readonly atTarget: number;
}

export interface Curves {
  /** Whether the pixel has one class by itself, or two whose probabilities are 1 − p and p. */
  readonly classes: 1 | 2;
  readonly curves: readonly Curve[];
}

const steps = 100;
const softTargets = [0, 0.3, 0.5, 1];
const hardTargets = [0, 1];

/** The curves of a loss; of one that needs hard labels, those of hard labels. */
export async function curvesOf({ tags, load }: Component, options: Use['options']): Promise<Curves> {
  const loss = (await load()) as Loss;
  const soft = tags.requires !== 'hard';
  const terms = [{ weight: 1, loss, options, target: 0, soft }];
  const classes = looksAtOneClass(terms) ? 1 : 2;
  const graph = lossGraph(terms, { classes, images: 1, pixels: 1 });
  const pixel = (share: number) => (classes === 1 ? [share] : [1 - share, share]);
  const curves = (soft ? softTargets : hardTargets).map((target): Curve => {
    const at = (p: number) => lossAt(graph, { prediction: pixel(p), labels: [pixel(target)] });
    return {
      target,
      values: Array.from({ length: steps + 1 }, (_, i) => at(i / steps)),
      atTarget: at(target),
    };
  });
  return { classes, curves };
}

/** The options of a loss as they are by default, or those of its example where some must be given. */
export function usualOptions(
  component: Component,
  registry: Registry,
): { readonly given: boolean; readonly options: Use['options'] } {
  const { name, parameters, tags } = component;
  if (parameters.every((parameter) => parameter.default !== undefined))
    return { given: false, options: Object.fromEntries(parameters.map((p) => [p.name, p.default!])) };
  const terms = checkLoss(tags.example ?? '', { registry }).value ?? [];
  const own = terms.find(({ loss }) => loss.name === name);
  if (!own) throw new Error(`${component.file}: an option must be given, and @example does not give it`);
  return { given: true, options: own.loss.options };
}
