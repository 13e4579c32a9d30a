import type { Expression } from '../../grammar/syntax.ts';
import type { Interval, OptionValue, ParameterType } from '../registry.ts';
import { amountOf, product, tidy, units } from './numbers.ts';
import { resolve, type Written } from './scope.ts';

type Readers = {
  readonly [Kind in ParameterType['kind']]: (
    type: Extract<ParameterType, { kind: Kind }>,
    written: Written,
  ) => OptionValue | undefined;
};

/** The value of an option as this type, `undefined` where it is none. Says nothing: a union tries several. */
export function readValue(type: ParameterType, written: Written): OptionValue | undefined {
  const resolved = resolve(written);
  if (resolved === 'broken') return undefined;
  const reader = readers[type.kind] as (type: ParameterType, written: Written) => OptionValue | undefined;
  return reader(type, resolved);
}

const readers: Readers = {
  number: (type, written) => {
    const amount = amountOf(written);
    return amount && amount.unit === undefined && inBounds(type, amount.value) ? amount.value : undefined;
  },
  boolean: (_, { expression }) => {
    const word = wordOf(expression);
    return word === 'true' || word === 'false' ? word === 'true' : undefined;
  },
  text: (_, { expression }) => (expression.kind === 'text' ? expression.value : undefined),
  choice: ({ values }, { expression }) => {
    const word = wordOf(expression);
    return word !== undefined && values.includes(word) ? word : undefined;
  },
  quantity: ({ dimension }, written) => {
    const amount = amountOf(written);
    if (!amount || amount.value < 0) return undefined;
    if (dimension === 'share')
      return amount.unit === undefined && amount.value <= 1 ? amount.value : undefined;
    const { value, unit } = amount;
    if (unit === undefined || units[unit]?.dimension !== dimension) return undefined;
    // A length in mm needs the spacing of the data set, which nothing reads yet.
    if (unit === 'mm' || (unit === 'steps' && !Number.isInteger(value))) return undefined;
    return { value, unit };
  },
  size: (_, { expression }) => (expression.kind === 'size' ? { size: expression.values } : undefined),
  range: (_, written) => intervalOf(written),
  list: ({ of }, { expression, scope }) => {
    if (expression.kind === 'range' && of.kind === 'number' && of.integer) {
      const numbers = wholeNumbersOf({ expression, scope });
      return numbers?.every((value) => inBounds(of, value)) ? numbers : undefined;
    }
    if (expression.kind !== 'list' || expression.items.some((item) => item.name)) return undefined;
    const items = expression.items.map((item) => readValue(of, { expression: item.value, scope }));
    return items.every((item) => item !== undefined) ? items : undefined;
  },
  mix: ({ of }, written) => {
    const weights = weightsOf(of, written);
    if (!weights) return undefined;
    const [only, second] = Object.entries(weights);
    return only && !second && only[1] === 1 ? only[0] : { mix: weights };
  },
  union: ({ of }, written) => {
    for (const type of of) {
      const value = readValue(type, written);
      if (value !== undefined) return value;
    }
    return undefined;
  },
};

function inBounds(type: Extract<ParameterType, { kind: 'number' }>, value: number): boolean {
  return (
    Number.isFinite(value) &&
    (!type.integer || Number.isInteger(value)) &&
    (!type.odd || value % 2 === 1) &&
    (type.minimum === undefined || value >= type.minimum) &&
    (type.maximum === undefined || value <= type.maximum) &&
    (type.exclusiveMinimum === undefined || value > type.exclusiveMinimum)
  );
}

/** `0.4 image + 0.6 class` as weights above 0 of some of the names, in the order of the names. */
function weightsOf(names: readonly string[], written: Written): Readonly<Record<string, number>> | undefined {
  const terms = termsOf(written, 1);
  if (!terms?.every(({ name, weight }) => names.includes(name) && weight > 0)) return undefined;
  const sum = (name: string) =>
    terms.filter((term) => term.name === name).reduce((total, { weight }) => tidy(total + weight), 0);
  const entries = names.map((name) => [name, sum(name)] as const).filter(([, weight]) => weight > 0);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

interface NamedTerm {
  readonly name: string;
  readonly weight: number;
}

function termsOf(written: Written, weight: number): readonly NamedTerm[] | undefined {
  const word = wordOf(written.expression);
  if (word !== undefined) return [{ name: word, weight }];
  const resolved = resolve(written);
  if (resolved === 'broken') return undefined;
  const { expression, scope } = resolved;
  const inner = (part: Expression, factor: number) => termsOf({ expression: part, scope }, factor);
  if (expression.kind === 'name') return undefined;
  if (expression.kind === 'scaled' && expression.factor.kind === 'number')
    return inner(expression.operand, product(weight, expression.factor.value));
  if (expression.kind !== 'binary') return undefined;
  const { operator, left, right } = expression;
  if (operator === '*') {
    const factor = amountOf({ expression: left, scope });
    return factor && factor.unit === undefined ? inner(right, product(weight, factor.value)) : undefined;
  }
  if (operator !== '+') return undefined;
  const [a, b] = [inner(left, weight), inner(right, weight)];
  return a && b && [...a, ...b];
}

/** A name of one word, as written: a choice is no name of the file. */
export function wordOf(expression: Expression): string | undefined {
  return expression.kind === 'name' && expression.path.length === 1 ? expression.path[0]!.text : undefined;
}

/** Both ends of a range of plain numbers, the lower one first. */
export function intervalOf(written: Written): Interval | undefined {
  const resolved = resolve(written);
  if (resolved === 'broken' || resolved.expression.kind !== 'range') return undefined;
  const { expression, scope } = resolved;
  const low = amountOf({ expression: expression.low, scope });
  const high = amountOf({ expression: expression.high, scope });
  if (!low || !high || low.unit || high.unit || low.value > high.value) return undefined;
  return { low: low.value, high: high.value };
}

/** `3`, `0 .. 2` or `[0, 3]` as whole numbers ≥ 0, without a repetition. */
export function wholeNumbersOf(written: Written): readonly number[] | undefined {
  const resolved = resolve(written);
  if (resolved === 'broken') return undefined;
  const { expression, scope } = resolved;
  const interval = intervalOf(resolved);
  const values = interval
    ? rangeOf(interval)
    : expression.kind === 'list'
      ? expression.items.map((item) => amountOf({ expression: item.value, scope }))
      : [amountOf(resolved)];
  const numbers = values?.map((amount) => (amount && amount.unit === undefined ? amount.value : Number.NaN));
  const whole = numbers?.every((value) => Number.isSafeInteger(value) && value >= 0);
  return whole && numbers && numbers.length > 0 && new Set(numbers).size === numbers.length
    ? numbers
    : undefined;
}

/** More than anybody replicates, and few enough to list. */
const longestRange = 10_000;

function rangeOf({ low, high }: Interval) {
  if (!Number.isSafeInteger(low) || !Number.isSafeInteger(high) || high - low >= longestRange)
    return undefined;
  return Array.from({ length: high - low + 1 }, (_, i) => ({ value: low + i, unit: undefined }));
}
