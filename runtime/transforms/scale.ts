import type { Interval } from '../../compiler/registry.ts';
import type { Sample } from '../data/prepared.ts';
import { type PictureShape, resampleLinear, resampleNearest } from '../data/resample.ts';
import { DataError, type Picture } from '../data/source.ts';
import type { Random } from '../random.ts';

export interface ScaleOptions {
  /** What height and width are multiplied with, drawn uniformly from this range for each sample. */
  factor?: Interval;
}

/**
 * Enlarges or shrinks image and labels alike in both directions, by a factor drawn at random. Images and soft labels
 * are interpolated linearly, hard labels and ignored pixels take the nearest neighbour. It comes before the crop: what is
 * then smaller than the crop is padded with pixels that do not count.
 */
export function scale(
  sample: Sample,
  random: Random,
  { factor = { low: 0.5, high: 2 } }: ScaleOptions = {},
): Sample {
  const { low, high } = factor;
  if (low <= 0)
    throw new DataError(
      `\`scale(${low} .. ${high})\` may shrink an image to nothing.`,
      'augment',
      'Begin the range above 0: `scale(0.5 .. 2.0)` halves and doubles.',
    );
  const drawn = low + (high - low) * random.uniform();
  const { height, width, channels } = sample;
  const size = [scaled(height, drawn), scaled(width, drawn)] as const;
  const plane = (data: Float32Array): Picture => ({ height, width, channels: 1, data });
  return {
    ...sample,
    height: size[0],
    width: size[1],
    image: resampleLinear({ height, width, channels, data: sample.image }, size).data,
    labels: sample.labels.map((labels, i) => {
      const resample = sample.soft[i] ? resampleLinear : resampleNearest;
      return planes(labels, height * width, size, (data) => resample(plane(data), size).data);
    }),
    keep: resampleNearest(plane(sample.keep), size).data,
  };
}

const scaled = (length: number, factor: number): number => Math.max(1, Math.round(length * factor));

/** Each plane of `pixels` values, changed to one of another size. */
function planes(
  from: Float32Array,
  pixels: number,
  [height, width]: PictureShape,
  change: (plane: Float32Array) => Float32Array,
): Float32Array {
  const to = new Float32Array((from.length / pixels) * height * width);
  for (let p = 0; p * pixels < from.length; p++)
    to.set(change(from.subarray(p * pixels, (p + 1) * pixels)), p * height * width);
  return to;
}
