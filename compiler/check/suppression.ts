import type { Diagnostic } from '../../grammar/diagnostic.ts';
import { firstFrom } from '../../grammar/search.ts';
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
  const found = comments.flatMap((comment) => {
    const { codes, reason } = marked.exec(comment.text)?.groups ?? {};
    return codes === undefined ? [] : [{ comment, codes, reason }];
  });
  if (found.length === 0) return [];
  const inOrder = statements.toSorted((a, b) => a.span.start - b.span.start);
  return found.map(({ comment, codes, reason }) => ({
    codes: codes.split(/[\s,]+/).filter(Boolean),
    reason: (reason ?? '').slice(1).trim(),
    covers: comment.ownLine ? nextStatement(comment, inOrder) : lineOf(comment),
    span: comment.span,
  }));
}

/** What starts first after a comment. */
function nextStatement({ span }: Comment, statements: readonly Placed[]): Span {
  return (statements[firstFrom(statements, span.end, (each) => each.span.start)] ?? { span }).span;
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
