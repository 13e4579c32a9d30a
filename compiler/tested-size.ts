import { sizeForm } from './canonical/value-form.ts';
import type { Experiment } from './experiment.ts';
import type { Registry } from './registry.ts';

type Size = readonly [height: number, width: number];

/** An image of a test set, and how the network sees it. */
export interface Seen {
  /** Of the test set. */
  readonly name: string;
  readonly size: Size;
  /** What the network sees at once. */
  readonly window: Size;
  readonly crop: Experiment['crop'];
  /** Whether its windows cover an image of any size. */
  readonly covers: boolean;
}

/** Why a network cannot take an image of a test set, and what to do; nothing if it can. A smaller image is padded. */
export function unseenSize({
  name,
  size,
  window,
  crop,
  covers,
}: Seen): { readonly fault: string; readonly help: string } | undefined {
  const [image, seen] = [sizeForm(size), sizeForm(window)];
  if (crop !== 'whole')
    return size.every((side, i) => side >= window[i]!)
      ? undefined
      : {
          fault: `The crop of ${seen} is larger than the images of ${name}, ${image}`,
          help: `Take a smaller crop, or resample with \`size\` in ${name}.`,
        };
  return covers || size.every((side, i) => side <= window[i]!)
    ? undefined
    : {
        fault: `The network takes images of ${seen} whole, and of those of ${name}, ${image}, it would see the middle alone`,
        help: `Write \`predict: sliding\`, or resample with \`size: ${seen}\` in ${name}.`,
      };
}

/** Whether the windows of a prediction cover images of any size; where nothing is written it is the one in the middle. */
export const coversImages = (predict: Experiment['predict'] | undefined, registry: Registry): boolean =>
  predict !== undefined && registry.prediction[predict[0]!.name]?.tags.windows !== 'middle';
