import type { Expression } from '../../grammar/syntax.ts';
import { blame } from './blame.ts';
import type { Context } from './context.ts';
import { describe } from './describe.ts';
import { messages } from './messages.ts';
import { amountOf, product } from './numbers.ts';
import type { PendingSource, PendingSum } from './pending.ts';
import { resolve, type Written } from './scope.ts';

type SumTerm = PendingSum['terms'][number];

/** Weights that are written with few digits, `0.333` thrice, add up to 1 only nearly: that is said. */
const tolerance = 1e-9;

/**
 * `0.5 voted + 0.5 (mask |> smooth)`, multiplied out. Terms without weight are left out, and a term with all of it is
 * its source itself.
 */
export function readSum(
  written: Written,
  read: (written: Written) => PendingSource | undefined,
  context: Context,
): Pick<PendingSource, 'root' | 'steps'> | undefined {
  const all = termsOf(written, 1, read, context);
  if (!all) return undefined;
  const terms = all.filter(({ weight }) => weight > 0);
  const sum = terms.reduce((total, { weight }) => total + weight, 0);
  if (Math.abs(sum - 1) > tolerance) {
    const values = { sum: String(Number(sum.toPrecision(10))) };
    context.report(messages.at(written.expression.span, 'DML1336', values));
    return undefined;
  }
  const [only, second] = terms;
  return only && !second ? only.source : { root: { kind: 'sum', terms }, steps: [] };
}

function termsOf(
  written: Written,
  weight: number,
  read: (written: Written) => PendingSource | undefined,
  context: Context,
): readonly SumTerm[] | undefined {
  const resolved = resolve(written);
  if (resolved === 'broken') return undefined;
  const { expression, scope } = resolved;
  const inner = (part: Expression, factor: number) =>
    termsOf({ expression: part, scope }, product(weight, factor), read, context);
  if (expression.kind === 'scaled' && expression.factor.kind === 'number')
    return inner(expression.operand, expression.factor.value);
  if (expression.kind === 'binary' && expression.operator === '+') {
    const sides = [inner(expression.left, 1), inner(expression.right, 1)] as const;
    return sides[0] && sides[1] && [...sides[0], ...sides[1]];
  }
  if (expression.kind === 'binary' && expression.operator !== '-') {
    const { operator, left, right } = expression;
    const isLeft = amountOf({ expression: left, scope }) !== undefined;
    const [number, source] = isLeft ? [left, right] : [right, left];
    const amount = amountOf({ expression: number, scope });
    const isUsable = amount && amount.unit === undefined && amount.value >= 0;
    const isDivisor = operator === '/' && (isLeft || amount?.value === 0);
    if (isUsable && !isDivisor) return inner(source, operator === '*' ? amount.value : 1 / amount.value);
    // `w * voted` with a misspelt w: neither side is a number.
    if (!amount && blame({ expression: left, scope }, undefined, context)) return undefined;
  }
  if (['binary', 'negation', 'scaled'].includes(expression.kind)) {
    const expected = 'a sum of label sources with weights of at least 0, such as `0.5 voted + 0.5 mask`';
    context.report(messages.at(expression.span, 'DML1301', { expected, found: describe(resolved) }));
    return undefined;
  }
  const source = read(written);
  return source && [{ weight, source }];
}
