import type { Expectation, Use } from '../experiment.ts';
import type { Interval, Mixture, OptionValue, ParameterType, Quantity } from '../registry.ts';

/** What YAML and JSON can hold. */
export type Plain = number | boolean | string | readonly Plain[] | { readonly [key: string]: Plain };
export type PlainRecord = { readonly [key: string]: Plain };

/** `dice`, or `{ ece: { bins: 10 } }`; a user's own component says its code. */
export function useForm({ name, options, code }: Use): Plain {
  const entries = [
    ...Object.entries(options).map(([option, value]) => [option, valueForm(value)] as const),
    ...(code === undefined ? [] : [['code', code] as const]),
  ];
  return entries.length === 0 ? name : { [name]: Object.fromEntries(entries) };
}

/** An option as the language writes it: `5 px`, `64 x 64`, `0.5 .. 2`. */
export function valueForm(value: OptionValue): Plain {
  if (typeof value !== 'object') return value;
  if (isList(value)) return value.map(valueForm);
  if ('unit' in value) return quantityForm(value);
  if ('mix' in value) return mixtureForm(value);
  return 'size' in value ? sizeForm(value.size) : intervalForm(value);
}

const isList = (value: OptionValue): value is readonly OptionValue[] => Array.isArray(value);
export const quantityForm = ({ value, unit }: Quantity): string => `${value} ${unit}`;
export const intervalForm = ({ low, high }: Interval): string => `${low} .. ${high}`;
/** `dice > 0.85`, `lower(dice) > 0.8`. */
export function expectationForm({ of, operator, value, ...scored }: Expectation): string {
  const metric = scoredName(scored);
  return `${of ? `${of}(${metric})` : metric} ${operator} ${typeof value === 'number' ? value : intervalForm(value)}`;
}
/** `dice`, or `clinic.dice` on a data set of `test`. */
export const scoredName = ({ data, metric }: Pick<Expectation, 'data' | 'metric'>): string =>
  data === undefined ? metric : `${data}.${metric}`;
const mixtureForm = ({ mix }: Mixture): string =>
  Object.entries(mix)
    .map(([name, weight]) => `${weight} ${name}`)
    .join(' + ');
export const sizeForm = (size: readonly number[]): string => size.join(' x ');

/** `all`, `3`, `0 .. 2`, and a list where the numbers do not follow one another. */
export function wholeNumbersForm(numbers: readonly number[] | 'all' | 'none'): Plain {
  if (typeof numbers === 'string') return numbers;
  const [first, ...rest] = numbers as [number, ...number[]];
  if (rest.length === 0) return first;
  const follows = rest.every((value, i) => value === first + i + 1);
  return follows ? intervalForm({ low: first, high: rest.at(-1)! }) : numbers;
}

/** Whether an option may be a text, which YAML and messages cannot tell from a choice by themselves. */
export const takesText = (type: ParameterType): boolean =>
  type.kind === 'text' ||
  (type.kind === 'list' && takesText(type.of)) ||
  (type.kind === 'union' && type.of.some(takesText));
