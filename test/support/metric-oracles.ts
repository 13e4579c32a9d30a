import { oracle } from './oracle.ts';
import type { StoredTensor } from './stored-tensor.ts';

/** Reference values by name, in percent or permille; null where they are undefined. */
type Values = Readonly<Record<string, number | null>>;

/** Images of a data set: `prob` [image, row, column, class], `label` [image, row, column]. */
export interface ImageRecord {
  readonly about: string;
  readonly classes: number;
  readonly bins: number;
  readonly ignore_index: number;
  readonly prob: StoredTensor;
  readonly label: StoredTensor;
  readonly values: Values;
  readonly values_binary?: Values;
}

/** Cases of the medical protocol, two classes; maps are [slice, row, column]. */
export interface MedicalRecord {
  readonly about: string;
  readonly bins: number;
  readonly thresholds: readonly number[];
  readonly cases: readonly {
    readonly foreground_prob: StoredTensor;
    readonly rater_mean: StoredTensor;
    readonly majority: readonly number[];
  }[];
  readonly dice_per_case: readonly number[];
  readonly ece_per_case: readonly number[];
  readonly dice: number;
  readonly ece: number;
  readonly bdice: number;
}

export const metricOracle = oracle<{
  readonly cases: readonly ImageRecord[];
  readonly medical: readonly MedicalRecord[];
}>('metrics');

/** `every`: the group `values`, each class counts; `binary`: the group `values_binary`. */
export type Rules = 'every' | 'binary';

const metrics: Readonly<Record<string, string>> = {
  mAcc: 'accuracy(average: classes, ',
  mIoU: 'jaccard(',
  mDice: 'dice(',
};

const reductions: Readonly<Record<Rules, Readonly<Record<string, string>>>> = {
  every: {
    D: 'by: data, classes: all, active: all, empty: undefined',
    I: 'by: image, classes: all, active: truth',
    C: 'by: class, classes: all, active: truth, empty: undefined',
  },
  binary: {
    D: 'by: data, classes: foreground, active: all, empty: undefined',
    I: 'by: image, classes: foreground, active: either, empty: one',
    C: 'by: class, classes: all, active: either, empty: undefined',
  },
};

const shares: Readonly<Record<string, string>> = { '': '', '10': ', worst: 10%', Q: ', worst: deciles' };

/**
 * How the language writes a reference value, `mIoUI10` or `ECED`, and what it is in: the expression's score times
 * `scale`.
 */
export function expressionFor(key: string, rules: Rules, bins: number): { text: string; scale: number } {
  const overlap = /^(mAcc|mIoU|mDice)([DIC])(10|Q)?$/.exec(key);
  if (overlap) {
    const [, metric, reduction, share = ''] = overlap;
    const options = `${reductions[rules][reduction!]}${shares[share]}`;
    return { text: `${metrics[metric!]}${options})`, scale: 100 };
  }
  const others: Readonly<Record<string, { text: string; scale: number }>> = {
    Acc: { text: 'accuracy(by: data)', scale: 100 },
    ECED: { text: `ece(bins: ${bins}, by: data)`, scale: 100 },
    ECEI: { text: `ece(bins: ${bins}, by: image)`, scale: 100 },
    SCED: { text: `sce(bins: ${bins}, by: data)`, scale: 1000 },
    SCEI: { text: `sce(bins: ${bins}, by: image)`, scale: 1000 },
  };
  const other = others[key];
  if (!other) throw new Error(`The reference vectors have a value ${key} that no expression is known for.`);
  return other;
}

/** Expressions for the medical protocol; the score times 100. */
export const medicalExpressions = ({ bins }: Pick<MedicalRecord, 'bins'>) => ({
  dice: 'dice on (raters |> majority)',
  ece: `ece(bins: ${bins}) on (raters |> majority)`,
  bdice: 'bdice(levels: 9) on (raters |> average)',
});
