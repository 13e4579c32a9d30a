import { MetricError } from './error.ts';

/** Classes that count: `foreground` is all but class 0; a list names them by their numbers. */
export type Classes = 'foreground' | 'all' | readonly number[];

/** The same; `auto` is the foreground of two classes, and all of more. */
export type AutoClasses = 'auto' | Classes;

/** Numbers of the chosen classes, in order. Throws a `MetricError`, for `openScorers` to complete, for a class that is not there, or if none is chosen. */
export function selectClasses(chosen: AutoClasses, classes: number): readonly number[] {
  const every = Array.from({ length: classes }, (_, c) => c);
  if (chosen === 'auto') return classes === 2 ? [1] : every;
  if (chosen === 'all') return every;
  if (chosen === 'foreground') return every.slice(1);
  const wrong = chosen.find((c) => c >= classes);
  if (wrong !== undefined)
    throw new MetricError(
      `there is no class ${wrong} in the data`,
      `Classes are numbered from 0, the background, to ${classes - 1}.`,
    );
  if (chosen.length === 0)
    throw new MetricError(
      '`classes` is an empty list',
      'Write classes: foreground, classes: all, or numbers such as classes: [1, 2].',
    );
  return every.filter((c) => chosen.includes(c));
}

/** Class of the largest value at each pixel, the lower one on ties; `values` is [class, pixel]. */
export function largestClasses(values: ArrayLike<number>, classes: number, pixels: number): Uint16Array {
  const largest = new Uint16Array(pixels);
  for (let i = 0; i < pixels; i++) {
    let best = 0;
    for (let c = 1; c < classes; c++) if (values[c * pixels + i]! > values[best * pixels + i]!) best = c;
    largest[i] = best;
  }
  return largest;
}
