import { behind, type Comments, commentText, noComments } from './comments.ts';
import {
  align,
  type Doc,
  endComment,
  group,
  hardLine,
  indent,
  layout,
  line,
  softLine,
  whenBroken,
} from './layout.ts';
import { bare, firstOf, isSum, misread, printedStart, tightness, tightnessOf } from './precedence.ts';
import type { Span } from './source.ts';
import type { Argument, Binary, Comment, Expression, Identifier } from './syntax.ts';

/** An expression on one line, as the formatter writes it. */
export const printExpression = (expression: Expression): string =>
  layout(expressionDoc(expression, noComments), Number.POSITIVE_INFINITY);

export function expressionDoc(written: Expression, comments: Comments): Doc {
  const expression = bare(written);
  const part = (of: Expression, least: number) => partDoc(of, least, comments);
  switch (expression.kind) {
    case 'number':
      return expression.text;
    case 'size':
      return expression.texts.join(' x ');
    case 'text':
      return `"${expression.value}"`;
    case 'name':
      return pathOf(expression.path);
    case 'call':
      return [
        pathOf(expression.callee.path),
        bracketed('(', expression.arguments, ')', expression.span, comments),
      ];
    case 'list':
      return bracketed('[', expression.items, ']', expression.span, comments);
    case 'tuple':
      return bracketed('(', expression.items, ')', expression.span, comments);
    case 'member':
      return [memberObject(expression.object, comments), '.', expression.name.text];
    case 'negation':
      return ['-', part(expression.operand, tightness.scaled)];
    case 'scaled':
      return [expressionDoc(expression.factor, comments), ' ', scaledOperand(expression.operand, comments)];
    case 'binary':
      return isSum(expression) ? sumDoc(expression, comments) : productDoc(expression, comments);
    case 'range':
      return [part(expression.low, tightness.sum), ' .. ', part(expression.high, tightness.sum)];
    case 'pipeline':
      return chain(
        expression.stages.map((stage, i) => ({
          sign: '|>',
          operand: stage,
          least: i === 0 ? tightness.range : tightness.on,
        })),
        comments,
      );
    case 'sequence':
      return chain(
        expression.phases.map((operand) => ({ sign: 'then', operand, least: tightness.pipeline })),
        comments,
      );
    case 'on':
      return [part(expression.subject, tightness.on), ' on ', onTarget(expression.target, comments)];
    case 'at':
      return [part(expression.subject, tightness.on), ' at ', expression.head.text];
    case 'comparison':
      return [
        part(expression.left, tightness.sequence),
        ` ${expression.operator} `,
        part(expression.right, tightness.sequence),
      ];
    case 'unreadable':
      return expression.span.source.text.slice(expression.span.start, expression.span.end);
  }
}

const pathOf = (path: readonly Identifier[]): string => path.map(({ text }) => text).join('.');

const parenthesised = (expression: Expression, comments: Comments): Doc => [
  '(',
  align(expressionDoc(expression, comments)),
  ')',
];

const partDoc = (expression: Expression, least: number, comments: Comments): Doc =>
  tightnessOf(expression) < least ? parenthesised(expression, comments) : expressionDoc(expression, comments);

/** `a.b` is a name, so the parentheses of `(a).b` mean something. */
function memberObject(object: Expression, comments: Comments): Doc {
  return bare(object).kind === 'name'
    ? parenthesised(object, comments)
    : partDoc(object, tightness.primary, comments);
}

/** What is measured against keeps its parentheses. */
const onTarget = (target: Expression, comments: Comments): Doc =>
  target.kind === 'group' ? parenthesised(target, comments) : partDoc(target, tightness.primary, comments);

/** A number takes only a name or parentheses as its operand, and `2 x3` is a size. */
function scaledOperand(operand: Expression, comments: Comments): Doc {
  const first = firstOf(operand);
  const direct = first === '(' || (first !== undefined && !/^x\d/.test(first));
  return direct ? partDoc(operand, tightness.on, comments) : parenthesised(operand, comments);
}

function productDoc({ operator, left, right }: Binary, comments: Comments): Doc {
  return [
    partDoc(left, tightness.product, comments),
    ` ${operator} `,
    misread(operator, left, right)
      ? parenthesised(right, comments)
      : partDoc(right, tightness.negation, comments),
  ];
}

interface Link {
  /** What stands before the operand, unless it is the first. */
  readonly sign: string;
  readonly operand: Expression;
  readonly least: number;
}

const sumDoc = (sum: Binary, comments: Comments): Doc => chain(summands(sum, '+'), comments);

function summands(written: Expression, sign: string): readonly Link[] {
  const expression = bare(written);
  return expression.kind === 'binary' && isSum(expression)
    ? [
        ...summands(expression.left, sign),
        { sign: expression.operator, operand: expression.right, least: tightness.product },
      ]
    : [{ sign, operand: written, least: tightness.product }];
}

/** Operands that continue below each other where they are too long for a line. */
function chain(links: readonly Link[], comments: Comments): Doc {
  const docs: Doc[] = [];
  let above: readonly Comment[] = [];
  links.forEach(({ sign, operand, least }, i) => {
    const next = links[i + 1];
    if (i === 0) above = comments.take(printedStart(operand, least));
    const printed = partDoc(operand, least, comments);
    // What follows the last operand belongs to whatever holds the chain.
    const { trailing, others } = behind(
      operand.span,
      next ? comments.take(printedStart(next.operand, next.least)) : [],
    );
    docs.push(i > 0 ? line : '', ownLines(above), i > 0 ? `${sign} ` : '', printed, ending(trailing));
    above = others;
  });
  return group(align(docs));
}

const ownLines = (above: readonly Comment[]): Doc => above.map((comment) => [commentText(comment), hardLine]);
const ending = (trailing: Comment | undefined): Doc => (trailing ? endComment(commentText(trailing)) : '');

/** Arguments or items: on one line, or each on its own with a comma after it. */
function bracketed(
  open: string,
  items: readonly Argument[],
  close: string,
  span: Span,
  comments: Comments,
): Doc {
  const { docs, below } = itemDocs(items, span.end - 1, comments);
  if (docs.length === 0 && below.length === 0) return open + close;
  const rest = below.map((comment) => [hardLine, commentText(comment)]);
  return group([open, indent([softLine, docs, rest]), softLine, close]);
}

/** Items with their commas and comments, and the comments below the last. */
function itemDocs(items: readonly Argument[], end: number, comments: Comments) {
  let above = comments.take(items[0] ? startOf(items[0]) : end);
  const docs = items.map((item, i) => {
    const next = items[i + 1];
    const lines = ownLines(above);
    const printed = argumentDoc(item, comments);
    const { trailing, others } = behind(item.span, comments.take(next ? startOf(next) : end));
    above = others;
    return [lines, printed, next ? ',' : whenBroken(','), ending(trailing), next ? line : ''];
  });
  return { docs, below: above };
}

const argumentDoc = ({ name, value }: Argument, comments: Comments): Doc =>
  name ? [`${name.text}: `, expressionDoc(value, comments)] : expressionDoc(value, comments);

const startOf = ({ name, value, span }: Argument): number => (name ? span.start : printedStart(value));

/** The values of a field, below each other where they are too long for a line. What follows the last is left. */
export function valuesDoc(values: readonly Expression[], comments: Comments): Doc {
  const [only] = values;
  if (values.length === 1 && only) return expressionDoc(only, comments);
  const items = values.map((value) => ({ name: undefined, value, span: value.span }));
  return group(align(itemDocs(items, 0, comments).docs));
}
