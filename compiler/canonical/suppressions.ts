import { CST, Lexer, type ParsedNode, visit } from 'yaml';
import type { Source, Span } from '../../grammar/source.ts';
import type { Comment } from '../../grammar/syntax.ts';
import { type Suppression, suppressionsAmong } from '../check/suppression.ts';

/**
 * What the comments of a YAML file suppress: on a line of its own, the next entry of a map or list, the outermost of those
 * that begin together; else what stands on its line.
 */
export function yamlSuppressions(root: ParsedNode, source: Source): readonly Suppression[] {
  const comments = commentsOf(source);
  return comments.length > 0 ? suppressionsAmong(comments, entriesBelow(root, source)) : [];
}

/** Tokens that the lexer adds to those of the text. */
const added: readonly string[] = [CST.DOCUMENT, CST.FLOW_END, CST.SCALAR];

function commentsOf(source: Source): readonly Comment[] {
  const found: Comment[] = [];
  let start = 0;
  let before = '';
  for (const token of new Lexer().lex(source.text)) {
    const isText = before === CST.SCALAR;
    before = token;
    if (added.includes(token)) continue;
    const end = start + token.length;
    if (!isText && CST.tokenType(token) === 'comment') {
      const line = source.text.slice(source.text.lastIndexOf('\n', start) + 1, start);
      const text = token.replace(/^#+ ?/, '').trimEnd();
      found.push({ text, doc: false, ownLine: line.trim() === '', span: { source, start, end } });
    }
    start = end;
  }
  return found;
}

/** The whole, and every entry of a map or list in it, outer ones first. */
function entriesBelow(root: ParsedNode, source: Source): readonly { readonly span: Span }[] {
  const found: { span: Span }[] = [];
  const add = (start: number, end: number) => found.push({ span: { source, start, end } });
  add(root.range[0], root.range[1]);
  visit(root, {
    Pair(_, pair) {
      const { key, value } = pair as { key: ParsedNode; value: ParsedNode | null };
      add(key.range[0], (value ?? key).range[1]);
    },
    Value(key, { range }) {
      if (typeof key === 'number' && range) add(range[0], range[1]);
    },
  });
  return found;
}
