import type { Binary, Expression, Group } from './syntax.ts';

/**
 * How tightly the parts of an expression hold together, from the grammar: a rule takes what is at least as tight as
 * itself, anything looser stands in parentheses.
 */
export const tightness = {
  comparison: 0,
  sequence: 1,
  pipeline: 2,
  range: 3,
  sum: 4,
  product: 5,
  negation: 6,
  scaled: 7,
  number: 7,
  size: 7,
  on: 8,
  at: 8,
  primary: 9,
} as const;

export function tightnessOf(written: Expression): number {
  const expression = bare(written);
  switch (expression.kind) {
    case 'binary':
      return isSum(expression) ? tightness.sum : tightness.product;
    case 'name':
    case 'call':
    case 'list':
    case 'tuple':
    case 'text':
    case 'member':
    case 'unreadable':
      return tightness.primary;
    default:
      return tightness[expression.kind];
  }
}

export const isSum = ({ operator }: Binary): boolean => operator === '+' || operator === '-';

/** Without the parentheses around it: they are put where the grammar needs them. */
export const bare = (expression: Expression): Exclude<Expression, Group> =>
  expression.kind === 'group' ? bare(expression.inner) : expression;

/** Where the text of an expression begins once the parentheses that it does not need are gone. */
export function printedStart(written: Expression, least = 0): number {
  const expression = bare(written);
  if (tightnessOf(expression) < least) return written.span.start;
  switch (expression.kind) {
    case 'binary':
      return printedStart(expression.left, tightnessOf(expression));
    case 'range':
      return printedStart(expression.low, tightness.sum);
    case 'pipeline':
      return printedStart(expression.stages[0]!, tightness.range);
    case 'sequence':
      return printedStart(expression.phases[0]!, tightness.pipeline);
    case 'comparison':
      return printedStart(expression.left, tightness.sequence);
    case 'on':
    case 'at':
      return printedStart(expression.subject, tightness.on);
    case 'member':
      return printedStart(expression.object, tightness.primary);
    default:
      return expression.span.start;
  }
}

/** The name or the parenthesis that an operand begins with. */
export function firstOf(written: Expression): string | undefined {
  const expression = bare(written);
  switch (expression.kind) {
    case 'name':
      return expression.path[0]?.text;
    case 'call':
      return expression.callee.path[0]?.text;
    case 'tuple':
      return '(';
    case 'member':
      return bare(expression.object).kind === 'name' ? '(' : firstOf(expression.object);
    case 'on':
    case 'at':
      return tightnessOf(expression.subject) < tightness.on ? '(' : firstOf(expression.subject);
    case 'list':
    case 'text':
      return undefined;
    default:
      return '(';
  }
}

/** `2 / 3` would be one number at the start of a product; `w * 2/3` would be two factors later in it. */
export function misread(operator: Binary['operator'], left: Expression, right: Expression): boolean {
  const number = leadingNumber(right);
  if (number?.includes('/')) return true;
  const before = numeralAlone(left);
  return operator === '/' && before && number !== undefined && bare(right).kind !== 'negation';
}

function leadingNumber(written: Expression): string | undefined {
  const expression = bare(written);
  if (expression.kind === 'negation') return leadingNumber(expression.operand);
  const number = expression.kind === 'scaled' ? expression.factor : expression;
  return number.kind === 'number' ? number.text : undefined;
}

/** Whether it is a numeral and nothing else, with or without a minus. */
function numeralAlone(written: Expression): boolean {
  const expression = bare(written);
  if (expression.kind === 'negation') return numeralAlone(expression.operand);
  return expression.kind === 'number' && /^[^/%]+$/.test(expression.text);
}
