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

/** What is known of a value of the graph of a loss, for all predictions and labels. */
export interface Facts {
  /** Whether it depends on the prediction. Labels and `keep` are given. */
  readonly predicted: boolean;
  /** Bounds, wherever it is a number. */
  readonly low: number;
  readonly high: number;
  /** For each label there is a bound on |value|. */
  readonly bounded: boolean;
  /** For each label there is a δ > 0 below which it never falls. */
  readonly apart: boolean;
  /** For each label there is a bound on its gradient with respect to the logits, through softmax. */
  readonly steady: boolean;
  /** An elementwise function of the probability of its own pixel and class, with a bounded derivative in it. */
  readonly own: boolean;
  /** Elementwise in the logarithm of the probability of its own pixel and class, linear in it. */
  readonly ownLog: boolean;
  readonly exact: Exact | undefined;
  readonly atTarget: AtTarget | undefined;
  /** The value at the target is the least, or the greatest; and whether other predictions have it too. */
  readonly least: Grip | undefined;
  readonly most: Grip | undefined;
  /** Depends on labels alone, and is above 0 wherever a class is above this in the label. */
  readonly presence: number | undefined;
  /** The greatest label of a class over the pixels that count. */
  readonly peak: boolean;
  /** Where the value with this id is 0, it is a finite number: it may be infinite elsewhere. */
  readonly finiteWithout: number | undefined;
  readonly by: By;
}

export type Law = 'zero' | 'minimum' | 'gradient';
export type By = Readonly<Record<Law, readonly RuleName[]>>;

/** A number, plus multiples of values that labels alone decide, by the id of their node; or of the label's entropy. */
export type AtTarget = { readonly constant: number; readonly atoms: ReadonlyMap<number | 'entropy', number> };

/**
 * Which classes of the prediction are decided where a value is extreme: all, all but one, those present in the label
 * above a threshold; or nothing is known of that.
 */
export type Grip =
  | { readonly kind: 'all' }
  | { readonly kind: 'all but one' }
  | { readonly kind: 'present'; readonly above: number }
  | { readonly kind: 'some' };

/** The rules that prove something, and what each says of the laws that it proves. */
export const ruleTexts: Readonly<Record<RuleName, Partial<Readonly<Record<Law, string>>>>> = {
  quotient: {
    zero: 'a quotient whose numerator is 0 at the label',
    minimum: 'a quotient whose numerator is above 0 anywhere else',
  },
  sum: {
    zero: 'a sum over pixels that is 0 at the label',
    minimum: 'a sum over pixels that is lowest at the label',
  },
  gibbs: {
    zero: "Gibbs' inequality is an equality at the label",
    minimum: "Gibbs' inequality: −Σ y log p is lowest at p = y",
  },
  labelled: {
    zero: 'the labelled class costs log 1 = 0',
    minimum: 'a pixel costs 0 only where its labelled class has probability 1',
  },
  denominator: { gradient: 'the denominator stays above 0' },
  proportional: {
    gradient: 'any label keeps the denominator above 0, and without one the quotient is constant',
  },
  logarithm: { gradient: 'log softmax changes no faster than the logits' },
  product: { gradient: 'p |log p| stays below 1/e' },
  bounded: { gradient: 'sums and products of what is bounded' },
};
export type RuleName =
  | 'quotient'
  | 'sum'
  | 'gibbs'
  | 'labelled'
  | 'denominator'
  | 'proportional'
  | 'logarithm'
  | 'product'
  | 'bounded';

const nothing: By = { zero: [], minimum: [], gradient: [] };

export const all: Grip = { kind: 'all' };
export const some: Grip = { kind: 'some' };
const order: readonly Grip['kind'][] = ['all', 'all but one', 'present', 'some'];

export const strongest = (a: Grip, b: Grip): Grip => (order.indexOf(a.kind) <= order.indexOf(b.kind) ? a : b);

/** A value of which nothing is known. */
export const unknown = (id: number, predicted: boolean): Facts => ({
  predicted,
  low: Number.NEGATIVE_INFINITY,
  high: Number.POSITIVE_INFINITY,
  bounded: !predicted,
  apart: false,
  steady: !predicted,
  own: !predicted,
  ownLog: false,
  exact: undefined,
  atTarget: predicted ? undefined : { constant: 0, atoms: new Map([[id, 1]]) },
  least: predicted ? undefined : some,
  most: predicted ? undefined : some,
  presence: undefined,
  peak: false,
  finiteWithout: undefined,
  by: nothing,
});

/** A value of which nothing but its operands is known. What labels alone decide is finite if they are. */
export function ofOperands(id: number, operands: readonly Facts[]): Facts {
  const predicted = operands.some((operand) => operand.predicted);
  return {
    ...unknown(id, predicted),
    bounded: !predicted && operands.every(({ bounded }) => bounded),
    by: joined(...operands.map(({ by }) => by)),
  };
}

export const numberAtTarget = (facts: Facts): number | undefined =>
  facts.atTarget?.atoms.size === 0 ? facts.atTarget.constant : undefined;

export const constantAtTarget = (constant: number): AtTarget => ({ constant, atoms: new Map() });

export const joined = (...parts: readonly By[]): By => ({
  zero: [...new Set(parts.flatMap(({ zero }) => zero))],
  minimum: [...new Set(parts.flatMap(({ minimum }) => minimum))],
  gradient: [...new Set(parts.flatMap(({ gradient }) => gradient))],
});

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
