import { type Law, type RuleName, ruleTexts } from './rule-names.ts';
import type { Example } from './search.ts';

/**
 * What is known of a law of a loss: proved by named rules, refuted by numbers, or not decided. A search that finds
 * nothing proves nothing.
 */
export interface Verdict {
  readonly law: Law;
  readonly verdict: 'proved' | 'refuted' | 'not decided';
  /** One sentence. */
  readonly because: string;
  /** Of a proof: the names of its rules. */
  readonly rules: readonly RuleName[];
  /** Of a proved minimum: whether the loss is as low nowhere else. */
  readonly alone?: boolean;
  /** Of a refutation; of a minimum that is not alone, another prediction that costs as little. */
  readonly example?: Example;
  /** Largest component of the gradient with respect to the logits, at the prediction of the example. */
  readonly gradient?: number;
  /** Where nothing is decided: how many points were tried. */
  readonly tried?: number;
}

export type Verdicts = Readonly<Record<Law, Verdict>>;

export const lawTitles: Readonly<Record<Law, string>> = {
  zero: 'zero at the target',
  minimum: 'the target is its minimum',
  gradient: 'the gradient stays finite',
};

export const proved = (law: Law, rules: readonly RuleName[], more: Partial<Verdict> = {}): Verdict => ({
  law,
  verdict: 'proved',
  because: rules.map((rule) => ruleTexts[rule][law]).join('; '),
  rules,
  ...more,
});

export const refuted = (
  law: Law,
  example: Example,
  because: string,
  more: Partial<Verdict> = {},
): Verdict => ({
  law,
  verdict: 'refuted',
  because,
  rules: [],
  example,
  ...more,
});

export const undecided = (law: Law, because: string, tried?: number): Verdict => ({
  law,
  verdict: 'not decided',
  because,
  rules: [],
  ...(tried === undefined ? {} : { tried }),
});

export const allUndecided = (because: string): Verdicts => ({
  zero: undecided('zero', because),
  minimum: undecided('minimum', because),
  gradient: undecided('gradient', because),
});

/** `for one pixel labelled 0.5 (one class by itself)`, `for 2 pixels labelled (1, 0) (0.5, 0.5)` and the like. */
export function describeExample({ label, prediction, teacher }: Example): {
  readonly where: string;
  readonly prediction: string;
} {
  const pixels = label[0]!.length;
  const noun = pixels === 1 ? 'one pixel' : `${pixels} pixels`;
  const alone = label.length === 1 ? ' of one class' : '';
  const second = teacher ? `, and by the second target ${points(teacher)}` : '';
  return { where: `${noun}${alone} labelled ${points(label)}${second}`, prediction: points(prediction) };
}

/** Classes of each pixel: `0.5`, `(0.5, 0.5)`, `(1, 0) (0.5, 0.5)`. */
export function points(values: readonly (readonly number[])[]): string {
  const pixels = values[0]!.map((_, pixel) => values.map((row) => digits(row[pixel]!)));
  return pixels.map((classes) => (classes.length === 1 ? classes[0] : `(${classes.join(', ')})`)).join(' ');
}

/** Few digits, none of them wrong: `0.333`, `0.5`, `1.0e-12`. */
export function digits(value: number, decimals = 3): string {
  if (value === Number.POSITIVE_INFINITY) return 'infinite';
  if (Number.isNaN(value)) return 'not a number';
  const size = Math.abs(value);
  if (size !== 0 && (size < 10 ** -decimals || size >= 1e6)) return value.toExponential(1);
  return String(Number(value.toFixed(decimals)));
}

/** Two numbers that differ, with as many digits as it takes to see that. */
export function digitsOfBoth(a: number, b: number): readonly [string, string] {
  const decimals = [3, 4, 6, 9, 12].find((n) => digits(a, n) !== digits(b, n)) ?? 3;
  return [digits(a, decimals), digits(b, decimals)];
}
