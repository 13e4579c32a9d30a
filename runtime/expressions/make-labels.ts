import { checkLabels } from '../../compiler/check/expression.ts';
import type { LabelRoot } from '../../compiler/experiment.ts';
import type { Registry } from '../../compiler/registry.ts';
import { shapeText } from '../arrays/array.ts';
import { labelMaker } from '../data/label-sources.ts';
import type { KeyPoints } from '../labels/step.ts';
import { checked } from './checked.ts';
import { ArrayError, checkShares, type Given, imageOf, pixelsOf, putImage } from './given.ts';
import { type LabelArrays, type LabelGiven, readLabelArrays } from './label-arrays.ts';

export interface LabelQuestion extends LabelGiven {
  /** A label source of the language: `raters |> average(weights: dice)`. */
  readonly pipeline: string;
  /** Name of the case: random steps draw from it, from seed and from epoch, as a run does. Images of a stack have a number behind it. */
  readonly id: string;
  readonly seed: number;
  readonly epoch: number;
  /** Key points of `kde`: probabilities [key, class] and the class of each, [key]. */
  readonly keys?: { readonly probabilities: Given; readonly labels: Given } | undefined;
}

/** Labels as they are written: [..., class], or a map. */
export interface MadeLabels {
  /** Shape of a map: [height, width], or [image, height, width]. */
  readonly space: readonly number[];
  readonly classes: number;
  /** [class, image, pixel]; zeros at ignored pixels. */
  readonly labels: Float64Array;
  readonly keep: Uint8Array;
  /** Whether labels can lie between 0 and 1. */
  readonly soft: boolean;
  /** What steps have chosen by themselves, by step: the bandwidth of `kde(auto)`. */
  readonly chosen: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/**
 * The labels of one case. Each image of a stack is a case of its own: weights of raters, key points and neighbours are
 * those of the image.
 *
 * @throws ArrayError or DataError for a pipeline or arrays that cannot be worked with
 */
export async function makeLabels(question: LabelQuestion, registry: Registry): Promise<MadeLabels> {
  const { pipeline, id, seed, epoch } = question;
  const source = checked(checkLabels(pipeline, { registry }), pipeline);
  checkRoots(source.root, question);
  const arrays = readLabelArrays(question);
  const { axes, keep, space } = arrays;
  const keys = question.keys && readKeys(question.keys, axes.classes);
  const make = await labelMaker(source, { stored: true, name: 'given' }, registry);
  const labels = new Float64Array(axes.classes * pixelsOf(axes));
  const chosen: Record<string, Readonly<Record<string, number>>> = {};
  for (let i = 0; i < axes.images; i++) {
    const name = axes.images > 1 ? `${id}/${i}` : id;
    const note = (step: string, values: Readonly<Record<string, number>>) => {
      chosen[axes.images > 1 ? `${step} of image ${i}` : step] = values;
    };
    const made = make({ ...caseOf(arrays, i), id: name, keys, note }, { seed, epoch });
    putImage(labels, made, i, axes);
  }
  const pixels = keep.length;
  for (const [i] of labels.entries()) if (!keep[i % pixels]) labels[i] = 0;
  const soft = source.soft || labels.some((value) => value !== 0 && value !== 1);
  return { space, classes: axes.classes, labels, keep, soft, chosen };
}

function caseOf({ axes, raters, mask, teacher, keep }: LabelArrays, image: number) {
  const pixels = axes.height * axes.width;
  return {
    classes: axes.classes,
    height: axes.height,
    width: axes.width,
    // One stored mask is one rater.
    raters: (raters.length > 0 || !mask ? raters : [mask]).map((rater) => imageOf(rater, image, axes)),
    mask: mask && imageOf(mask, image, axes),
    keep: keep.subarray(image * pixels, (image + 1) * pixels),
    predictions: teacher && (() => imageOf(teacher, image, axes)),
  };
}

function checkRoots(root: LabelRoot, given: LabelGiven): void {
  if (typeof root === 'object') {
    if (root.kind === 'sum') for (const { source } of root.terms) checkRoots(source.root, given);
    return;
  }
  const has = { raters: given.raters.length > 0 || given.mask, mask: given.mask, teacher: given.teacher };
  if (has[root]) return;
  const flags = {
    raters: '--raters FILE, once a rater, or one file with all of them along its first axis',
    mask: '--mask FILE',
    teacher: '--teacher-logits FILE or --teacher-probabilities FILE',
  };
  throw new ArrayError(`The pipeline begins with \`${root}\`, which was not given.`, `Give ${flags[root]}.`);
}

function readKeys({ probabilities, labels }: NonNullable<LabelQuestion['keys']>, classes: number): KeyPoints {
  const [count, width] = probabilities.shape;
  if (probabilities.shape.length !== 2 || width !== classes)
    throw new ArrayError(
      `${probabilities.name} has the shape ${shapeText(probabilities.shape)}; keys are [key, ${classes}], probabilities of ${classes} classes.`,
      'Give one row a key point.',
    );
  if (labels.shape.length !== 1 || labels.shape[0] !== count)
    throw new ArrayError(
      `${labels.name} has the shape ${shapeText(labels.shape)}; there are ${count} keys in ${probabilities.name}.`,
      'Give the class of each key: [key].',
    );
  checkShares(probabilities, classes, undefined, 'Keys are probabilities.');
  const at = labels.data.findIndex((value) => !Number.isInteger(value) || value < 0 || value >= classes);
  if (at >= 0)
    throw new ArrayError(
      `${labels.name} holds ${labels.data[at]} as the class of key ${at}; there are ${classes} classes, from 0 to ${classes - 1}.`,
    );
  return { probabilities: Float64Array.from(probabilities.data), labels: labels.data };
}
