import { placeText, shapeText } from '../arrays/array.ts';
import { isWhole, oneHot } from './class-map.ts';
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

/** What a network gives, by its heads: logits, or probabilities. */
export interface Prediction {
  readonly kind: 'logits' | 'probabilities';
  readonly heads: Readonly<Record<string, Given>>;
}

/** Arrays as the graph of a loss takes them: [class, image, pixel], float64. Ignored pixels hold harmless values. */
export interface LossArrays {
  readonly kind: Prediction['kind'];
  readonly axes: Axes;
  readonly heads: Readonly<Record<string, Float64Array>>;
  /** [image, pixel] */
  readonly keep: Uint8Array;
  /** `hard` if they came as a map of class indices. */
  readonly labels: { readonly data: Float64Array; readonly hard: boolean } | undefined;
  readonly warnings: readonly string[];
}

interface Question {
  readonly prediction: Prediction;
  readonly labels?: Given | undefined;
  readonly keep?: Given | undefined;
  readonly ignore?: number | undefined;
}

/** Rows of labels may be off 1 by this, where they come with logits. */
const evenness = 1e-6;
/** Rows that are off 1 by no more look like probabilities. */
const likeness = 1e-3;

/** Checks the arrays of a question. The first thing that is wrong is an ArrayError. */
export function readLossArrays({ prediction, labels, keep: mask, ignore }: Question): LossArrays {
  const main = prediction.heads.main!;
  const axes = axesOf(main);
  const space = main.shape.slice(0, -1);
  const keep = keepOf(mask, space, `the shape ${shapeText(main.shape)} of ${main.name}`);
  // A map of class indices may ignore more pixels, so that it comes first.
  const target = labels && readLabels(labels, main, { axes, keep, ignore, kind: prediction.kind });
  const heads = Object.fromEntries(
    Object.entries(prediction.heads).map(([name, head]) => [
      name,
      readHead(head, main, prediction.kind, axes, keep),
    ]),
  );
  return {
    kind: prediction.kind,
    axes,
    heads,
    keep,
    labels: target,
    warnings: prediction.kind === 'logits' ? suspicions(prediction, axes, keep) : [],
  };
}

/** One head, [class, image, pixel]. Ignored pixels become 0 (logits) or 1 (probabilities), which cost nothing. */
export function readHead(
  head: Given,
  main: Given,
  kind: Prediction['kind'],
  axes: Axes,
  keep: Uint8Array,
): Float64Array {
  const { classes } = axes;
  if (!sameShape(head.shape, main.shape))
    throw new ArrayError(
      `${head.name} has the shape ${shapeText(head.shape)}, ${main.name} has ${shapeText(main.shape)}.`,
      'All predictions of a question have one shape.',
    );
  if (kind === 'logits') checkFinite(head, classes, keep);
  else checkShares(head, classes, keep, 'If these are logits, give them as logits.');
  return withoutIgnored(classFirst(head, classes), axes, keep, kind === 'logits' ? 0 : 1);
}

function readLabels(
  labels: Given,
  main: Given,
  {
    axes,
    keep,
    ignore,
    kind,
  }: { axes: Axes; keep: Uint8Array; ignore: number | undefined; kind: Prediction['kind'] },
): LossArrays['labels'] {
  const { classes } = axes;
  if (sameShape(labels.shape, main.shape.slice(0, -1)))
    return { data: oneHot(labels, classes, { keep, ignore }), hard: true };
  if (!sameShape(labels.shape, main.shape))
    throw new ArrayError(
      `${labels.name} has the shape ${shapeText(labels.shape)}, ${main.name} has ${shapeText(main.shape)}.`,
      `Labels are ${shapeText(main.shape)}, or ${shapeText(main.shape.slice(0, -1))} as a map of class indices.`,
    );
  if (ignore !== undefined)
    throw new ArrayError(
      `${labels.name} has a class axis, so that no value can stand for ignored pixels.`,
      'Give `keep`: 1 for pixels that count, 0 for ignored ones.',
    );
  checkShares(
    labels,
    classes,
    keep,
    isWhole(labels) ? 'A map of class indices has no class axis.' : 'Labels are shares of the classes.',
  );
  const uneven = kind === 'logits' ? firstUneven(labels, classes, keep, evenness) : undefined;
  if (uneven)
    throw new ArrayError(
      `${labels.name} adds up to ${uneven.sum} over the classes at pixel ${placeText(uneven.pixel, main.shape.slice(0, -1))}, not to 1.`,
      'With logits, labels add up to 1 within 1e-6 at kept pixels; nothing is renormalised. Give `keep` for pixels that do not count.',
    );
  return { data: withoutIgnored(classFirst(labels, classes), axes, keep, 0), hard: false };
}

function withoutIgnored(data: Float64Array, axes: Axes, keep: Uint8Array, value: number): Float64Array {
  const pixels = pixelsOf(axes);
  for (let p = 0; p < pixels; p++)
    if (!keep[p]) for (let c = 0; c < axes.classes; c++) data[c * pixels + p] = value;
  return data;
}

/** Logits in 0..1 that add up to 1 are probabilities, most likely. One class alone always is 1 or free. */
function suspicions({ heads }: Prediction, { classes }: Axes, keep: Uint8Array): string[] {
  if (classes < 2) return [];
  return Object.values(heads)
    .filter((head) => head.data.every((value) => value >= 0 && value <= 1))
    .filter((head) => firstUneven(head, classes, keep, likeness) === undefined)
    .map(
      ({ name }) =>
        `${name} lies in 0 to 1 and adds up to 1 over the classes: these look like probabilities, but were given as logits.`,
    );
}
