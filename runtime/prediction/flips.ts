import type { PictureShape } from '../data/resample.ts';
import type { View } from './step.ts';

export interface FlipsOptions {
  /** `horizontal` swaps left and right, `vertical` top and bottom, `all` looks both ways in both. */
  directions?: 'all' | 'horizontal' | 'vertical';
}

/**
 * Test-time augmentation: the mean of the probabilities of the windows as they are and mirrored, turned back. It takes two
 * predictions for one direction, four for `all`.
 *
 * @example center |> flips(horizontal)
 */
export function flips(
  [height, width]: PictureShape,
  { directions = 'all' }: FlipsOptions = {},
): readonly View[] {
  const ways = {
    all: [
      [false, false],
      [false, true],
      [true, false],
      [true, true],
    ],
    horizontal: [
      [false, false],
      [false, true],
    ],
    vertical: [
      [false, false],
      [true, false],
    ],
  } as const;
  return ways[directions].map(([upDown, leftRight]) =>
    Int32Array.from({ length: height * width }, (_, i) => {
      const [row, column] = [Math.floor(i / width), i % width];
      return (upDown ? height - 1 - row : row) * width + (leftRight ? width - 1 - column : column);
    }),
  );
}
