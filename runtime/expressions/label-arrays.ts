import { placeText, shapeText } from '../arrays/array.ts';
import { softmax } from '../softmax.ts';
import { inferClasses, isWhole, oneHot } from './class-map.ts';
import {
  ArrayError,
  type Axes,
  axesOf,
  checkFinite,
  checkShares,
  classFirst,
  firstUneven,
  type Given,
  keepOf,
  pixelsOf,
  sameShape,
} from './given.ts';
import type { Prediction } from './loss-arrays.ts';

/** What labels can be made of; each may be absent. */
export interface LabelGiven {
  /**
   * Masks of the raters, in their order: maps of class indices, or of shares of the foreground between 0 and 1. One
   * array of three or more axes holds all of them along its first.
   */
  readonly raters: readonly Given[];
  /** A map as well, or with a class axis, the last. */
  readonly mask?: Given | undefined;
  /** One head, `main`. */
  readonly teacher?: Prediction | undefined;
  /** [height, width] or [image, height, width]: 1 for pixels that count. */
  readonly keep?: Given | undefined;
  /** In maps: the value of pixels that do not count. */
  readonly ignore?: number | undefined;
  /** How many there are, if it does not follow from the arrays. */
  readonly classes?: number | undefined;
}

/** Arrays as label steps take them: [class, image, pixel], float64. Ignored pixels hold zeros. */
export interface LabelArrays {
  readonly axes: Axes;
  /** Shape of a map: that of what was given, without raters and classes. */
  readonly space: readonly number[];
  readonly raters: readonly Float64Array[];
  readonly mask: Float64Array | undefined;
  /** Probabilities. */
  readonly teacher: Float64Array | undefined;
  /** [image, pixel] */
  readonly keep: Uint8Array;
}

/** Checks what labels are to be made of. The first thing that is wrong is an ArrayError. */
export function readLabelArrays(given: LabelGiven): LabelArrays {
  const raters = splitRaters(given.raters);
  const { teacher, mask, ignore } = given;
  const main = teacher?.heads.main;
  const first = main ?? raters[0] ?? mask;
  if (!first)
    throw new ArrayError(
      'There is nothing to make labels of.',
      'Give --raters FILE (one a rater, or all in one), --mask FILE, or --teacher-logits FILE.',
    );
  const maskHasClasses = mask !== undefined && hasClasses(mask, main, raters[0]);
  const space = main || (first === mask && maskHasClasses) ? first.shape.slice(0, -1) : first.shape;
  const classes = classesOf(given, raters, maskHasClasses);
  const axes = axesOf({ ...first, shape: [...space, classes] });
  const keep = keepOf(given.keep, space, first.name);
  for (const map of raters) checkSpace(map, space, first.name);
  const foreground = (map: Given) => mapLabels(map, axes, keep, ignore);
  // Every map may ignore pixels, which then count in none: so they are zeroed at the end.
  const maps = raters.map(foreground);
  const stored =
    mask &&
    (maskHasClasses ? sharesOf(mask, space, axes, keep) : foreground(checkSpace(mask, space, first.name)));
  const predicted = teacher && teacherOf(teacher, axes, keep);
  const masked = (labels: Float64Array) => zeroIgnored(labels, axes, keep);
  return {
    axes,
    space,
    raters: maps.map(masked),
    mask: stored && masked(stored),
    teacher: predicted && masked(predicted),
    keep,
  };
}

function splitRaters(given: readonly Given[]): readonly Given[] {
  const [only] = given;
  if (!only || given.length > 1 || only.shape.length < 3) return given;
  const [count = 1, ...shape] = only.shape;
  const step = only.data.length / count;
  return Array.from({ length: count }, (_, i) => ({
    name: `rater ${i + 1} of ${only.name}`,
    shape,
    data: only.data.subarray(i * step, (i + 1) * step),
  }));
}

/** Rows that add up to 1 within this are classes, where the axes alone do not tell. */
const likeness = 1e-3;
/** Labels may be off 1 by this. */
const evenness = 1e-6;

/** Four axes always have classes; so has what has the shape of the predictions; three fractional ones if they add up to 1. */
function hasClasses(mask: Given, main: Given | undefined, rater: Given | undefined): boolean {
  if (main) return sameShape(mask.shape, main.shape);
  if (rater) return mask.shape.length === rater.shape.length + 1;
  if (mask.shape.length !== 3) return mask.shape.length > 3;
  return !isWhole(mask) && firstUneven(mask, mask.shape[2]!, undefined, likeness) === undefined;
}

function classesOf(
  { classes, teacher, mask, ignore, keep }: LabelGiven,
  raters: readonly Given[],
  maskHasClasses: boolean,
): number {
  const main = teacher?.heads.main;
  const known = main?.shape.at(-1) ?? (maskHasClasses ? mask?.shape.at(-1) : undefined);
  if (known !== undefined && classes !== undefined && known !== classes)
    throw new ArrayError(
      `${(main ?? mask)!.name} has ${known} classes, but ${classes} are asked for.`,
      'Leave --classes out, or give arrays with as many.',
    );
  if (known !== undefined) return known;
  if (classes !== undefined) return classes;
  const maps = [...raters, ...(mask ? [mask] : [])];
  return inferClasses(maps, ignore, keep?.data);
}

function checkSpace(map: Given, space: readonly number[], like: string): Given {
  if (sameShape(map.shape, space)) return map;
  throw new ArrayError(
    `${map.name} has the shape ${shapeText(map.shape)}; ${like} asks for ${shapeText(space)}.`,
    'All masks of a case have one size. One array of several raters has them along its first axis.',
  );
}

/** Whole numbers are class indices; others are shares of the foreground. */
function mapLabels(map: Given, axes: Axes, keep: Uint8Array, ignore: number | undefined): Float64Array {
  if (isWhole(map)) return oneHot(map, axes.classes, { keep, ignore });
  checkShares(map, 1, keep, 'A map holds class indices, or shares of the foreground from 0 to 1.');
  if (axes.classes !== 2)
    throw new ArrayError(
      `${map.name} holds shares of one foreground, but there are ${axes.classes} classes.`,
      'Give soft labels of several classes with a class axis, the last.',
    );
  const pixels = pixelsOf(axes);
  const labels = new Float64Array(2 * pixels);
  for (let i = 0; i < pixels; i++) {
    labels[i] = 1 - map.data[i]!;
    labels[pixels + i] = map.data[i]!;
  }
  return labels;
}

function sharesOf(mask: Given, space: readonly number[], { classes }: Axes, keep: Uint8Array): Float64Array {
  if (!sameShape(mask.shape.slice(0, -1), space))
    throw new ArrayError(
      `${mask.name} has the shape ${shapeText(mask.shape)}, not ${shapeText([...space, classes])}.`,
      'All masks of a case have one size.',
    );
  checkShares(mask, classes, keep, 'Labels are shares of the classes.');
  checkEven(mask, classes, keep, evenness);
  return classFirst(mask, classes);
}

function teacherOf({ kind, heads }: Prediction, axes: Axes, keep: Uint8Array): Float64Array {
  const { classes } = axes;
  const main = heads.main!;
  const data = classFirst(main, classes);
  if (kind === 'logits') {
    checkFinite(main, classes, keep);
    return softmax(data, classes);
  }
  checkShares(main, classes, keep, 'If these are logits, give them as --teacher-logits.');
  checkEven(main, classes, keep, likeness);
  return data;
}

function checkEven(given: Given, classes: number, keep: Uint8Array, tolerance: number): void {
  const uneven = firstUneven(given, classes, keep, tolerance);
  if (!uneven) return;
  throw new ArrayError(
    `${given.name} adds up to ${uneven.sum} over the classes at pixel ${placeText(uneven.pixel, given.shape.slice(0, -1))}, not to 1.`,
    `The classes of a pixel add up to 1 within ${tolerance}. Give \`keep\` for pixels that do not count.`,
  );
}

function zeroIgnored(labels: Float64Array, axes: Axes, keep: Uint8Array): Float64Array {
  const pixels = pixelsOf(axes);
  return labels.map((value, i) => (keep[i % pixels] ? value : 0));
}
