import { nearest } from '../../grammar/nearest.ts';
import type { Span } from '../../grammar/source.ts';
import type { Expectation, Experiment, Use } from '../experiment.ts';
import type { Interval } from '../registry.ts';
import { areSingle, aspectOf } from './aspects.ts';
import { blame, suggestion } from './blame.ts';
import type { Context } from './context.ts';
import { describe, quoted } from './describe.ts';
import { messages } from './messages.ts';
import { amountOf } from './numbers.ts';
import { resolve, type Written } from './scope.ts';
import { intervalOf } from './values.ts';

/** An expectation, and where its metric stands. */
export interface PendingExpectation extends Expectation {
  readonly place: Span;
}

/** `dice > 0.85`, `lower(dice) > 0.8` or `dice in 0.84 .. 0.88`; whether the metric is evaluated is looked at later. */
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
  if (metric.kind === 'name' && metric.path.length > 1) {
    const feature = `\`${describe(asked.inner).replaceAll('`', '')}\` in \`expect\` (only names of metrics)`;
    context.report(messages.at(metric.span, 'DML1209', { feature }));
    return undefined;
  }
  if (metric.kind !== 'name') {
    const values = { expected: 'the name of a metric', found: describe(asked.inner) };
    context.report(messages.at(metric.span, 'DML1301', values));
    return undefined;
  }
  const of = asked.of === undefined ? {} : { of: asked.of };
  return value === undefined
    ? undefined
    : { ...of, metric: metric.path[0]!.text, operator, value, span, place: metric.span };
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

/** Whether each expectation speaks of exactly one metric of `evaluate`. */
export function areMeasured(
  expectations: readonly PendingExpectation[],
  measures: readonly { readonly metric: Use }[],
  context: Context,
): boolean {
  const names = measures.map(({ metric }) => metric.name);
  const wrong = expectations.filter(({ metric }) => names.filter((name) => name === metric).length !== 1);
  for (const { metric, place } of wrong) {
    if (names.includes(metric)) context.report(messages.at(place, 'DML1341', { metric }));
    else {
      const values = { metric, measured: quoted(new Set(names)) };
      context.report(messages.at(place, 'DML1340', values, suggestion(place, nearest(metric, names), names)));
    }
  }
  return wrong.length === 0;
}

/** Whether intervals are asked of several runs: one run has none, so such a claim would never be decided. */
export function haveIntervals(
  expectations: readonly PendingExpectation[],
  runs: Pick<Experiment, 'fold' | 'seed'>,
  { report }: Context,
): boolean {
  const lost = expectations.filter(({ of }) => of !== undefined && of !== 'worst' && areSingle([runs]));
  for (const { of, metric, span } of lost) report(messages.at(span, 'DML1342', { aspect: of!, metric }));
  return lost.length === 0;
}
