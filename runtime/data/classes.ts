import type { DataSet } from '../../compiler/experiment.ts';
import { DataError, type Picture } from './source.ts';

/** The class of each value in the files; `undefined` for values that no class names. */
export interface ClassMap {
  readonly count: number;
  /** Their names and values, as a message shows them. */
  readonly description: string;
  of(value: number): number | undefined;
}

/**
 * The classes of a data set. Without any, 0 is the background and every other value the foreground; likewise a
 * class that names no values takes all that no other class names.
 */
export function classMap(classes: DataSet['classes']): ClassMap {
  const all = classes.length > 0 ? classes : unnamed;
  const known = new Map(all.flatMap(({ values }, index) => values.map((value) => [value, index] as const)));
  const rest = all.findIndex(({ values }) => values.length === 0);
  return {
    count: all.length,
    description: all.map(({ name, values }) => `${name} ${values.join(', ') || 'all others'}`).join('; '),
    of: (value) => known.get(value) ?? (rest < 0 ? undefined : rest),
  };
}

const unnamed: DataSet['classes'] = [
  { name: 'background', values: [0] },
  { name: 'foreground', values: [] },
];

/** Writes a hard mask as one-hot rows into `hot` [class, pixel]; ignored pixels become background and leave `keep`. */
export function writeOneHot(
  mask: Picture,
  whose: string,
  { classes, ignore }: { readonly classes: ClassMap; readonly ignore: number | undefined },
  hot: Float64Array,
  keep: Uint8Array,
): void {
  const pixels = mask.height * mask.width;
  for (let i = 0; i < pixels; i++) {
    const value = mask.data[i]!;
    const ignored = value === ignore;
    const index = ignored ? 0 : classes.of(value);
    if (index === undefined) throw strange(mask, whose, i, classes);
    if (ignored) keep[i] = 0;
    hot[index * pixels + i] = 1;
  }
}

/** Writes a mask of shares, 0 … 1, as the rows (1 − y, y). */
export function writeShares(mask: Picture, whose: string, { count }: ClassMap, soft: Float64Array): void {
  if (count !== 2)
    throw new DataError(
      `${whose} is soft, so there are two classes, but the data set names ${count}.`,
      whose,
      'Leave `classes` out, or name the background and one class.',
    );
  const pixels = mask.height * mask.width;
  for (let i = 0; i < pixels; i++) {
    soft[i] = 1 - mask.data[i]!;
    soft[pixels + i] = mask.data[i]!;
  }
}

function strange({ data, width }: Picture, whose: string, at: number, { description }: ClassMap): DataError {
  return new DataError(
    `${whose} holds the value ${data[at]} at row ${Math.floor(at / width)}, column ${at % width} (counted from 0), which belongs to no class.`,
    whose,
    `Give it to one of the \`classes\` of the data set (now: ${description}), or say \`ignore: ${data[at]}\`.`,
  );
}
