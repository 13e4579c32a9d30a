import type { DataSet, Experiment } from '../../compiler/experiment.ts';
import type { Registry } from '../../compiler/registry.ts';
import type { Fold, FoldsFunction } from '../folds/fold.ts';
import type { PictureShape } from './resample.ts';
import { DataError, type Source, type SourceFunction } from './source.ts';

/** The source of a data set, below this data root. Rejects with a DataError where the data are not as described. */
export async function openSource(data: DataSet, root: string, registry: Registry): Promise<Source> {
  const component = registry.source[data.source.name];
  if (!component) throw new Error(`The registry has no source ${data.source.name}.`);
  const open = (await component.load()) as SourceFunction<DataSet['source']['options']>;
  return open({ root }, data.source.options);
}

/** One fold of a data set; `none` trains on every case and validates on none. */
export async function foldOf(
  data: DataSet,
  cases: readonly string[],
  fold: number | 'none',
  root: string,
  registry: Registry,
): Promise<Fold> {
  if (fold === 'none') return { train: cases, validation: [] };
  const all = await foldsOf(data, cases, root, registry);
  const chosen = all[fold];
  if (!chosen)
    throw new DataError(
      `The data set ${data.name} has no fold ${fold}: ${data.folds.name} makes ${all.length}, counted from 0.`,
      data.name,
    );
  const empty =
    chosen.train.length === 0 ? 'train on' : chosen.validation.length === 0 ? 'validate on' : undefined;
  if (empty)
    throw new DataError(
      `Fold ${fold} of the data set ${data.name} leaves no case to ${empty}: there are ${cases.length} cases.`,
      data.name,
      'Ask for fewer folds, or say `fold: none` to train on every case.',
    );
  return chosen;
}

/** All folds of a data set. */
export async function foldsOf(
  data: DataSet,
  cases: readonly string[],
  root: string,
  registry: Registry,
): Promise<readonly Fold[]> {
  const component = registry.folds[data.folds.name];
  if (!component) throw new Error(`The registry has no folds ${data.folds.name}.`);
  const make = (await component.load()) as FoldsFunction<DataSet['folds']['options']>;
  return make({ cases, root }, data.folds.options);
}

/**
 * [height, width] of what the network sees: the crop, or for `whole` the size of the data set; where the data set
 * has none, that of the largest image, to which smaller ones are padded. Looks at the head of every file, so that a
 * mask of another size than its image is found before training. A crop larger than an image is an error.
 */
export async function inputSize(
  { crop, data }: Pick<Experiment, 'crop' | 'data'>,
  source: Source,
): Promise<PictureShape> {
  // One after the other: opening the files of thousands of cases at once exceeds what a process may hold open.
  const sizes = [];
  for (const id of source.cases) sizes.push({ id, ...(await source.size(id)) });
  if (crop === 'whole')
    return data.size ?? [Math.max(...sizes.map((s) => s.height)), Math.max(...sizes.map((s) => s.width))];
  for (const { id, ...stored } of sizes) {
    const [height, width] = data.size ?? [stored.height, stored.width];
    if (crop[0] > height || crop[1] > width)
      throw new DataError(
        `The crop of ${crop[0]} x ${crop[1]} is larger than the image of case ${id}, which has ${height} x ${width} pixels (height x width)${data.size ? ' after `size`' : ''}.`,
        id,
        'Take a smaller crop, resample with `size` in the data set, or take images whole: `crop: whole`.',
      );
  }
  return crop;
}
