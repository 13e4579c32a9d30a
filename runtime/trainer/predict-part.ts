import { type Corner, copyWindow, type Part } from '../data/crop.ts';
import { outsideOf, type PreparedCase } from '../data/prepared.ts';
import type { PictureShape } from '../data/resample.ts';
import type { Session } from '../engines/engine.ts';
import type { Prediction } from '../open-prediction.ts';
import type { View } from '../prediction/step.ts';
import { logitsOf } from '../prediction-graph.ts';
import type { OpenData } from './data.ts';

/** A network with its weights, whose `infer` takes one image of this size, and how it is used. */
export interface Predictor {
  readonly session: Session;
  readonly size: PictureShape;
  readonly heads: readonly string[];
  readonly prediction: Prediction;
  /** Of the data: it says what lies outside of an image. */
  readonly window: OpenData['set']['window'];
}

/** Image and size of a case, and how many classes it has. */
type Whole = Pick<PreparedCase, 'height' | 'width' | 'channels' | 'classes' | 'image'>;

/**
 * Logits of each head over a part of an image, [class, pixel]: the mean of those of all windows that cover a pixel. Where
 * windows are looked at in several ways, they are the logarithm of the mean of the probabilities of all ways. Sums are in
 * float64 and in the order of ways and windows, so that they are the same however the cases come.
 */
export async function predictPart(
  one: Whole,
  part: Part,
  { session, size, heads, prediction, window }: Predictor,
): Promise<Readonly<Record<string, Float32Array>>> {
  const { corners, weights } = prediction.windows([one.height, one.width], size);
  const views = prediction.views(size);
  const pixels = part.size[0] * part.size[1];
  const sums = heads.map(() => new Float64Array(one.classes * pixels));
  const totals = heads.map(() => new Float64Array(one.classes * pixels).fill(Number.NEGATIVE_INFINITY));
  const covered = new Float64Array(pixels);
  for (const corner of corners)
    for (const [i, to] of placesIn(part, corner, size).entries())
      if (to >= 0) covered[to]! += weights?.[i] ?? 1;
  for (const view of views) {
    for (const sum of sums) sum.fill(0);
    for (const corner of corners) {
      const image = seen(cut(one, corner, size, outsideOf(window)), view, one.channels);
      const logits = await session.call('infer', { image });
      const places = placesIn(part, corner, size);
      for (const [h, head] of heads.entries())
        addWindow(sums[h]!, logits[logitsOf(head)]!, { view, places, weights, pixels });
    }
    for (const sum of sums) for (let i = 0; i < sum.length; i++) sum[i]! /= covered[i % pixels]!;
    if (views.length > 1)
      for (const [h, sum] of sums.entries()) addProbabilities(totals[h]!, sum, pixels, views.length);
  }
  const found = views.length > 1 ? totals : sums;
  return Object.fromEntries(heads.map((head, h) => [head, Float32Array.from(found[h]!)]));
}

/** The image as a window sees it. */
function cut(
  { height, width, channels, image }: Whole,
  corner: Corner,
  size: PictureShape,
  outside: number,
): Float32Array {
  const to = new Float32Array(size[0] * size[1] * channels).fill(outside);
  copyWindow(image, { planes: 1, height, width, depth: channels }, corner, to, size, () => 0);
  return to;
}

/** A window as it is looked at. */
function seen(image: Float32Array, view: View, channels: number): Float32Array {
  const to = new Float32Array(image.length);
  for (let i = 0; i < view.length; i++)
    for (let c = 0; c < channels; c++) to[i * channels + c] = image[view[i]! * channels + c]!;
  return to;
}

/** The pixel of a part that each pixel of a window is; -1 for those outside of it. */
function placesIn({ corner, size }: Part, { top, left }: Corner, [height, width]: PictureShape): Int32Array {
  return Int32Array.from({ length: height * width }, (_, i) => {
    const row = top - corner.top + Math.floor(i / width);
    const column = left - corner.left + (i % width);
    const isInside = row >= 0 && row < size[0] && column >= 0 && column < size[1];
    return isInside ? row * size[1] + column : -1;
  });
}

interface Place {
  readonly view: View;
  readonly places: Int32Array;
  readonly weights: Float64Array | undefined;
  readonly pixels: number;
}

/** Adds the logits of one window, [class, pixel as it was looked at], turned back. */
function addWindow(sum: Float64Array, logits: Float32Array, { view, places, weights, pixels }: Place): void {
  const classes = sum.length / pixels;
  for (let c = 0; c < classes; c++)
    for (let i = 0; i < view.length; i++) {
      const to = places[view[i]!]!;
      if (to >= 0) sum[c * pixels + to]! += (weights?.[view[i]!] ?? 1) * logits[c * view.length + i]!;
    }
}

/** Adds softmax(logits) / count to what `totals` are the logarithms of. */
function addProbabilities(totals: Float64Array, logits: Float64Array, pixels: number, count: number): void {
  const classes = logits.length / pixels;
  for (let p = 0; p < pixels; p++) {
    let sum = Number.NEGATIVE_INFINITY;
    for (let c = 0; c < classes; c++) sum = logOfSum(sum, logits[c * pixels + p]!);
    for (let c = 0; c < classes; c++) {
      const i = c * pixels + p;
      totals[i] = logOfSum(totals[i]!, logits[i]! - sum - Math.log(count));
    }
  }
}

/** log(eᵃ + eᵇ), also where one of the powers is below the least number. */
function logOfSum(a: number, b: number): number {
  const [low, high] = a < b ? [a, b] : [b, a];
  return low === Number.NEGATIVE_INFINITY ? high : high + Math.log1p(Math.exp(low - high));
}
