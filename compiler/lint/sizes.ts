import type { Experiment } from '../experiment.ts';

export type Sides = readonly [height: number, width: number];

/** Of the images that labels are made on, where the file says it; of stored ones it is not known before they are found. */
export function imageSizeOf({ data: { size, source } }: Pick<Experiment, 'data'>): Sides | undefined {
  if (size) return size;
  const side = source.code === undefined ? source.options.size : undefined;
  return typeof side === 'number' ? [side, side] : undefined;
}

/** Of what the network sees in a training step. */
export const inputSizeOf = (experiment: Pick<Experiment, 'data' | 'crop'>): Sides | undefined =>
  experiment.crop === 'whole' ? imageSizeOf(experiment) : experiment.crop;

/** Levels of resolution of a network, each half of the one before; of a user's own they are not known. */
export const levelsOf = ({ model: { options, code } }: Pick<Experiment, 'model'>): number | undefined =>
  code === undefined && typeof options.depth === 'number' ? options.depth : undefined;
