import type { Outcome } from '../../grammar/diagnostic.ts';
import { type Lexed, lex } from '../../grammar/lexer.ts';
import { parse } from '../../grammar/parser.ts';
import type { Source } from '../../grammar/source.ts';
import type { SyntaxTree } from '../../grammar/syntax.ts';

/** What a text consists of. */
export interface Parsed extends Outcome<SyntaxTree> {
  readonly lexed: Lexed;
}

/** Reads texts, that of each file once until it changes. */
export function parsing(): (source: Source) => Parsed {
  const known = new Map<string, Parsed & { readonly text: string }>();
  return (source) => {
    const before = known.get(source.path);
    if (before?.text === source.text) return before;
    const lexed = lex(source);
    const parsed = { ...parse(source, lexed), lexed, text: source.text };
    known.set(source.path, parsed);
    return parsed;
  };
}
