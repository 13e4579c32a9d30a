import type { DataSet, LabelSource } from '../../compiler/experiment.ts';
import type { Registry } from '../../compiler/registry.ts';
import { type ClassMap, classMap, writeOneHot, writeShares } from './classes.ts';
import { labelMaker } from './label-sources.ts';
import type { PreparedCase } from './prepared.ts';
import { resampleLinear, resampleNearest } from './resample.ts';
import type { Picture, RawCase, Source } from './source.ts';

export type Prepare = (raw: RawCase) => PreparedCase;

/**
 * How the cases of a data set are made ready: 1. resampled to `size`, images and soft masks linearly, hard masks by
 * nearest neighbour; 2. the image clipped to the window and scaled to −1 … 1; 3. values of the masks turned to
 * classes; 4. the label sources evaluated, each once. `labels` gives the order of `PreparedCase.labels`.
 */
export async function preparation(
  data: DataSet,
  source: Pick<Source, 'raters' | 'soft'>,
  labels: readonly LabelSource[],
  registry: Registry,
): Promise<Prepare> {
  const classes = classMap(data.classes);
  const stored = source.raters === 0;
  const makers = await Promise.all(
    labels.map((one) => labelMaker(one, { stored, name: data.name }, registry)),
  );
  return (raw) => {
    const size = data.size ?? ([raw.image.height, raw.image.width] as const);
    const [height, width] = size;
    const image = windowed(resampleLinear(raw.image, size), data.window);
    const resample = source.soft ? resampleLinear : resampleNearest;
    const masks = raw.masks.map((mask) => resample(mask, size));
    const { raters, keep } = rows(masks, raw.id, { classes, ignore: data.ignore, soft: source.soft, stored });
    const one = classes.count * height * width;
    const maps = masks.map((_, i) => raters.subarray(i * one, (i + 1) * one));
    const mask = stored ? maps[0] : undefined;
    const given = { id: raw.id, classes: classes.count, height, width, raters: maps, mask, keep };
    return {
      id: raw.id,
      height,
      width,
      channels: raw.image.channels,
      classes: classes.count,
      image,
      labels: makers.map((make) => make(given, { seed: 0, epoch: 0 })),
      raters,
      keep,
    };
  };
}

/** Clipped to the window, then scaled linearly to −1 … 1; without a window as stored. An image of one value everywhere is −1. */
export function windowed({ data }: Picture, window: DataSet['window']): Float32Array {
  if (window === 'none') return data;
  const { low, high } = window === 'image' ? extent(data) : window;
  const scale = high > low ? 2 / (high - low) : 0;
  return data.map((value) => (Math.min(high, Math.max(low, value)) - low) * scale - 1);
}

function extent(data: Float32Array): { low: number; high: number } {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of data) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return { low, high };
}

interface MaskKind {
  readonly classes: ClassMap;
  readonly ignore: number | undefined;
  readonly soft: boolean;
  readonly stored: boolean;
}

/** [rater, class, pixel], and the pixels that no rater has ignored. */
function rows(
  masks: readonly Picture[],
  id: string,
  kind: MaskKind,
): { raters: Float64Array; keep: Uint8Array } {
  const { height, width } = masks[0]!;
  const one = kind.classes.count * height * width;
  const raters = new Float64Array(masks.length * one);
  const keep = new Uint8Array(height * width).fill(1);
  for (const [i, mask] of masks.entries()) {
    const whose = `The mask of case ${id}${kind.stored ? '' : `, rater ${i + 1},`}`;
    const own = raters.subarray(i * one, (i + 1) * one);
    if (kind.soft) writeShares(mask, whose, kind.classes, own);
    else writeOneHot(mask, whose, kind, own, keep);
  }
  return { raters, keep };
}
