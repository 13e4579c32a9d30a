import type { LabelSource, Measure } from '../../compiler/experiment.ts';
import type { Registry } from '../../compiler/registry.ts';
import { distinctLabels, labelKey } from '../data/label-key.ts';
import { MetricError } from './error.ts';
import type { ClassValue, Metric, ScoredCase } from './metric.ts';

/** A case without the truth, which each metric has of its own. */
export type UnscoredCase = Omit<ScoredCase, 'truth'>;

/** Scores cases one after another. Of a case only the parts of the metrics are held. */
export interface Scorers {
  /** The ground truths that `add` takes, in this order, each once. */
  readonly truths: readonly LabelSource[];
  /**
   * One more case; `truths` are its labels, [class, pixel] each. Returns its value of each measure, null where it says
   * nothing.
   * @throws MetricError where an option does not fit the case, or a metric gives no number
   */
  add(one: UnscoredCase, truths: readonly ArrayLike<number>[]): readonly (number | null)[];
  /** Of a case that comes in pieces, each of some of its images: the parts of one piece, for `finish`. */
  piece(one: UnscoredCase, truths: readonly ArrayLike<number>[]): Piece;
  /** The case of that name from its pieces; returns its values, as `add` does. */
  finish(id: string, pieces: readonly Piece[]): readonly (number | null)[];
  /** Measures whose cases cannot come in pieces, by name. */
  readonly whole: readonly string[];
  /** The score of all cases so far, an entry a measure. */
  result(): readonly Scored[];
}

/** The part of each measure. */
export type Piece = readonly unknown[];

export interface Scored {
  /** Absent where no case says anything. */
  readonly value?: number;
  /** The classes that it is made of, where these are several. */
  readonly classes?: readonly ClassScore[];
}

/** A metric of one class. */
export interface ClassScore extends Omit<ClassValue, 'class' | 'value'> {
  readonly class: string;
  readonly value?: number;
}

/**
 * Loads the metrics of some measures, for data with these classes.
 * @throws MetricError where an option does not fit the classes
 */
export async function openScorers(
  measures: readonly Measure[],
  registry: Registry,
  classes: readonly string[],
): Promise<Scorers> {
  const truths = distinctLabels(measures.map(({ on }) => on));
  const keys = truths.map(labelKey);
  const scorers = await Promise.all(
    measures.map(async ({ metric: { name, options }, on }) => {
      const component = registry.metric[name];
      if (!component) throw new Error(`The registry has no metric ${name}.`);
      const open = (await component.load()) as (options: unknown) => Metric;
      const metric = open(options);
      tryOptions(metric, name, classes.length);
      return { name, metric, truth: keys.indexOf(labelKey(on)), parts: [] as unknown[] };
    }),
  );
  const piece: Scorers['piece'] = (one, labels) =>
    scorers.map(({ metric, truth }) => metric.of({ ...one, truth: labels[truth]! }));
  const finish: Scorers['finish'] = (id, pieces) =>
    scorers.map(({ name, metric, parts }, i) => {
      const own = pieces.map((one) => one[i]);
      const part = own.length === 1 ? own[0] : metric.join!(own);
      parts.push(part);
      return checked(metric.value([part]), name, `case ${id}`) ?? null;
    });
  return {
    truths,
    add: (one, labels) => finish(one.id, [piece(one, labels)]),
    piece,
    finish,
    whole: scorers.filter(({ metric }) => !metric.join).map(({ name }) => name),
    result: () =>
      scorers.map(({ name, metric, parts }) => {
        const value = checked(metric.value(parts), name, 'all cases together');
        const byClass = (metric.classes?.(parts) ?? []).map((found) => named(found, classes));
        return { ...withValue(value), ...(byClass.length > 1 ? { classes: byClass } : {}) };
      }),
  };
}

const withValue = (value: number | undefined) => (value === undefined ? {} : { value });

const named = ({ class: c, value, count, pixels }: ClassValue, names: readonly string[]): ClassScore => ({
  class: names[c]!,
  ...withValue(value),
  count,
  pixels,
});

/** Scores one pixel, so that options that do not fit the classes are found before anything is trained or read. */
function tryOptions(metric: Metric, name: string, classes: number): void {
  const background = Float64Array.from({ length: classes }, (_, c) => Number(c === 0));
  const one = { probabilities: background, truth: background, raters: background, keep: [1] };
  try {
    metric.of({ id: 'one pixel', classes, pixels: 1, images: 1, ...one });
  } catch (error) {
    if (!(error instanceof MetricError)) throw error;
    throw new MetricError(`The metric ${name} cannot be computed: ${error.message}.`, error.help);
  }
}

function checked(value: number | undefined, name: string, what: string): number | undefined {
  if (value === undefined || Number.isFinite(value)) return value;
  throw new MetricError(
    `The metric ${name} gives ${value} for ${what}.`,
    'A metric gives a number, or undefined where a case says nothing.',
  );
}
