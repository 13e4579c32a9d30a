import type { DataSet, Distilled, LabelSource } from '../../compiler/experiment.ts';
import { distilledOf } from '../../compiler/networks.ts';
import type { Registry } from '../../compiler/registry.ts';
import { type ClassMap, classMap, writeOneHot, writeShares } from './classes.ts';
import { type LabelCase, labelMaker } from './label-sources.ts';
import type { PreparedCase } from './prepared.ts';
import { resampleLinear, resampleNearest } from './resample.ts';
import type { Picture, RawCase, Source } from './source.ts';
import { predictionsOf, type TeacherFolders } from './teacher.ts';

export type Prepare = (raw: RawCase) => Promise<PreparedCase>;

/** What label sources need beside the case. */
export interface LabelInputs {
  /** Seed of the run, for labels that are drawn at random. */
  readonly seed: number;
  readonly teachers: TeacherFolders;
}

const noInputs: LabelInputs = { seed: 0, teachers: {} };

/**
 * How the cases of a data set are made ready: as `caseReader` does, then the label sources evaluated, each once.
 * `labels` gives the order of `PreparedCase.labels`; those that are drawn at random are those of the first epoch.
 */
export async function preparation(
  data: DataSet,
  source: Pick<Source, 'raters' | 'soft'>,
  labels: readonly LabelSource[],
  registry: Registry,
  { seed, teachers }: LabelInputs = noInputs,
): Promise<Prepare> {
  const read = caseReader(data, source, labels, teachers);
  const scope = { stored: source.raters === 0, name: data.name };
  const makers = await Promise.all(labels.map((one) => labelMaker(one, scope, registry)));
  return async (raw) => {
    const { given, ...one } = await read(raw);
    return { ...one, labels: makers.map((make) => make(given, { seed, epoch: 0 })) };
  };
}

/** A case without labels, and what they are made of. */
export interface UnlabelledCase extends Omit<PreparedCase, 'labels'> {
  readonly given: LabelCase;
}

/**
 * How cases are read: 1. resampled to `size`, images and soft masks linearly, hard masks by nearest neighbour; 2. the
 * image clipped to the window and scaled to −1 … 1; 3. values of the masks turned to classes; 4. what teachers predict
 * is read, for those that `labels` are distilled from.
 */
export function caseReader(
  data: DataSet,
  source: Pick<Source, 'raters' | 'soft'>,
  labels: readonly LabelSource[],
  teachers: TeacherFolders,
): (raw: RawCase) => Promise<UnlabelledCase> {
  const classes = classMap(data.classes);
  const stored = source.raters === 0;
  const roots = labels.flatMap(distilledOf);
  return async (raw) => {
    const size = data.size ?? ([raw.image.height, raw.image.width] as const);
    const [height, width] = size;
    const image = windowed(resampleLinear(raw.image, size), data.window);
    const resample = source.soft ? resampleLinear : resampleNearest;
    const masks = raw.masks.map((mask) => resample(mask, size));
    const { raters, keep } = rows(masks, raw.id, { classes, ignore: data.ignore, soft: source.soft, stored });
    const one = classes.count * height * width;
    const maps = masks.map((_, i) => raters.subarray(i * one, (i + 1) * one));
    const mask = stored ? maps[0] : undefined;
    const shape = { id: raw.id, classes: classes.count, height, width };
    const predicted = await predictionsOf(roots, teachers, shape);
    const predictions = (root: Distilled | 'teacher') => {
      if (root === 'teacher') throw new Error('The teacher of an experiment is one of its label sources.');
      return predicted(root);
    };
    return {
      ...shape,
      channels: raw.image.channels,
      image,
      raters,
      keep,
      given: { ...shape, raters: maps, mask, keep, predictions },
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
