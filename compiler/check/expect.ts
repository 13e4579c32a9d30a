import { nearest } from '../../grammar/nearest.ts';
import type { Span } from '../../grammar/source.ts';
import type { Identifier } from '../../grammar/syntax.ts';
import type { Expectation, Experiment, Use } from '../experiment.ts';
import type { Interval } from '../registry.ts';
import { scoresOwnData } from '../scored.ts';
import { areSingle, aspectOf } from './aspects.ts';
import { blame, suggestion } from './blame.ts';
import type { Context } from './context.ts';
import { describe, quoted, textOf } from './describe.ts';
import { messages } from './messages.ts';
import { amountOf } from './numbers.ts';
import { resolve, type Written } from './scope.ts';
import { intervalOf } from './values.ts';

/** An expectation before it is known what is evaluated, and where its metric stands: `dice`, `clinic.dice`. */
export interface PendingExpectation extends Omit<Expectation, 'data' | 'metric'> {
  readonly path: readonly Identifier[];
  readonly place: Span;
}

/**
 * `dice > 0.85`, `lower(dice) > 0.8`, `clinic.dice in 0.84 .. 0.88`; whether the metric is evaluated is looked at later.
 */
export function readExpectation(written: Written, context: Context): PendingExpectation | undefined {
  const { expression, scope } = written;
  if (expression.kind !== 'comparison') {
    const values = { expected: 'a comparison such as `dice > 0.85`', found: describe(written) };
    context.report(messages.at(expression.span, 'DML1301', values));
    return undefined;
  }
  const { left, operator, right, span } = expression;
  const value = readBound(operator === 'in', { expression: right, scope }, context);
  const asked = aspectOf({ expression: left, scope }, context);
  if (!asked) return undefined;
  const metric = asked.inner.expression;
  if (metric.kind !== 'name') {
    const values = { expected: 'the name of a metric', found: describe(asked.inner) };
    context.report(messages.at(metric.span, 'DML1301', values));
    return undefined;
  }
  const of = asked.of === undefined ? {} : { of: asked.of };
  return value === undefined
    ? undefined
    : { ...of, path: metric.path, operator, value, span, place: metric.span };
}

function readBound(isRange: boolean, written: Written, context: Context): number | Interval | undefined {
  const resolved = resolve(written);
  if (resolved === 'broken') return undefined;
  const amount = amountOf(resolved);
  const value = isRange ? intervalOf(resolved) : amount?.unit === undefined ? amount?.value : undefined;
  if (value !== undefined || blame(resolved, undefined, context)) return value;
  const expected = isRange ? 'a range such as `0.84 .. 0.88`' : 'a number such as `0.85` or `5%`';
  context.report(messages.at(written.expression.span, 'DML1301', { expected, found: describe(written) }));
  return undefined;
}

/** What is evaluated, as far as expectations speak of it. */
export interface Evaluated {
  readonly measures: readonly { readonly metric: Use }[];
  /** Names of the data sets of `test`. */
  readonly tests: readonly string[];
  readonly fold: Experiment['fold'];
}

/** What a name stands for: a metric on the own data, unless it begins with a data set of `test`. */
export function scoreNamed(
  path: readonly Identifier[],
  tests: readonly string[],
): Pick<Expectation, 'data' | 'metric'> {
  const [first, ...rest] = path.map(({ text }) => text);
  return rest.length > 0 && tests.includes(first!)
    ? { data: first!, metric: rest.join('.') }
    : { metric: [first, ...rest].join('.') };
}

/** Whether each expectation speaks of exactly one metric of `evaluate`, on data that are scored. */
export function areMeasured(
  expectations: readonly PendingExpectation[],
  evaluated: Evaluated,
  context: Context,
): boolean {
  return expectations.map((one) => isMeasured(one, evaluated, context)).every(Boolean);
}

function isMeasured(
  { path, place }: PendingExpectation,
  { measures, tests, fold }: Evaluated,
  { report }: Context,
): boolean {
  const names = measures.map(({ metric }) => metric.name);
  const { data, metric } = scoreNamed(path, tests);
  const count = names.filter((name) => name === metric).length;
  const [first] = path as [Identifier];
  if (count === 1 && data === undefined && !scoresOwnData({ fold, test: tests }))
    report(messages.at(place, 'DML1397', { metric, test: tests[0]! }));
  else if (count === 1) return true;
  else if (count > 1) report(messages.at(place, 'DML1341', { metric }));
  else if (path.length > 1 && data === undefined) {
    const extra = suggestion(first.span, nearest(first.text, tests), tests);
    report(messages.at(first.span, 'DML1396', { name: first.text }, extra));
  } else {
    const { span } = path.at(-1)!;
    const values = { metric, measured: quoted(new Set(names)) };
    report(messages.at(span, 'DML1340', values, suggestion(span, nearest(metric, names), names)));
  }
  return false;
}

/** Whether intervals are asked of several runs: one run has none, so such a claim would never be decided. */
export function haveIntervals(
  expectations: readonly PendingExpectation[],
  runs: Pick<Experiment, 'fold' | 'seed'>,
  { report }: Context,
): boolean {
  const lost = expectations.filter(({ of }) => of !== undefined && of !== 'worst' && areSingle([runs]));
  for (const { of, place, span } of lost)
    report(messages.at(span, 'DML1342', { aspect: of!, metric: textOf(place) }));
  return lost.length === 0;
}
