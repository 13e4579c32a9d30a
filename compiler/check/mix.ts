import type { Span } from '../../grammar/source.ts';
import type { Binary, Expression, Identifier } from '../../grammar/syntax.ts';
import type { Use } from '../experiment.ts';
import { blame } from './blame.ts';
import { readUse, withOption } from './component.ts';
import type { Context } from './context.ts';
import { describe } from './describe.ts';
import { readTarget } from './labels.ts';
import { messages } from './messages.ts';
import { amountOf, product } from './numbers.ts';
import type { PendingSource } from './pending.ts';
import { indexOfPart } from './pipeline.ts';
import { lookup, resolve, type Scope, type Written } from './scope.ts';

/** A term of a mix before it is known what the experiment's `labels` are. */
export interface PendingTerm {
  readonly weight: number;
  readonly loss: Use;
  /** Absent where nothing is written: then it is `labels`. */
  readonly on: PendingSource | undefined;
  /** Absent where nothing is written: then it is `main`. */
  readonly at: Identifier | undefined;
  readonly span: Span;
}

/** A weighted sum of losses, multiplied out to its terms in the order written; `undefined` once reported. */
export function readMix(written: Written, context: Context): readonly PendingTerm[] | undefined {
  const resolved = resolve(written);
  if (resolved === 'broken') return undefined;
  const { expression, scope } = resolved;
  const inner = (part: Expression) => readMix({ expression: part, scope }, context);
  switch (expression.kind) {
    case 'scaled': {
      if (expression.factor.kind === 'size') return wrongKind(written, context);
      return weighted(expression.factor.value, inner(expression.operand));
    }
    case 'binary':
      return readArithmetic(expression, scope, context);
    case 'negation':
      context.report(messages.at(expression.span, 'DML1323', { weight: describe(resolved) }));
      return undefined;
    case 'on': {
      const terms = inner(expression.subject);
      const on = readTarget({ expression: expression.target, scope }, context);
      return terms && on && measuredOn(terms, on, expression.span, context);
    }
    case 'at': {
      const terms = inner(expression.subject);
      return terms && lookingAt(terms, expression.head, context);
    }
    default: {
      if (amountOf(resolved)) return wrongKind(written, context);
      const loss = readUse('loss', written, context);
      return loss && [{ weight: 1, loss, on: undefined, at: undefined, span: expression.span }];
    }
  }
}

function wrongKind(written: Written, context: Context): undefined {
  const values = { expected: 'a loss such as `0.25 ce + 0.75 dml1`', found: describe(written) };
  context.report(messages.at(written.expression.span, 'DML1301', values));
}

function readArithmetic({ operator, left, right, span }: Binary, scope: Scope, context: Context) {
  const sides = [left, right].map((expression) => ({ expression, scope })) as [Written, Written];
  if (operator === '+') {
    const terms = sides.map((side) => readMix(side, context));
    return terms.every((side) => side !== undefined) ? terms.flat() : undefined;
  }
  if (operator === '-') {
    context.report(messages.at(span, 'DML1324', {}));
    return undefined;
  }
  const isNumber = sides.map((side) => amountOf(side) !== undefined);
  const [number, mix] = isNumber[0] ? sides : [sides[1], sides[0]];
  const amount = amountOf(number);
  if (!amount || amount.unit || (operator === '/' && (isNumber[0] || amount.value === 0))) {
    // `w * ce` with a misspelt w: neither side is a number.
    const named = sides.some((side) => !isLoss(side, context) && blame(side, undefined, context));
    if (!named)
      context.report(
        messages.at(span, 'DML1325', { found: describe({ expression: number.expression, scope }) }),
      );
    return undefined;
  }
  const weight = operator === '*' ? amount.value : 1 / amount.value;
  if (weight < 0) {
    context.report(messages.at(number.expression.span, 'DML1323', { weight: describe(number) }));
    return undefined;
  }
  return weighted(weight, readMix(mix, context));
}

const isLoss = ({ expression, scope }: Written, { registry }: Context): boolean => {
  const callee = expression.kind === 'call' ? expression.callee : expression;
  return (
    callee.kind === 'name' &&
    !lookup(callee.path, scope) &&
    Object.hasOwn(registry.loss, callee.path.map(({ text }) => text).join('.'))
  );
};

const weighted = (weight: number, terms: readonly PendingTerm[] | undefined) =>
  terms?.map((term) => ({ ...term, weight: product(weight, term.weight) }));

function measuredOn(terms: readonly PendingTerm[], on: PendingSource, span: Span, context: Context) {
  const twice = terms.find((term) => term.on !== undefined);
  if (twice) {
    const related = [{ span: twice.span, message: 'this term has a target already' }];
    context.report(messages.at(span, 'DML1320', { loss: twice.loss.name }, { related }));
    return undefined;
  }
  return terms.map((term) => ({ ...term, on, span }));
}

function lookingAt(terms: readonly PendingTerm[], head: Identifier, context: Context) {
  const twice = terms.find((term) => term.at !== undefined);
  if (twice) {
    const related = [{ span: twice.at!.span, message: 'its first head' }];
    context.report(messages.at(head.span, 'DML1321', { loss: twice.loss.name }, { related }));
    return undefined;
  }
  return terms.map((term) => ({ ...term, at: head }));
}

/** `loss.dml1.smooth: 0` */
export function withTermOption(
  terms: readonly PendingTerm[],
  [part, option]: readonly [Identifier, Identifier],
  written: Written,
  context: Context,
): readonly PendingTerm[] | undefined {
  const uses = terms.map((term) => ({ ...term.loss, span: term.span }));
  const index = indexOfPart('loss', uses, part, context);
  const loss =
    index === undefined ? undefined : withOption('loss', terms[index]!.loss, option, written, context);
  return loss && terms.map((term, i) => (i === index ? { ...term, loss } : term));
}
