import {
  type Exact,
  isAtLeast,
  isNeverBelow,
  isPositive,
  minusTimes,
  type PixelValue,
  type Quotient,
  type Sum,
} from './exact.ts';
import { all, constantAtTarget, type Facts, type Grip, some } from './facts.ts';
import {
  addForms,
  atTarget,
  type Form,
  hasBoundedDerivative,
  isNonnegative,
  isZero,
  keepForm,
  labelForm,
  multiplyForms,
  proportionalWithoutLabel,
  rises,
  scaleForm,
  vanishesAtOrigin,
  vanishesAtOriginOnly,
} from './region.ts';
import { joined, nothing, type RuleName } from './rule-names.ts';

/** The same with what its exact form tells beyond what is known already. */
export function withExact(facts: Facts, exact: Exact | undefined): Facts {
  if (!exact) return { ...facts, exact: undefined };
  const known = { ...facts, exact };
  switch (exact.kind) {
    case 'number':
      return ofNumber(known, exact.value);
    case 'pixel':
      return ofPixel(known, exact);
    case 'sum':
      return exact.guard ? known : ofSum(known, exact.sum);
    case 'quotient':
      return ofQuotient(known, exact);
    default:
      return exact satisfies never;
  }
}

function ofNumber(facts: Facts, value: number): Facts {
  return {
    ...facts,
    low: value,
    high: value,
    bounded: true,
    apart: value > 0,
    steady: true,
    own: true,
    atTarget: constantAtTarget(value),
    least: some,
    most: some,
    presence: value > 0 ? 0 : undefined,
  };
}

function ofPixel(facts: Facts, { plain, logX, logY }: PixelValue): Facts {
  if (logX || logY) return facts;
  const low = isNonnegative(plain) ? Math.max(0, facts.low) : facts.low;
  const steady = facts.steady || hasBoundedDerivative(plain);
  return { ...facts, low, own: facts.own || steady, bounded: true, steady };
}

function ofSum(facts: Facts, sum: Sum): Facts {
  const { constant, form } = sum;
  const target = atTarget(form);
  const zero = target && isZero(target);
  const least = gripOf(form);
  const most = gripOf(scaleForm(form, -1));
  return {
    ...facts,
    low: isNonnegative(form) ? Math.max(facts.low, constant) : facts.low,
    high: isNonnegative(scaleForm(form, -1)) ? Math.min(facts.high, constant) : facts.high,
    bounded: true,
    steady: facts.steady || hasBoundedDerivative(form),
    apart: facts.apart || isPositive(sum),
    atTarget: zero ? constantAtTarget(constant) : facts.atTarget,
    least: least ?? facts.least,
    most: most ?? facts.most,
    by: facts.predicted
      ? { zero: zero ? ['sum'] : [], minimum: least || most ? ['sum'] : [], gradient: ['bounded'] }
      : nothing,
  };
}

/**
 * (M) / (W) compared with a number v: it is v at the target where M − v W is 0 there, and never below v where
 * M − v W never is below 0. Where W is 0 the value is that of an empty class.
 */
function ofQuotient(facts: Facts, quotient: Quotient): Facts {
  const { numerator, denominator, empty } = quotient;
  const emptyAtTargetOnly = empty === undefined || vanishesAtOriginOnly(denominator.form);
  const candidates = [...new Set([0, 1, ...(empty === undefined ? [] : [empty])])];
  const value = candidates.find((v) => {
    const rest = minusTimes(numerator, v, denominator);
    const target = rest && rest.constant === 0 && atTarget(rest.form);
    return target && isZero(target) && (empty === undefined || (emptyAtTargetOnly && empty === v));
  });
  const grip = (sign: 1 | -1): Grip | undefined => {
    if (value === undefined) return undefined;
    const rest = minusTimes(numerator, value, denominator);
    return rest && gripOf(scaleForm(rest.form, sign));
  };
  const lowest = [0, 1].filter((v) => {
    const rest = minusTimes(numerator, v, denominator);
    return rest && isNeverBelow(rest) && (empty === undefined || empty >= v);
  });
  const greatest = [1, 0].filter(
    (v) => isAtLeast(times(denominator, v), numerator) && (empty === undefined || empty <= v),
  );
  const smooth = [numerator, denominator].every((sum) => hasBoundedDerivative(sum.form));
  const apart = isPositive(denominator);
  const proportional =
    !apart &&
    vanishesAtOriginOnly(denominator.form) &&
    proportionalWithoutLabel(numerator.form, denominator.form);
  const [least, most] = [grip(1), grip(-1)];
  return {
    ...facts,
    low: Math.max(facts.low, ...lowest),
    high: Math.min(facts.high, ...greatest),
    bounded: facts.bounded || apart || greatest.length > 0,
    apart: facts.apart || (isPositive(numerator) && (empty === undefined || empty > 0)),
    steady: smooth && (apart || proportional),
    atTarget: value === undefined ? facts.atTarget : constantAtTarget(value),
    least: least ?? facts.least,
    most: most ?? facts.most,
    by: {
      zero: value === undefined ? [] : ['quotient'],
      minimum: least || most ? ['quotient'] : [],
      gradient: apart ? ['denominator'] : proportional ? ['proportional'] : [],
    },
  };
}

const times = (sum: Sum, factor: number): Sum => ({
  ...sum,
  constant: sum.constant * factor,
  form: scaleForm(sum.form, factor),
});

function gripOf(form: Form): Grip | undefined {
  const rise = rises(form);
  return rise === 'only' ? all : rise === 'among' ? some : undefined;
}

/** A sum over classes and pixels of what has logarithms in it. `labels` are hard or soft. */
export function ofLogarithms(facts: Facts, value: PixelValue, labels: 'hard' | 'soft'): Facts {
  const gibbs = gibbsSign(value);
  const labelled = labels === 'hard' ? labelledSign(value) : undefined;
  const proved = gibbs ?? labelled;
  const zero = vanishesAtTarget(value, labels);
  const entropy = gibbs !== undefined && !zero && !value.logY;
  const rule: RuleName = gibbs !== undefined ? 'gibbs' : 'labelled';
  const grip =
    proved === undefined ? undefined : gibbs !== undefined ? all : ({ kind: 'present', above: 0.5 } as const);
  return {
    ...facts,
    atTarget: zero
      ? constantAtTarget(0)
      : entropy
        ? { constant: 0, atoms: new Map([['entropy', gibbs]]) }
        : facts.atTarget,
    least: proved === 1 ? grip : facts.least,
    most: proved === -1 ? grip : facts.most,
    by: joined(facts.by, {
      zero: zero || entropy ? [rule] : [],
      minimum: proved === undefined ? [] : [rule],
      gradient: [],
    }),
  };
}

/** 1 for a positive multiple of −Σ y log p (and what labels alone decide), −1 for a negative one. */
function gibbsSign({ plain, logX }: PixelValue): 1 | -1 | undefined {
  if (!logX || !isZero(plain)) return undefined;
  const kept = multiplyForms(labelForm(logX.regions), keepForm(logX.regions));
  for (const sign of [1, -1] as const) {
    // logX = −sign · c · y with one c > 0 for all regions: the corner (1, 1) has it.
    const factor = factorOf(logX, kept);
    if (factor === undefined || Math.sign(factor) !== -sign) continue;
    const rest = addForms(logX, scaleForm(kept, -factor));
    if (rest && isZero(rest)) return sign;
  }
  return undefined;
}

/** The ratio of two forms at the corner where prediction and label are 1. */
function factorOf(a: Form, b: Form): number | undefined {
  for (const [i, { corners, kept }] of a.regions.entries()) {
    const corner = corners.findIndex(([x, y]) => x === 1 && y === 1);
    if (corner < 0 || !kept) continue;
    const at = (form: Form) =>
      form.parts[i]!.terms.find(({ exponents }) => exponents.every((e, j) => j === corner || e === 0))
        ?.coefficient;
    const [left, right] = [at(a), at(b)];
    return left === undefined || right === undefined ? undefined : left / right;
  }
  return undefined;
}

/** The same on hard labels, of a value that is 0 where the label is 0, and one-signed where it is 1. */
function labelledSign({ plain, logX, logY }: PixelValue): 1 | -1 | undefined {
  if (!logX || logY || !isZero(plain)) return undefined;
  for (const sign of [1, -1] as const) {
    const factor = scaleForm(logX, -sign);
    const fits = factor.parts.every((part, i) => {
      const { corners, kept } = factor.regions[i]!;
      const labelled = kept && corners.every(([, y]) => y === 1);
      if (!labelled) return part.terms.length === 0;
      // log p is below 0 for p < 1, so it is enough that the factor is 0 nowhere but at the corners.
      return (
        part.terms.length > 0 &&
        part.terms.every(({ coefficient }) => coefficient > 0) &&
        awayIsPositive(part)
      );
    });
    if (fits) return sign;
  }
  return undefined;
}

const awayIsPositive = (part: Form['parts'][number]) =>
  part.terms.some(({ exponents }) => exponents.slice(0, -1).every((e) => e === 0));

/** Logarithms cancel at the target, or vanish because a hard label makes them log 1; their factors are 0 at 0 · log 0. */
function vanishesAtTarget({ plain, logX, logY }: PixelValue, labels: 'hard' | 'soft'): boolean {
  const start = atTarget(plain);
  if (!start || !isZero(start)) return false;
  if ([logX, logY].some((factor) => factor && !vanishesAtOrigin(factor))) return false;
  if (labels === 'hard') return true;
  const both = logX && logY ? addForms(logX, logY) : (logX ?? logY);
  const target = both && atTarget(both);
  return target !== undefined && isZero(target);
}
