import type { Share } from '../../compiler/registry.ts';
import { addCounts, type Counts, countLargest, joinCounts } from './counts.ts';
import { type Empty, lowestMean, mean, nothing, type Value } from './means.ts';
import type { ClassValue, Metric } from './metric.ts';
import { type Classes, selectClasses } from './selection.ts';
import { type By, isPerImage, spansOf } from './spans.ts';

/** How the counts of many classes, images and cases become one number. */
export interface OverlapOptions {
  /**
   * What is counted together and what the mean is over. `case`: all images of a case; the mean over its classes, then
   * over the cases. `image`: each image; the mean over its classes, then over all images. `class`: each image; the mean
   * over the images of a class, then over the classes. `data`: all cases; the mean over the classes.
   */
  by?: By;
  /** Classes that count: all but the background, all, or some by their numbers. @integer @minimum 0 */
  classes?: Classes;
  /**
   * Which of them count in an image, or in what else `by` counts over: those in the `truth`, those on `either` side, or
   * `all`. `auto` is `all` by case and data, `either` by image and class.
   */
  active?: 'auto' | Active;
  /**
   * The mean of this share of the values, the lowest ones, at least of one; 100 % is all of them. By class it is taken
   * of the values of each class. `deciles` is the mean of that for 10, 20 … 100 %.
   */
  worst?: Share | 'deciles';
  /**
   * What 0/0 is, a class on neither side, or an image without a class that counts: `one`; `skip`, left out of the mean;
   * or `undefined`, and with it every mean that it is in.
   */
  empty?: Empty;
}

export type Active = 'truth' | 'either' | 'all';

/** The value of a class with these counts; `undefined` is 0/0. */
export type Ratio = (hit: number, truth: number, predicted: number) => Value;

/** A metric over counts, with all its options. */
export interface OverlapRule extends Required<OverlapOptions> {
  readonly ratio: Ratio;
}

/** A metric of the classes that both sides give each pixel. */
export const overlapMetric = (rule: OverlapRule): Metric<readonly Counts[]> => ({
  of(scored) {
    selectClasses(rule.classes, scored.classes);
    return countLargest(scored, spansOf(scored, rule.by));
  },
  value: (parts) => overlapScore(rule, parts.flat()),
  join: (pieces) => joinCounts(pieces, rule.by),
  classes: (parts) => overlapClasses(rule, parts.flat()),
});

/** One value of the counts of many spans; `undefined` of none. */
export function overlapScore(rule: OverlapRule, spans: readonly Counts[]): Value {
  const { by, worst, empty } = rule;
  const units = unitsOf(rule, spans);
  if (units.length === 0) return undefined;
  if (by === 'class') {
    const values = classesOf(rule, units).flatMap((c) => {
      const own = valuesOf(rule, units, c);
      return own.length === 0 ? nothing[empty] : [lowestMean(own, worst)];
    });
    return mean(values);
  }
  const rows = units.flatMap((unit) => {
    const active = classesOf(rule, units).filter((c) => isActive(rule, unit, c));
    if (active.length === 0) return nothing[empty];
    const values = active.flatMap((c) => cellOf(rule, unit, c));
    return values.length === 0 ? [] : [mean(values)];
  });
  return lowestMean(rows, worst);
}

/** The same for each class by itself, over the units in which it counts. */
export function overlapClasses(rule: OverlapRule, spans: readonly Counts[]): readonly ClassValue[] {
  const units = unitsOf(rule, spans);
  return classesOf(rule, units).map((c) => {
    const values = valuesOf(rule, units, c);
    return {
      class: c,
      value: lowestMean(values, rule.worst),
      count: values.length,
      pixels: units.reduce((sum, { truth }) => sum + truth[c]!, 0),
    };
  });
}

function unitsOf({ by }: OverlapRule, spans: readonly Counts[]): readonly Counts[] {
  if (by !== 'data') return spans;
  const all = addCounts(spans);
  return all ? [all] : [];
}

const classesOf = ({ classes }: OverlapRule, [first]: readonly Counts[]): readonly number[] =>
  first ? selectClasses(classes, first.truth.length) : [];

/** Values of a class in the units where it counts and has one. */
const valuesOf = (rule: OverlapRule, units: readonly Counts[], c: number): readonly Value[] =>
  units.filter((unit) => isActive(rule, unit, c)).flatMap((unit) => cellOf(rule, unit, c));

function isActive({ active, by }: OverlapRule, { truth, predicted }: Counts, c: number): boolean {
  const usual = isPerImage(by) ? 'either' : 'all';
  switch (active === 'auto' ? usual : active) {
    case 'truth':
      return truth[c]! > 0;
    case 'either':
      return truth[c]! + predicted[c]! > 0;
    case 'all':
      return true;
  }
}

/** The ratio of a class; on neither side it is what `empty` says, and 0/0 elsewhere is undefined unless skipped. */
function cellOf({ ratio, empty }: OverlapRule, counts: Counts, c: number): readonly Value[] {
  const [hit, truth, predicted] = [counts.hit[c]!, counts.truth[c]!, counts.predicted[c]!];
  if (truth + predicted === 0) return nothing[empty];
  const value = ratio(hit, truth, predicted);
  return value === undefined ? nothing[empty === 'skip' ? 'skip' : 'undefined'] : [value];
}
