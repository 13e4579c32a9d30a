import type { IToken } from 'chevrotain';
import { read } from './read.ts';
import type { BlockHead } from './rules.ts';
import type { Source, Span } from './source.ts';
import type { Declaration, Reference, Statement, Unreadable } from './syntax.ts';
import * as token from './tokens.ts';

/**
 * What can be known of a statement that could not be read: that it is there, and its name. The values are marked as
 * unreadable, so that the checker misses neither field nor name.
 */
export function salvageStatement(source: Source, tokens: readonly IToken[]): Statement | undefined {
  const [first, second] = tokens;
  if (!first) return undefined;
  const span = spanOf(source, tokens);
  const values = unreadable(span);
  if (first.tokenType === token.Let)
    return second?.tokenType === token.Name
      ? { kind: 'factor', name: identifier(source, second), values, span }
      : undefined;
  if (first.tokenType === token.Vary)
    return { kind: 'vary', targets: referencesIn(source, tokens.slice(1)), values, span };
  const [target] = referencesIn(source, tokens);
  return target && { kind: 'field', target, values: [values], span };
}

export function salvageDeclaration(source: Source, tokens: readonly IToken[]): Declaration | undefined {
  const [first, second] = tokens;
  const span = spanOf(source, tokens);
  if (first?.tokenType === token.Let && second?.tokenType === token.Name)
    return { kind: 'let', name: identifier(source, second), value: unreadable(span), span };
  if (first?.tokenType === token.Use && second?.tokenType === token.Text)
    return read(source, tokens.slice(0, 2), (rules) => rules.use()).value;
  return undefined;
}

export function salvageHead(source: Source, tokens: readonly IToken[]): BlockHead | undefined {
  const [keyword, name, sign, ...others] = tokens;
  if (keyword?.tokenType !== token.Name || name?.tokenType !== token.Name) return undefined;
  const references = referencesIn(source, others);
  return {
    keyword: identifier(source, keyword),
    name: identifier(source, name),
    parent: sign?.tokenType === token.Extends ? references[0] : undefined,
    bases: sign?.tokenType === token.Of ? references : [],
  };
}

/** References with commas between them, as far as they go. */
function referencesIn(source: Source, tokens: readonly IToken[]): readonly Reference[] {
  const end = tokens.findIndex(({ tokenType }, i) => {
    const comma = i > 0 && tokenType === token.Comma && tokens[i - 1]?.tokenType === token.Name;
    const dot = i > 0 && tokenType === token.Dot && tokens[i + 1]?.tokenType === token.Name;
    const name = tokenType === token.Name && tokens[i - 1]?.tokenType !== token.Name;
    return !comma && !dot && !name;
  });
  const found = tokens.slice(0, end < 0 ? tokens.length : end);
  return read(source, found, (rules) => rules.references()).value ?? [];
}

const unreadable = (span: Span): Unreadable => ({ kind: 'unreadable', span });

const identifier = (source: Source, of: IToken) => ({ text: of.image, span: spanOf(source, [of]) });

const spanOf = (source: Source, tokens: readonly IToken[]): Span => ({
  source,
  start: tokens[0]!.startOffset,
  end: token.endOf(tokens.at(-1)!),
});
