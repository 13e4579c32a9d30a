import type { LabelSource, Use } from '../../compiler/experiment.ts';
import { GraphBuilder, type Value } from '../../compiler/graph/builder.ts';
import { evaluateValues, tensor } from '../../compiler/lower/reference/evaluate.ts';
import type { Registry } from '../../compiler/registry.ts';
import { DataError } from './source.ts';

/** Labels [class, pixel] of one case, from the masks of its raters [rater, class, pixel]. */
export type MakeLabels = (
  raters: Float64Array,
  shape: readonly [raters: number, classes: number, pixels: number],
) => Float64Array;

type LabelStep = (labels: Value, options: Use['options']) => Value;

/**
 * The steps of a label source as one function, evaluated in float64 by `reference`. `stored` says that the data
 * have one mask a case, which `raters` takes as a single rater.
 */
export async function labelMaker(
  { root, steps }: LabelSource,
  { stored, name }: { readonly stored: boolean; readonly name: string },
  registry: Registry,
): Promise<MakeLabels> {
  if (root === 'mask' && !stored)
    throw new DataError(
      `The data set ${name} has several raters, so it has no \`mask\`.`,
      name,
      'Combine the raters: `raters |> majority`, or `raters |> average` for soft labels.',
    );
  const functions = await Promise.all(
    steps.map(async (step) => ({ step, apply: await loadStep(step, registry) })),
  );
  return (raters, shape) => {
    const [, classes, pixels] = shape;
    const given = root === 'mask' ? [classes, pixels] : shape;
    const input = new GraphBuilder().input('labels', given);
    const output = functions.reduce((labels, { step, apply }) => apply(labels, step.options), input);
    if (output.shape.length !== 2)
      throw new Error(`The label source ends in the shape [${output.shape}], not [class, pixel].`);
    return evaluateValues([output], { labels: tensor(given, raters) })[0]!.data;
  };
}

async function loadStep({ name }: Use, registry: Registry): Promise<LabelStep> {
  const component = registry.label[name];
  if (!component) throw new Error(`The registry has no label step ${name}.`);
  return (await component.load()) as LabelStep;
}
