import { countOf, placeText, shapeText } from '../arrays/array.ts';
import { type ArrayFile, heldArray } from '../arrays/array-file.ts';
import { softmax } from '../softmax.ts';
import { inferClasses, isWhole, oneHot } from './class-map.ts';
import {
  ArrayError,
  checkFinite,
  checkShares,
  classFirst,
  firstUneven,
  type Given,
  sameShape,
} from './given.ts';
import type { ScoreCase, ScoreSettings } from './score-arrays.ts';

/** Some images of a case, [class, pixel] each. */
export interface ScorePixels {
  readonly images: number;
  readonly height: number;
  readonly width: number;
  readonly probabilities: Float64Array;
  readonly mask: Float64Array | undefined;
  /** Where there are none, the mask alone. */
  readonly raters: readonly Float64Array[];
  readonly keep: Uint8Array;
  /** Whether the truth or a rater holds shares. */
  readonly softTruth: boolean;
}

/** A case whose shapes fit. */
export interface OpenedCase {
  readonly classes: number;
  /** The prediction is a map of class indices. */
  readonly hard: boolean;
  /** All images at once, or a few at a time. */
  read(inPieces: boolean): AsyncIterable<ScorePixels>;
}

/** Rows of predictions may be off 1 by this: they come from float32 or half precision. */
const evenness = 1e-3;
/** Of a prediction, so many numbers are looked at together. */
const pieceNumbers = 2 ** 22;

/** What a case is made of, told by its shapes, and where these do not tell, by its first numbers. */
export async function openCase(
  one: ScoreCase,
  settings: ScoreSettings,
  known: number | undefined,
): Promise<OpenedCase> {
  const raters = await splitRaters(one);
  const layout = await layoutOf(one, raters, settings);
  const { space, hasClasses, truthHasClasses } = layout;
  for (const rater of raters) checkSpace(rater, space, one.prediction.name);
  if (one.truth && !truthHasClasses) checkSpace(one.truth, space, one.prediction.name);
  if (one.keep) checkSpace(one.keep, space, one.prediction.name);
  const [images, height, width] = axesOf(space, one.prediction.name);
  const first = await one.prediction.read(0, Math.min(one.prediction.shape[0]!, rowsOf(one.prediction)));
  const sample = { ...first, name: one.prediction.name };
  const hard = !hasClasses && !settings.foreground && isWhole(sample);
  const classes = await classesOf(one, raters, { hard, settings, known, layout, sample });
  const stacked = space.length === 3;
  return {
    classes,
    hard,
    async *read(inPieces) {
      const step =
        inPieces && stacked
          ? Math.max(1, Math.floor(pieceNumbers / (countOf(one.prediction.shape) / images)))
          : images;
      for (let from = 0; from < images; from += step) {
        const to = Math.min(images, from + step);
        const part = async (file: ArrayFile): Promise<Given> => ({
          ...(stacked ? await file.read(from, to) : await file.read()),
          name: file.name,
        });
        const keep = await keepOf(one.keep && (await part(one.keep)), (to - from) * height * width);
        const labels = { classes, keep, ignore: settings.ignore, inferred: settings.classes === undefined };
        const truth = one.truth && (await part(one.truth));
        const masks = [];
        let softTruth = false;
        const read = (map: Given, withClasses: boolean) => {
          softTruth ||= !isWhole(map);
          return withClasses ? sharesOf(map, labels) : mapOf(map, labels);
        };
        const mask = truth && read(truth, truthHasClasses);
        for (const rater of raters) masks.push(read(await part(rater), false));
        const probabilities = predictionOf(await part(one.prediction), {
          hard,
          hasClasses,
          settings,
          ...labels,
        });
        yield {
          images: to - from,
          height,
          width,
          probabilities,
          mask,
          raters: masks.length > 0 || !mask ? masks : [mask],
          keep,
          softTruth,
        };
      }
    },
  };
}

interface Layout {
  /** [height, width] or [image, height, width]; of bare pixels [pixel]. */
  readonly space: readonly number[];
  readonly hasClasses: boolean;
  readonly truthHasClasses: boolean;
}

/**
 * The prediction has a class axis more than the truth, or the truth has one more, or both have the same: then four axes
 * have classes, two have none, and three have them if the last one adds up to 1 on both sides.
 */
async function layoutOf(
  { prediction, truth, raters: given }: ScoreCase,
  raters: readonly ArrayFile[],
  { foreground }: ScoreSettings,
): Promise<Layout> {
  const p = prediction.shape;
  const other = raters[0] ?? truth;
  if (!other) return { space: p, hasClasses: false, truthHasClasses: false };
  const y = other.shape;
  const isRater = raters.length > 0;
  const split = (hasClasses: boolean, otherHasClasses: boolean): Layout => {
    const space = hasClasses ? p.slice(0, -1) : p;
    const truthHasClasses = isRater
      ? truth !== undefined && truth.shape.length > space.length
      : otherHasClasses;
    if (truth && truthHasClasses)
      checkTruth(truth, [...space, hasClasses ? p.at(-1)! : truth.shape.at(-1)!], prediction);
    return { space, hasClasses, truthHasClasses };
  };
  if (p.length === y.length + 1) return split(true, false);
  if (p.length + 1 === y.length && !isRater) return split(false, true);
  if (p.length !== y.length)
    throw new ArrayError(
      `${other.name} has the shape ${shapeText(y)}, ${prediction.name} has ${shapeText(p)}.`,
      given.length === 1 && raters.length > 1
        ? 'One array of several raters has them along its first axis.'
        : 'A truth has the axes of its prediction, with or without the class axis, the last.',
    );
  if (isRater || foreground || p.length < 3) return split(false, false);
  if (p.length > 3) return split(true, true);
  const both = (await looksEven(prediction)) && (await looksEven(truth!));
  return split(both, both);
}

function checkTruth(truth: ArrayFile, shape: readonly number[], prediction: ArrayFile): void {
  if (sameShape(truth.shape, shape)) return;
  throw new ArrayError(
    `${truth.name} has the shape ${shapeText(truth.shape)}, ${prediction.name} has ${shapeText(prediction.shape)}.`,
    `Expected ${shapeText(shape)}, or ${shapeText(shape.slice(0, -1))} as a map.`,
  );
}

async function looksEven(file: ArrayFile): Promise<boolean> {
  const { shape, data } = await file.read(0, Math.min(file.shape[0]!, rowsOf(file)));
  return firstUneven({ shape, data }, shape.at(-1)!, undefined, evenness) === undefined;
}

/** Entries of the first axis that make a piece. */
const rowsOf = ({ shape }: ArrayFile): number =>
  Math.max(1, Math.floor(pieceNumbers / countOf(shape.slice(1))));

/** One array with an axis more than the pixels of the prediction holds all raters along it, the first. */
export async function splitRaters({ raters, prediction }: ScoreCase): Promise<readonly ArrayFile[]> {
  const [only] = raters;
  const inner = only?.shape.slice(1) ?? [];
  const isStack = sameShape(inner, prediction.shape) || sameShape(inner, prediction.shape.slice(0, -1));
  if (!only || raters.length > 1 || !isStack) return raters;
  const { shape, data } = await only.read();
  const [count = 1, ...space] = shape;
  const size = data.length / count;
  return Array.from({ length: count }, (_, i) =>
    heldArray(`rater ${i + 1} of ${only.name}`, {
      shape: space,
      data: data.subarray(i * size, (i + 1) * size),
    }),
  );
}

function axesOf(space: readonly number[], name: string): [images: number, height: number, width: number] {
  const [a = 1, b = 1, c = 1] = space;
  if (space.length === 3) return [a, b, c];
  if (space.length === 2) return [1, a, b];
  if (space.length === 1) return [1, 1, a];
  throw new ArrayError(
    `${name} has pixels of the shape ${shapeText(space)}.`,
    'Give [image, height, width] or [height, width], with or without a class axis, the last.',
  );
}

function checkSpace(file: ArrayFile, space: readonly number[], like: string): void {
  if (sameShape(file.shape, space)) return;
  throw new ArrayError(
    `${file.name} has the shape ${shapeText(file.shape)}; ${like} asks for ${shapeText(space)}.`,
    'All arrays of a case have the same pixels.',
  );
}

interface Known {
  readonly hard: boolean;
  readonly settings: ScoreSettings;
  readonly known: number | undefined;
  readonly layout: Layout;
  readonly sample: Given;
}

async function classesOf(
  one: ScoreCase,
  raters: readonly ArrayFile[],
  { hard, settings, known, layout, sample }: Known,
): Promise<number> {
  const own = layout.hasClasses ? one.prediction.shape.at(-1)! : undefined;
  if (own !== undefined) {
    if (settings.classes !== undefined && settings.classes !== own)
      throw new ArrayError(
        `${one.prediction.name} has ${own} classes, but ${settings.classes} are asked for.`,
      );
    return own;
  }
  if (layout.truthHasClasses) return one.truth!.shape.at(-1)!;
  if (settings.classes !== undefined) return settings.classes;
  if (known !== undefined) return known;
  if (!hard) return 2;
  const head = async (file: ArrayFile): Promise<Given> => ({
    ...(await file.read(0, Math.min(file.shape[0]!, rowsOf(one.prediction)))),
    name: file.name,
  });
  const maps = await Promise.all([...(one.truth ? [one.truth] : []), ...raters].map(head));
  const keep = one.keep && (await head(one.keep));
  return inferClasses([sample, ...maps], settings.ignore, keep?.data);
}

interface Labels {
  readonly classes: number;
  readonly keep: Uint8Array;
  readonly ignore: number | undefined;
  readonly inferred: boolean;
}

/** A map of class indices, or of shares of the foreground. */
function mapOf(map: Given, { classes, keep, ignore, inferred }: Labels): Float64Array {
  if (isWhole(map)) return oneHot(map, classes, { keep, ignore, ...(inferred ? { help: classesHelp } : {}) });
  checkShares(map, 1, keep, 'A map holds class indices, or shares of the foreground from 0 to 1.');
  if (classes !== 2)
    throw new ArrayError(
      `${map.name} holds shares of one foreground, but there are ${classes} classes.`,
      'Give shares of several classes with a class axis, the last.',
    );
  return ofForeground(map);
}

const classesHelp =
  'Say how many classes there are with --classes, or --ignore the value if its pixels do not count.';

function sharesOf(map: Given, { classes, keep }: Labels): Float64Array {
  checkShares(map, classes, keep, 'A truth holds shares of the classes.');
  checkEven(map, classes, keep, 'Give `keep` for pixels that do not count.');
  return classFirst(map, classes);
}

function predictionOf(
  map: Given,
  {
    classes,
    keep,
    ignore,
    hard,
    hasClasses,
    settings,
    inferred,
  }: Labels & { hard: boolean; hasClasses: boolean; settings: ScoreSettings },
): Float64Array {
  if (hasClasses && settings.logits) {
    checkFinite(map, classes, keep);
    return softmax(classFirst(map, classes), classes);
  }
  if (hasClasses) {
    checkShares(map, classes, keep, 'These look like logits: say --logits.');
    checkEven(map, classes, keep, 'Predictions are softmax probabilities; for logits say --logits.');
    return classFirst(map, classes);
  }
  if (settings.logits)
    throw new ArrayError(`${map.name} has no class axis, so it holds no logits.`, 'Logits are [..., class].');
  // Pixels that the truth ignores may hold what they like.
  if (hard)
    return oneHot(map, classes, { keep: keep.slice(), ignore, ...(inferred ? { help: classesHelp } : {}) });
  checkShares(map, 1, keep, 'A map holds class indices, or probabilities of the foreground from 0 to 1.');
  if (classes !== 2)
    throw new ArrayError(
      `${map.name} holds probabilities of one foreground, but there are ${classes} classes.`,
      'Give [..., class].',
    );
  return ofForeground(map);
}

function checkEven(map: Given, classes: number, keep: Uint8Array, help: string): void {
  const uneven = firstUneven(map, classes, keep, evenness);
  if (!uneven) return;
  throw new ArrayError(
    `${map.name} adds up to ${uneven.sum} over the classes at pixel ${placeText(uneven.pixel, map.shape.slice(0, -1))}, not to 1.`,
    help,
  );
}

function ofForeground({ data }: Given): Float64Array {
  const labels = new Float64Array(2 * data.length);
  for (let i = 0; i < data.length; i++) {
    labels[i] = 1 - data[i]!;
    labels[data.length + i] = data[i]!;
  }
  return labels;
}

async function keepOf(mask: Given | undefined, pixels: number): Promise<Uint8Array> {
  if (!mask) return new Uint8Array(pixels).fill(1);
  const at = mask.data.findIndex((value) => value !== 0 && value !== 1);
  if (at < 0) return Uint8Array.from(mask.data);
  throw new ArrayError(
    `${mask.name} holds ${mask.data[at]} at ${placeText(at, mask.shape)}; a mask of kept pixels holds 0 and 1.`,
    '1 for pixels that count, 0 for ignored ones.',
  );
}
