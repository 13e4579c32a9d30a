import type { Sample } from '../data/prepared.ts';
import type { Random } from '../random.ts';

export interface FlipOptions {
  /** `horizontal` swaps left and right, `vertical` top and bottom. */
  direction?: 'horizontal' | 'vertical';
}

/** Mirrors image and labels, every other time at random. */
export function flip(sample: Sample, random: Random, { direction = 'horizontal' }: FlipOptions = {}): Sample {
  if (random.uniform() < 0.5) return sample;
  const { height, width } = sample;
  const across = direction === 'horizontal';
  const mirrored = (from: Float32Array, depth: number): Float32Array => {
    const to = new Float32Array(from.length);
    const pixels = from.length / depth;
    for (let i = 0; i < pixels; i++) {
      const [column, row] = [i % width, Math.floor(i / width) % height];
      const source = i + (across ? width - 1 - 2 * column : (height - 1 - 2 * row) * width);
      for (let d = 0; d < depth; d++) to[i * depth + d] = from[source * depth + d]!;
    }
    return to;
  };
  return {
    ...sample,
    image: mirrored(sample.image, sample.channels),
    labels: sample.labels.map((labels) => mirrored(labels, 1)),
    keep: mirrored(sample.keep, 1),
  };
}
