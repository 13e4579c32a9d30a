import {
  absoluteForm,
  addForms,
  constantForm,
  type Form,
  isNonnegative,
  isZero,
  multiplyForms,
  powerForm,
  type Region,
  scaleForm,
} from './region.ts';

/**
 * What a value is, exactly, where that is known: a number; a function of each pixel of each class by itself; a sum of
 * such functions; or a quotient of two sums.
 */
export type Exact =
  | { readonly kind: 'number'; readonly value: number }
  | PixelValue
  | { readonly kind: 'sum'; readonly sum: Sum; readonly guard?: Guard }
  | Quotient;

/** (plain + logX · log x + logY · log y) · weight, with 0 · log 0 = 0 as the losses have it. */
export interface PixelValue {
  readonly kind: 'pixel';
  readonly plain: Form;
  readonly logX: Form | undefined;
  readonly logY: Form | undefined;
  /** The values above 0 that labels alone decide, one a pixel, that it is multiplied with; empty for none. */
  readonly weight: string;
}

/** constant + Σ form over the pixels of `scope`: the axes that are summed, and the weights of the pixels. */
export interface Sum {
  readonly constant: number;
  readonly form: Form;
  readonly scope: string;
}

/** coefficient · [of = 0], for a sum that is never below 0. */
export interface Guard {
  readonly of: Sum;
  readonly coefficient: number;
}

/** numerator / denominator where the denominator is above 0, else `empty`. */
export interface Quotient {
  readonly kind: 'quotient';
  readonly numerator: Sum;
  readonly denominator: Sum;
  /** Absent where the denominator cannot be 0. */
  readonly empty: number | undefined;
}

export const number = (value: number): Exact => ({ kind: 'number', value });

export const pixel = (plain: Form, logX?: Form, logY?: Form, weight = ''): PixelValue => ({
  kind: 'pixel',
  plain,
  logX: logX && !isZero(logX) ? logX : undefined,
  logY: logY && !isZero(logY) ? logY : undefined,
  weight,
});

/** The same, times a value above 0 that labels alone decide, by its node. */
export const weighted = (a: PixelValue, node: number): PixelValue => ({
  ...a,
  weight: joined(a.weight, String(node)),
});

export function scaled(a: Exact, factor: number): Exact {
  switch (a.kind) {
    case 'number':
      return number(a.value * factor);
    case 'pixel':
      return pixel(
        scaleForm(a.plain, factor),
        a.logX && scaleForm(a.logX, factor),
        a.logY && scaleForm(a.logY, factor),
        a.weight,
      );
    case 'sum':
      return sumOf(scaledSum(a.sum, factor), a.guard && scaledGuard(a.guard, factor));
    case 'quotient':
      return {
        ...a,
        numerator: scaledSum(a.numerator, factor),
        empty: a.empty === undefined ? undefined : a.empty * factor,
      };
    default:
      return a satisfies never;
  }
}

export function plus(a: Exact, b: Exact): Exact | undefined {
  if (a.kind === 'number') return b.kind === 'number' ? number(a.value + b.value) : plusNumber(b, a.value);
  if (b.kind === 'number') return plusNumber(a, b.value);
  if (a.kind === 'pixel' && b.kind === 'pixel') {
    if (a.weight !== b.weight) return undefined;
    const [plain, logX, logY] = [
      addForms(a.plain, b.plain),
      addOptional(a.logX, b.logX),
      addOptional(a.logY, b.logY),
    ];
    return plain && logX !== 'unknown' && logY !== 'unknown' ? pixel(plain, logX, logY, a.weight) : undefined;
  }
  if (a.kind !== 'sum' || b.kind !== 'sum') return undefined;
  const sum = plusSum(a.sum, b.sum);
  if (!sum) return undefined;
  if (!a.guard || !b.guard) return sumOf(sum, a.guard ?? b.guard);
  if (!sameSum(a.guard.of, b.guard.of)) return undefined;
  return sumOf(sum, { of: a.guard.of, coefficient: a.guard.coefficient + b.guard.coefficient });
}

export function times(a: Exact, b: Exact): Exact | undefined {
  if (a.kind === 'number') return scaled(b, a.value);
  if (b.kind === 'number') return scaled(a, b.value);
  if (a.kind !== 'pixel' || b.kind !== 'pixel') return undefined;
  const [logs, plain] = a.logX || a.logY ? [a, b] : [b, a];
  if (plain.logX || plain.logY) return undefined;
  return pixel(
    multiplyForms(logs.plain, plain.plain),
    logs.logX && multiplyForms(logs.logX, plain.plain),
    logs.logY && multiplyForms(logs.logY, plain.plain),
    joined(logs.weight, plain.weight),
  );
}

export function over(a: Exact, b: Exact): Exact | undefined {
  if (b.kind === 'number') return b.value === 0 ? undefined : scaled(a, 1 / b.value);
  if (a.kind !== 'sum' || b.kind !== 'sum' || a.sum.scope !== b.sum.scope) return undefined;
  const [numerator, denominator] = [a.sum, b.sum];
  if (!a.guard && !b.guard && isPositive(denominator))
    return { kind: 'quotient', numerator, denominator, empty: undefined };
  if (b.guard?.coefficient !== 1 || !sameSum(b.guard.of, denominator)) return undefined;
  if (a.guard && !sameSum(a.guard.of, denominator)) return undefined;
  // 0 ≤ numerator ≤ κ · denominator: where the one is 0, the other is as well.
  const bounded = [1, 2, 4].some((factor) => isAtLeast(scaledSum(denominator, factor), numerator));
  if (!bounded || !isNeverBelow(numerator)) return undefined;
  return { kind: 'quotient', numerator, denominator, empty: a.guard?.coefficient ?? 0 };
}

export const toPower = (a: Exact, exponent: number): Exact | undefined => {
  if (a.kind === 'number') return number(a.value > 0 ? a.value ** exponent : 0);
  if (a.kind !== 'pixel' || a.logX || a.logY || a.weight || exponent <= 0) return undefined;
  const plain = powerForm(a.plain, exponent);
  return plain && pixel(plain);
};

export const absolute = (a: Exact): Exact | undefined => {
  if (a.kind === 'number') return number(Math.abs(a.value));
  if (a.kind !== 'pixel' || a.logX || a.logY) return undefined;
  const plain = absoluteForm(a.plain);
  return plain && pixel(plain, undefined, undefined, a.weight);
};

/** 1 where a sum is above 0, else 0: 1 − [sum = 0], for a sum that is never below 0. */
export function isAboveZero(a: Exact): Exact | undefined {
  if (a.kind !== 'sum' || a.guard || !isNeverBelow(a.sum)) return undefined;
  if (isPositive(a.sum)) return number(1);
  const one = { ...a.sum, constant: 1, form: constantForm(a.sum.form.regions, 0) };
  return sumOf(one, { of: a.sum, coefficient: -1 });
}

export const summed = (form: Form, scope: string): Exact => sumOf({ constant: 0, form, scope });

export const minusTimes = (a: Sum, factor: number, b: Sum): Sum | undefined =>
  plusSum(a, scaledSum(b, -factor));

export const isNeverBelow = ({ constant, form }: Sum): boolean => constant >= 0 && isNonnegative(form);
export const isPositive = (sum: Sum): boolean => sum.constant > 0 && isNonnegative(sum.form);

export const isAtLeast = (a: Sum, b: Sum): boolean => {
  const rest = minusTimes(a, 1, b);
  return rest !== undefined && isNeverBelow(rest);
};

const sumOf = (sum: Sum, guard?: Guard): Exact =>
  guard && guard.coefficient !== 0 ? { kind: 'sum', sum, guard } : { kind: 'sum', sum };

const scaledSum = (sum: Sum, factor: number): Sum => ({
  ...sum,
  constant: sum.constant * factor,
  form: scaleForm(sum.form, factor),
});

const scaledGuard = (guard: Guard, factor: number): Guard => ({
  ...guard,
  coefficient: guard.coefficient * factor,
});

function plusSum(a: Sum, b: Sum): Sum | undefined {
  const form = a.scope === b.scope ? addForms(a.form, b.form) : undefined;
  return form && { ...a, constant: a.constant + b.constant, form };
}

function sameSum(a: Sum, b: Sum): boolean {
  const rest = minusTimes(a, 1, b);
  return rest !== undefined && rest.constant === 0 && isZero(rest.form);
}

function plusNumber(a: Exclude<Exact, { kind: 'number' }>, value: number): Exact | undefined {
  switch (a.kind) {
    case 'pixel': {
      if (a.weight && value !== 0) return undefined;
      const plain = addForms(a.plain, constantForm(regionsIn(a.plain), value));
      return plain && pixel(plain, a.logX, a.logY, a.weight);
    }
    case 'sum':
      return sumOf({ ...a.sum, constant: a.sum.constant + value }, a.guard);
    case 'quotient': {
      const numerator = minusTimes(a.numerator, -value, a.denominator);
      return numerator && { ...a, numerator, empty: a.empty === undefined ? undefined : a.empty + value };
    }
    default:
      return a satisfies never;
  }
}

const joined = (a: string, b: string): string =>
  [a, b]
    .filter((part) => part !== '')
    .flatMap((part) => part.split('·'))
    .sort()
    .join('·');

const regionsIn = (form: Form): readonly Region[] => form.regions;

function addOptional(a: Form | undefined, b: Form | undefined): Form | undefined | 'unknown' {
  if (!a || !b) return a ?? b;
  return addForms(a, b) ?? 'unknown';
}
