import type { DataSet } from '../../compiler/experiment.ts';
import { DataError, type Picture } from './source.ts';

/** The class of each value in the files; `undefined` for values that no class names. */
export interface ClassMap {
  readonly count: number;
  /** Their names and values, as a message shows them. */
  readonly description: string;
  of(value: number): number | undefined;
}

export function classMap(classes: DataSet['classes']): ClassMap {
  const known = new Map(
    classes.flatMap(({ values }, index) =>
      values === 'others' ? [] : values.map((value) => [value, index] as const),
    ),
  );
  const rest = classes.findIndex(({ values }) => values === 'others');
  const valuesOf = (values: readonly number[] | 'others') =>
    values === 'others' ? 'all others' : values.join(', ');
  return {
    count: classes.length,
    description: classes.map(({ name, values }) => `${name} ${valuesOf(values)}`).join('; '),
    of: (value) => known.get(value) ?? (rest < 0 ? undefined : rest),
  };
}

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

/** How far the shares of a pixel may be from a sum of 1: what float32 and nine digits leave. */
const tolerance = 1e-6;

/** Writes a mask of shares, 0 … 1: those of the foreground, y, as the rows (1 − y, y), or those of each class as they are. */
export function writeShares(mask: Picture, whose: string, { count }: ClassMap, soft: Float64Array): void {
  const pixels = mask.height * mask.width;
  if (mask.channels === count) {
    writeEach(mask, whose, soft);
    return;
  }
  if (mask.channels > 1)
    throw new DataError(
      `${whose} holds the shares of ${mask.channels} classes, but the data set names ${count}.`,
      whose,
      'Name as many `classes` as the masks have channels, background first.',
    );
  if (count !== 2)
    throw new DataError(
      `${whose} is soft, so there are two classes, but the data set names ${count}.`,
      whose,
      'Leave `classes` out, name the background and one class, or store the shares of all classes as an array [height, width, class].',
    );
  for (let i = 0; i < pixels; i++) {
    soft[i] = 1 - mask.data[i]!;
    soft[pixels + i] = mask.data[i]!;
  }
}

function writeEach({ data, height, width, channels }: Picture, whose: string, soft: Float64Array): void {
  const pixels = height * width;
  for (let i = 0; i < pixels; i++) {
    let sum = 0;
    for (let c = 0; c < channels; c++) {
      soft[c * pixels + i] = data[i * channels + c]!;
      sum += data[i * channels + c]!;
    }
    if (Math.abs(sum - 1) > tolerance)
      throw new DataError(
        `The shares of the classes in ${whose.charAt(0).toLowerCase()}${whose.slice(1)} add up to ${sum} at row ${Math.floor(i / width)}, column ${i % width} (counted from 0).`,
        whose,
        `They must add up to 1, within ${tolerance}.`,
      );
  }
}

function strange({ data, width }: Picture, whose: string, at: number, { description }: ClassMap): DataError {
  return new DataError(
    `${whose} holds the value ${data[at]} at row ${Math.floor(at / width)}, column ${at % width} (counted from 0), which belongs to no class.`,
    whose,
    `Give it to one of the \`classes\` of the data set (now: ${description}), or say \`ignore: ${data[at]}\`.`,
  );
}
