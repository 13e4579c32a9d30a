import { behind, type Comments, commentText } from './comments.ts';
import { align, type Doc, endComment, hardLine, indent } from './layout.ts';
import { printedStart } from './precedence.ts';
import { expressionDoc, valuesDoc } from './print.ts';
import type { Span } from './source.ts';
import type { Block, Comment, Declaration, Reference, Statement, SyntaxTree } from './syntax.ts';

export type Item =
  | ({ readonly kind: 'version' } & NonNullable<SyntaxTree['version']>)
  | Declaration
  | Statement;

/** A statement or a declaration with its comments. */
export interface Row {
  readonly item: Item;
  readonly above: readonly Line[];
  readonly value: Doc;
  readonly trailing: Comment | undefined;
}

/** A line, or the lines of one statement. */
export interface Line {
  readonly doc: Doc;
  /** Whether the file has an empty line before it. */
  readonly blank: boolean;
}

/** Longer names take one blank and do not move the values of their neighbours. */
const longestAligned = 12;

/** Takes the comments up to `end`; those below the last item belong to none. */
export function rowsOf(items: readonly Item[], end: number, comments: Comments) {
  let above = comments.take(items[0]?.span.start ?? end);
  const rows = items.map((item, i): Row => {
    const lines = above.map(commentLine);
    const inHead = comments.take(valueStart(item)).map(commentLine);
    const value = valueDoc(item, comments);
    const { trailing, others } = behind(item.span, comments.take(items[i + 1]?.span.start ?? end));
    above = others;
    return { item, above: [...lines, ...inHead], value, trailing };
  });
  return { rows, below: above.map(commentLine) };
}

const commentLine = (comment: Comment): Line => ({
  doc: commentText(comment),
  blank: isAfterBlank(comment.span),
});

/** Looked for backwards: lines may be long, and much may stand on each. */
function isAfterBlank({ source: { text }, start }: Span): boolean {
  const lineStart = beforeBlanks(text, start);
  if (text[lineStart - 1] !== '\n') return false;
  const lineEnd = text[lineStart - 2] === '\r' ? lineStart - 2 : lineStart - 1;
  return text[beforeBlanks(text, lineEnd) - 1] === '\n';
}

function beforeBlanks(text: string, end: number): number {
  let at = end;
  while (text[at - 1] === ' ' || text[at - 1] === '\t') at -= 1;
  return at;
}

/** The lines of each row: comments, then the statement. */
export function linesOf(rows: readonly Row[]): readonly (readonly Line[])[] {
  return alignedRuns(rows).flatMap((run) => {
    const column = Math.max(0, ...run.filter(isShort).map(({ item }) => headOf(item).length));
    return run.map((row) => {
      const head = isShort(row) ? headOf(row.item).padEnd(column) : headOf(row.item);
      const comment = row.trailing ? endComment(commentText(row.trailing)) : '';
      return [...row.above, { doc: [head, row.value, comment], blank: isAfterBlank(row.item.span) }];
    });
  });
}

/** Neighbouring fields and neighbouring lets; an empty line, a comment or anything else ends a run. */
function alignedRuns(rows: readonly Row[]): readonly (readonly Row[])[] {
  const runs: Row[][] = [];
  for (const row of rows) {
    const last = runs.at(-1)?.at(-1);
    const goesOn =
      last?.item.kind === row.item.kind && row.above.length === 0 && !isAfterBlank(row.item.span);
    if (goesOn) runs.at(-1)!.push(row);
    else runs.push([row]);
  }
  return runs;
}

function isShort({ item }: Row): boolean {
  if (item.kind === 'field') return pathOf(item.target).length <= longestAligned;
  return item.kind === 'let' && item.name.text.length <= longestAligned;
}

/** Lines below each other. */
export const stacked = (lines: readonly Line[]): Doc =>
  lines.map(({ doc, blank }, i) => [i > 0 ? hardLine : '', i > 0 && blank ? hardLine : '', doc]);

function headOf(item: Item): string {
  switch (item.kind) {
    case 'version':
      return `dml ${item.text}`;
    case 'use':
      return `use "${item.path.value}"${item.alias ? ` as ${item.alias.text}` : ''}`;
    case 'let':
      return `let ${item.name.text}`;
    case 'block':
      return `${item.keyword.text} ${item.name.text}${lineage(item)}`;
    case 'field':
      return `${pathOf(item.target)}:`;
    case 'vary':
      return `vary ${item.targets.map(pathOf).join(', ')}`;
    case 'factor':
      return `let ${item.name.text}`;
  }
}

function lineage({ parent, bases }: Block): string {
  if (parent) return ` extends ${pathOf(parent)}`;
  return bases.length > 0 ? ` of ${bases.map(pathOf).join(', ')}` : '';
}

const pathOf = ({ path }: Reference): string => path.map(({ text }) => text).join('.');

/** What stands behind the head. */
function valueDoc(item: Item, comments: Comments): Doc {
  switch (item.kind) {
    case 'version':
    case 'use':
      return '';
    case 'let':
      return [' = ', align(expressionDoc(item.value, comments))];
    case 'block':
      return blockBody(item, comments);
    case 'field':
      return [' ', valuesDoc(item.values, comments)];
    case 'vary':
    case 'factor':
      return [' in ', expressionDoc(item.values, comments)];
  }
}

function blockBody(block: Block, comments: Comments): Doc {
  const { statements, span } = block;
  const end = span.end - 1;
  const found = comments.take(statements[0]?.span.start ?? end);
  const { trailing, others } = behind(headSpan(block), found);
  const { rows, below } = rowsOf(statements, end, comments);
  const lines = [...others.map(commentLine), ...linesOf(rows).flat(), ...below];
  const comment = trailing ? endComment(commentText(trailing)) : '';
  if (lines.length === 0 && !trailing) return ' {}';
  return [' {', comment, indent([hardLine, stacked(lines)]), hardLine, '}'];
}

const headSpan = ({ name, parent, bases, span }: Block): Span => ({
  ...span,
  end: (bases.at(-1) ?? parent ?? name).span.end,
});

/** Where comments begin to stand in the value; those before it are put above the statement. */
function valueStart(item: Item): number {
  switch (item.kind) {
    case 'field':
      return printedStart(item.values[0]!);
    case 'let':
      return printedStart(item.value);
    case 'vary':
    case 'factor':
      return printedStart(item.values);
    case 'version':
    case 'use':
    case 'block':
      return item.span.start;
  }
}
