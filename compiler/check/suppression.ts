import type { Diagnostic } from '../../grammar/diagnostic.ts';
import type { Span } from '../../grammar/source.ts';
import type { Comment, SyntaxTree } from '../../grammar/syntax.ts';

/** `# dml-ignore DML3101: reason`, and the stretch of text that it speaks of. */
export interface Suppression {
  readonly codes: readonly string[];
  /** Empty where none is written: then nothing is suppressed. */
  readonly reason: string;
  readonly covers: Span;
  /** The comment itself. */
  readonly span: Span;
}

const marked = /^dml-ignore\b\s*(?<codes>[^:]*)(?<reason>:.*)?$/;

/** The suppressions of a file, in its order. */
export function suppressionsOf({ comments, declarations }: SyntaxTree): readonly Suppression[] {
  if (comments.length === 0) return [];
  const statements = declarations.flatMap<Placed>((declaration) =>
    declaration.kind === 'block' ? [declaration, ...declaration.statements] : [declaration],
  );
  return suppressionsAmong(comments, statements);
}

interface Placed {
  readonly span: Span;
}

/**
 * Those of some comments.
 *
 * @param statements what a comment on a line of its own may speak of; of those that begin together, the first
 */
export function suppressionsAmong(
  comments: readonly Comment[],
  statements: readonly Placed[],
): readonly Suppression[] {
  return comments.flatMap((comment) => {
    const { codes, reason } = marked.exec(comment.text)?.groups ?? {};
    if (codes === undefined) return [];
    return [
      {
        codes: codes.split(/[\s,]+/).filter(Boolean),
        reason: (reason ?? '').slice(1).trim(),
        covers: comment.ownLine ? nextStatement(comment, statements) : lineOf(comment),
        span: comment.span,
      },
    ];
  });
}

/** What starts first after a comment. */
function nextStatement({ span }: Comment, statements: readonly Placed[]): Span {
  const after = statements.filter((statement) => statement.span.start >= span.end);
  return after.reduce((a, b) => (b.span.start < a.span.start ? b : a), after[0] ?? { span }).span;
}

function lineOf({ span }: Comment): Span {
  const { source } = span;
  const end = source.text.indexOf('\n', span.end);
  return {
    source,
    start: source.text.lastIndexOf('\n', span.start) + 1,
    end: end < 0 ? source.text.length : end,
  };
}

/** What suppresses a diagnostic, if it is no error and something does. */
export function suppressionOf(
  { code, severity, span }: Diagnostic,
  suppressions: readonly Suppression[],
): Suppression | undefined {
  if (severity === 'error') return undefined;
  return suppressions.find(
    ({ codes, reason, covers }) =>
      reason !== '' &&
      codes.includes(code) &&
      covers.source.path === span.source.path &&
      covers.start <= span.start &&
      span.start < covers.end,
  );
}
