import type { Distilled, LabelRoot, LabelSource, LabelSum, Use } from '../../compiler/experiment.ts';
import type { Registry } from '../../compiler/registry.ts';
import { harden } from '../labels/harden.ts';
import { majority } from '../labels/majority.ts';
import {
  type CombineRaters,
  type KeyPoints,
  type LabelContext,
  LabelError,
  type LabelMap,
  type LabelStep,
} from '../labels/step.ts';
import { random } from '../random.ts';
import { DataError } from './source.ts';

/** One case, as label sources see it. */
export interface LabelCase {
  readonly id: string;
  readonly classes: number;
  readonly height: number;
  readonly width: number;
  /** In their order; where the case has one stored mask, that alone. */
  readonly raters: readonly LabelMap[];
  /** As stored, hard or soft. */
  readonly mask?: LabelMap | undefined;
  /** [pixel]: 1 for pixels that count. */
  readonly keep: ArrayLike<number>;
  /** Probabilities that a teacher predicts for this case: softmax(logits / T), of the head and with the T of the root. */
  readonly predictions?: ((root: Distilled | 'teacher') => LabelMap) | undefined;
  /** For `kde`, in place of those that it draws. */
  readonly keys?: KeyPoints | undefined;
  /** Gets what a step has chosen by itself, such as the bandwidth of `kde(auto)`. */
  readonly note?: ((step: string, chosen: Readonly<Record<string, number>>) => void) | undefined;
}

/** What a step that is random draws from, beside case and place. */
export interface Draw {
  readonly seed: number;
  readonly epoch: number;
}

/** The labels of one case, in float64. They depend on the draw only if the source `drawsAnew`. */
export type MakeLabels = (given: LabelCase, draw: Draw) => LabelMap;

/** Of the data set: whether it has one mask a case, which `raters` takes as a single rater, and its name. */
export interface LabelScope {
  readonly stored: boolean;
  readonly name: string;
}

/** Where a source stands: empty for a whole one, the number of the term inside of a sum. */
type Place = readonly number[];

/** A label source as one function. What its steps cannot work on is a `DataError` that names the case. */
export async function labelMaker(
  { root, steps }: LabelSource,
  scope: LabelScope,
  registry: Registry,
  place: Place = [],
): Promise<MakeLabels> {
  const applied = await Promise.all(steps.map((step, i) => loadStep(step, registry, [...place, i])));
  const [begin, rest] =
    root === 'raters'
      ? [combined(applied[0]), applied.slice(1)]
      : [await rootMaker(root, scope, registry, place), applied];
  return (given, draw) =>
    rest.reduce((labels, step) => step(labels, given, draw) as LabelMap, begin(given, draw));
}

/** Whether the labels change from epoch to epoch: a step of the source, or of a term of its sum, is `@random`. */
export function drawsAnew({ root, steps }: LabelSource, registry: Registry): boolean {
  const terms = typeof root === 'object' && root.kind === 'sum' ? root.terms : [];
  return (
    steps.some(({ name }) => isRandom(name, registry)) ||
    terms.some(({ source }) => drawsAnew(source, registry))
  );
}

const isRandom = (step: string, registry: Registry): boolean =>
  'random' in (registry.label[step]?.tags ?? {});

type AppliedStep = (labels: LabelMap | readonly LabelMap[], given: LabelCase, draw: Draw) => LabelMap;

async function loadStep({ name, options }: Use, registry: Registry, place: Place): Promise<AppliedStep> {
  const component = registry.label[name];
  if (!component) throw new Error(`The registry has no label step ${name}.`);
  const apply = (await component.load()) as LabelStep<Use['options']> & CombineRaters<Use['options']>;
  const anew = isRandom(name, registry);
  return (labels, given, { seed, epoch }) => {
    const keys = anew ? [seed, epoch, given.id] : [given.id];
    const context = contextOf(given, name, random('labels', ...keys, ...place));
    try {
      return apply(labels as LabelMap & readonly LabelMap[], context, options);
    } catch (error) {
      if (!(error instanceof LabelError)) throw error;
      throw new DataError(`Case ${given.id}, step \`${name}\`: ${error.message}`, given.id, error.help);
    }
  };
}

function contextOf(given: LabelCase, step: string, drawn: LabelContext['random']): LabelContext {
  const { id, classes, height, width, keep, keys, mask, raters } = given;
  const note: LabelContext['note'] = (chosen) => given.note?.(step, chosen);
  const context = { id, classes, height, width, keep, keys, random: drawn, note };
  const hard = () => (mask ? harden(mask, context) : majority(raters, context));
  return { ...context, hard: mask || raters.length > 0 ? hard : undefined };
}

function combined(combine: AppliedStep | undefined): MakeLabels {
  if (!combine) throw new Error('The label source `raters` has no step that makes one label of them.');
  return (given, draw) => {
    if (given.raters.length === 0)
      throw missing('`raters`', given.id, 'Give their masks, or begin with `mask` or `teacher`.');
    return combine(given.raters, given, draw);
  };
}

async function rootMaker(
  root: Exclude<LabelRoot, 'raters'>,
  scope: LabelScope,
  registry: Registry,
  place: Place,
): Promise<MakeLabels> {
  if (root === 'mask') return storedMask(scope);
  if (root === 'teacher' || root.kind === 'distill')
    return ({ id, predictions }) => {
      if (!predictions)
        throw missing('what a teacher predicts', id, 'Give predictions, or begin with `raters` or `mask`.');
      return predictions(root);
    };
  return weightedSum(root, scope, registry, place);
}

function storedMask({ stored, name }: LabelScope): MakeLabels {
  if (!stored)
    throw new DataError(
      `The data set ${name} has several raters, so it has no \`mask\`.`,
      name,
      'Combine the raters: `raters |> majority`, or `raters |> average` for soft labels.',
    );
  return ({ id, mask }) => {
    if (!mask) throw missing('`mask`', id, 'Give it, or begin with `raters` or `teacher`.');
    return mask;
  };
}

async function weightedSum(
  { terms }: LabelSum,
  scope: LabelScope,
  registry: Registry,
  place: Place,
): Promise<MakeLabels> {
  const parts = await Promise.all(
    terms.map(async ({ weight, source }, i) => ({
      weight,
      make: await labelMaker(source, scope, registry, [...place, i]),
    })),
  );
  return (given, draw) => {
    const sum = new Float64Array(given.classes * given.height * given.width);
    for (const { weight, make } of parts)
      for (const [i, y] of make(given, draw).entries()) sum[i]! += weight * y;
    // Weights add up to 1 but for rounding.
    return sum.map((y) => Math.min(1, y));
  };
}

const missing = (what: string, id: string, help: string) =>
  new DataError(`The labels of case ${id} are made of ${what}, which is not there.`, id, help);
