import type { Use } from '../compiler/experiment.ts';
import type { Registry } from '../compiler/registry.ts';
import type { Part } from './data/crop.ts';
import type { PictureShape } from './data/resample.ts';
import type { View, ViewsFunction, Windows, WindowsFunction } from './prediction/step.ts';

/** How images are predicted: the steps of `predict`, ready to be asked. */
export interface Prediction {
  readonly windows: (image: PictureShape, window: PictureShape) => Windows;
  /** Those of all steps together, each once. */
  readonly views: (window: PictureShape) => readonly View[];
  /** Whether it is the window in the middle as it is, so that several images can be predicted at once. */
  readonly isPlain: boolean;
}

export async function openPrediction(steps: readonly Use[], registry: Registry): Promise<Prediction> {
  const loaded = await Promise.all(
    steps.map(async ({ name, options }) => ({ step: await registry.prediction[name]!.load(), options })),
  );
  const [first, ...others] = loaded as [(typeof loaded)[number], ...typeof loaded];
  const windows = first.step as WindowsFunction<Use['options']>;
  return {
    windows: (image, window) => windows(image, window, first.options),
    views: (window) =>
      others.reduce<readonly View[]>(
        (views, { step, options }) =>
          together(views, (step as ViewsFunction<Use['options']>)(window, options)),
        [asItIs(window)],
      ),
    isPlain: others.length === 0 && registry.prediction[steps[0]!.name]!.tags.windows === 'middle',
  };
}

const asItIs = ([height, width]: PictureShape): View =>
  Int32Array.from({ length: height * width }, (_, i) => i);

/** Each of some views, looked at in each way of others: those that are equal once, because a mean is over ways to look. */
const together = (views: readonly View[], others: readonly View[]): readonly View[] => {
  const all = views.flatMap((view) => others.map((other) => other.map((i) => view[i]!)));
  return [...new Map(all.map((view) => [view.join(), view])).values()];
};

/** The part of an image that is predicted, the smallest that holds all windows. */
export function predictedPart(
  { windows }: Pick<Prediction, 'windows'>,
  image: PictureShape,
  window: PictureShape,
): Part {
  const { corners } = windows(image, window);
  const [tops, lefts] = [corners.map(({ top }) => top), corners.map(({ left }) => left)];
  const [top, left] = [Math.min(...tops), Math.min(...lefts)];
  const size = [Math.max(...tops) - top + window[0], Math.max(...lefts) - left + window[1]] as const;
  return { corner: { top, left }, size };
}
