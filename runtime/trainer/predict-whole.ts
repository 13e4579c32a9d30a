import { type Corner, copyWindow } from '../data/crop.ts';
import { outsideOf, type PreparedCase } from '../data/prepared.ts';
import type { PictureShape } from '../data/resample.ts';
import type { Session } from '../engines/engine.ts';
import { logitsOf } from '../prediction-graph.ts';
import type { OpenData } from './data.ts';
import { windowsOver } from './windows.ts';

/** A network with its weights, whose `infer` takes one image of this size. */
export interface Predictor {
  readonly session: Session;
  readonly size: PictureShape;
  readonly heads: readonly string[];
}

/** Image and size of a case, and how many classes it has. */
type Whole = Pick<PreparedCase, 'height' | 'width' | 'channels' | 'classes' | 'image'>;

/**
 * Logits of each head over the whole image, [class, pixel]: the mean of those of all windows that cover a pixel. The sums
 * are in float64 and in the order of the windows, so that they are the same however the cases come.
 */
export async function predictWhole(
  one: Whole,
  { session, size, heads }: Predictor,
  window: OpenData['set']['window'],
): Promise<Readonly<Record<string, Float32Array>>> {
  const { height, width, classes } = one;
  const pixels = height * width;
  const sums = heads.map(() => new Float64Array(classes * pixels));
  const counts = new Float64Array(pixels);
  for (const corner of windowsOver([height, width], size)) {
    const logits = await session.call('infer', { image: cut(one, corner, size, outsideOf(window)) });
    const inside = overlap(corner, size, [height, width]);
    for (const { to } of inside) counts[to]! += 1;
    for (const [h, head] of heads.entries()) {
      const found = logits[logitsOf(head)]!;
      for (let c = 0; c < classes; c++)
        for (const { from, to } of inside) sums[h]![c * pixels + to]! += found[c * size[0] * size[1] + from]!;
    }
  }
  const means = (sum: Float64Array) => Float32Array.from(sum, (value, i) => value / counts[i % pixels]!);
  return Object.fromEntries(heads.map((head, h) => [head, means(sums[h]!)]));
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

/** Pixels of a window that lie in the image, as their index in both. */
function overlap({ top, left }: Corner, size: PictureShape, [height, width]: PictureShape) {
  const shared: { from: number; to: number }[] = [];
  for (let row = Math.max(0, -top); row < Math.min(size[0], height - top); row++)
    for (let column = Math.max(0, -left); column < Math.min(size[1], width - left); column++)
      shared.push({ from: row * size[1] + column, to: (top + row) * width + left + column });
  return shared;
}
