import type { Binary } from '../../grammar/syntax.ts';
import { resolve, type Scope, type Written } from './scope.ts';

/** A number, of some unit or of none. */
export interface Amount {
  readonly value: number;
  /** In the plural, as the canonical form writes it. */
  readonly unit: string | undefined;
}

export type Dimension = 'duration' | 'length' | 'angle' | 'bytes' | 'time';

/** Units of the language by the spellings of several and of one; of those, the first is suggested. */
export const units: Readonly<Record<string, { readonly plural: string; readonly dimension: Dimension }>> = {
  epochs: { plural: 'epochs', dimension: 'duration' },
  epoch: { plural: 'epochs', dimension: 'duration' },
  steps: { plural: 'steps', dimension: 'duration' },
  step: { plural: 'steps', dimension: 'duration' },
  px: { plural: 'px', dimension: 'length' },
  mm: { plural: 'mm', dimension: 'length' },
  degrees: { plural: 'degrees', dimension: 'angle' },
  degree: { plural: 'degrees', dimension: 'angle' },
  seconds: { plural: 'seconds', dimension: 'time' },
  second: { plural: 'seconds', dimension: 'time' },
  minutes: { plural: 'minutes', dimension: 'time' },
  minute: { plural: 'minutes', dimension: 'time' },
  hours: { plural: 'hours', dimension: 'time' },
  hour: { plural: 'hours', dimension: 'time' },
  KB: { plural: 'KB', dimension: 'bytes' },
  MB: { plural: 'MB', dimension: 'bytes' },
  GB: { plural: 'GB', dimension: 'bytes' },
};

/** The value of a number or of arithmetic with numbers; `undefined` for everything else. Says nothing. */
export function amountOf(written: Written): Amount | undefined {
  const resolved = resolve(written);
  if (resolved === 'broken') return undefined;
  const { expression, scope } = resolved;
  switch (expression.kind) {
    case 'number':
      return { value: expression.value, unit: undefined };
    case 'negation': {
      const operand = amountOf({ expression: expression.operand, scope });
      return operand && { ...operand, value: -operand.value };
    }
    case 'scaled': {
      const factor = expression.factor.kind === 'number' ? expression.factor.value : undefined;
      const unit = unitOf({ expression: expression.operand, scope });
      if (factor === undefined) return undefined;
      if (unit) return { value: factor, unit };
      const operand = amountOf({ expression: expression.operand, scope });
      return operand && { ...operand, value: product(factor, operand.value) };
    }
    case 'binary':
      return arithmetic(expression, scope);
    default:
      return undefined;
  }
}

/** The plural of a name that stands for a unit and for nothing else. */
export function unitOf({ expression, scope }: Written): string | undefined {
  if (expression.kind !== 'name' || expression.path.length !== 1) return undefined;
  const resolved = resolve({ expression, scope });
  const word = expression.path[0]!.text;
  if (resolved === 'broken' || resolved.expression !== expression) return undefined;
  return Object.hasOwn(units, word) ? units[word]!.plural : undefined;
}

function arithmetic({ operator, left, right }: Binary, scope: Scope): Amount | undefined {
  const a = amountOf({ expression: left, scope });
  const b = amountOf({ expression: right, scope });
  if (!a || !b) return undefined;
  if (operator === '*') {
    if (a.unit && b.unit) return undefined;
    return { value: product(a.value, b.value), unit: a.unit ?? b.unit };
  }
  if (operator === '/') {
    if (b.value === 0 || (b.unit && a.unit !== b.unit)) return undefined;
    return { value: tidy(a.value / b.value), unit: b.unit ? undefined : a.unit };
  }
  if (a.unit !== b.unit) return undefined;
  return { value: tidy(operator === '+' ? a.value + b.value : a.value - b.value), unit: a.unit };
}

/** Exact where one side is 1, so that `1/3` stays the double that it is. */
export function product(a: number, b: number): number {
  if (a === 1) return b;
  return b === 1 ? a : tidy(a * b);
}

/**
 * To 15 significant digits: so `1 - 0.9` is `0.1`, and what is equal by meaning is equal in the canonical form
 * and in its hash.
 */
export const tidy = (value: number): number => Number(value.toPrecision(15));
