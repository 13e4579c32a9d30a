import type { LabelContext, LabelMap } from '../../runtime/labels/step.ts';
import { random } from '../../runtime/random.ts';

/** What a step is told of a case of two classes in one row of pixels, unless said otherwise. */
export function labelContext(given: Partial<LabelContext> = {}): LabelContext {
  const { height = 1, width = 1 } = given;
  return {
    id: 'p1',
    classes: 2,
    height,
    width,
    keep: new Uint8Array(height * width).fill(1),
    hard: undefined,
    keys: undefined,
    random: random('a test'),
    note: () => undefined,
    ...given,
  };
}

/** One-hot [class, pixel] of the class of each pixel; a value that is no class has a row of zeros. */
export function oneHot(labels: ArrayLike<number>, classes = 2): LabelMap {
  const hot = new Float64Array(classes * labels.length);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    if (label < classes) hot[label * labels.length + i] = 1;
  }
  return hot;
}

/** The values of one class of [class, pixel]. */
export const classOf = (labels: LabelMap, index: number, classes = 2): number[] => {
  const pixels = labels.length / classes;
  return [...labels.subarray(index * pixels, (index + 1) * pixels)];
};
