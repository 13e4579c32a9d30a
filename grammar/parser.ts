import { EOF, type IToken } from 'chevrotain';
import type { Outcome } from './diagnostic.ts';
import { lazy } from './lazy.ts';
import { lex, quote } from './lexer.ts';
import { messages } from './messages.ts';
import { type FileBody, Rules } from './rules.ts';
import type { Source } from './source.ts';
import type { Block, Comment, Expression, Field, SyntaxTree } from './syntax.ts';
import { endOf } from './tokens.ts';

/** Made once; a test constructs it with Chevrotain's validation of the grammar. */
const rules = lazy(() => new Rules({ skipValidations: true }));

/** The tree of a file. With errors, it is the tree of the statements that could be read. */
export function parse(source: Source): Outcome<SyntaxTree> {
  const { tokens, comments, diagnostics } = lex(source);
  const { value, failures } = apply(source, tokens, (grammar) => grammar.file());
  return {
    value: value && treeOf(source, value, comments),
    diagnostics: [...diagnostics, ...failures],
  };
}

/** `dice, ece(bins: 10)`: what `eval` and `score` are given on the command line. */
export function parseExpressions(source: Source): Outcome<readonly Expression[]> {
  const { tokens, diagnostics } = lex(source);
  const { value, failures } = apply(source, tokens, (grammar) => grammar.expressions());
  return { value, diagnostics: [...diagnostics, ...failures] };
}

/** `model.width=16`: what `--set` is given on the command line, a field with `=` for the colon. */
export function parseSetting(source: Source): Outcome<Field> {
  const { tokens, diagnostics } = lex(source);
  const { value, failures } = apply(source, tokens, (grammar) => grammar.setting());
  return { value, diagnostics: [...diagnostics, ...failures] };
}

function apply<T>(source: Source, tokens: readonly IToken[], rule: (grammar: Rules) => T) {
  const grammar = rules().read(source, [...tokens]);
  const value = rule(grammar);
  const failure = grammar.errors[0];
  if (!failure) return { value, failures: [] };
  const at = failure.token.tokenType === EOF ? tokens.at(-1) : failure.token;
  const span = { source, start: at?.startOffset ?? 0, end: at ? endOf(at) : 0 };
  const values = { expected: failure.message, found: quote(failure.token.image) };
  return { value: undefined, failures: [messages.at(span, 'DML1099', values)] };
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
  for (const comment of comments.filter(({ span }) => span.end <= start).reverse()) {
    const between = source.text.slice(comment.span.end, top);
    if (!comment.doc || !comment.ownLine || !/^\r?\n[ \t]*$/.test(between)) break;
    lines.unshift(comment.text);
    top = comment.span.start;
  }
  return lines.length > 0 ? lines.join('\n') : undefined;
}
