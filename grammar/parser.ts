import { diagnose } from './diagnosis.ts';
import type { Outcome } from './diagnostic.ts';
import { explain } from './faults/explain.ts';
import type { Fault } from './faults/fault.ts';
import { lex } from './lexer.ts';
import { read } from './read.ts';
import type { FileBody, Rules } from './rules.ts';
import { firstFrom } from './search.ts';
import type { Source } from './source.ts';
import type { Block, Comment, Expression, Field, SyntaxTree } from './syntax.ts';

/**
 * The tree of a file. With errors it has every statement that could be read, and `unreadable` values where only a name
 * is known, so that the checker can go on and report its own errors in the same pass.
 */
export function parse(source: Source, lexed = lex(source)): Outcome<SyntaxTree> {
  const whole = read(source, lexed.tokens, (rules) => rules.file());
  const { body, diagnostics } = whole.failure
    ? diagnose(source, lexed, whole.failure)
    : { body: whole.value, diagnostics: [] };
  return {
    value: treeOf(source, body, lexed.comments),
    diagnostics: [...lexed.diagnostics, ...diagnostics].sort((a, b) => a.span.start - b.span.start),
  };
}

/** `dice, ece(bins: 10)`: what `eval` and `score` are given on the command line. */
export const parseExpressions = (source: Source): Outcome<readonly Expression[]> =>
  parseAlone(source, 'expressions', (rules) => rules.expressions());

/** `model.width=16`: what `--set` is given on the command line, a field with `=` for the colon. */
export const parseSetting = (source: Source): Outcome<Field> =>
  parseAlone(source, 'setting', (rules) => rules.setting());

function parseAlone<T>(source: Source, kind: Fault['kind'], rule: (rules: Rules) => T): Outcome<T> {
  const { tokens, diagnostics, gaps } = lex(source);
  const { value, failure } = read(source, tokens, rule);
  if (!failure) return { value, diagnostics };
  const fault = { source, kind, sweep: false, tokens, next: undefined, ...failure };
  return {
    value: undefined,
    diagnostics: gaps.length > 0 ? diagnostics : [...diagnostics, explain(fault).diagnostic],
  };
}

const treeOf = (
  source: Source,
  { version, declarations }: FileBody,
  comments: readonly Comment[],
): SyntaxTree => ({
  source,
  version,
  declarations: declarations.map((declaration) =>
    declaration.kind === 'block' ? { ...declaration, doc: docOf(declaration, comments) } : declaration,
  ),
  comments,
});

/** The `##` lines right above a block. */
function docOf(block: Block, comments: readonly Comment[]): string | undefined {
  const { source, start } = block.span;
  const lines: string[] = [];
  let top = start;
  for (let above = firstFrom(comments, start, ({ span }) => span.end) - 1; above >= 0; above -= 1) {
    const comment = comments[above]!;
    const between = source.text.slice(comment.span.end, top);
    if (!comment.doc || !comment.ownLine || !/^\r?\n[ \t]*$/.test(between)) break;
    lines.unshift(comment.text);
    top = comment.span.start;
  }
  return lines.length > 0 ? lines.join('\n') : undefined;
}
