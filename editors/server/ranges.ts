import type { Position, Range } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Source, Span } from '../../grammar/source.ts';

/** Turns places of one source into those of the protocol: line and column from 0, in UTF-16 units. */
export function rangesOf(source: Source): (span: Pick<Span, 'start' | 'end'>) => Range {
  const document = TextDocument.create('', '', 0, source.text);
  return ({ start, end }) => ({ start: document.positionAt(start), end: document.positionAt(end) });
}

/** For one place; many of one source share `rangesOf`. */
export const rangeOf = (span: Span): Range => rangesOf(span.source)(span);

export const offsetOf = (source: Source, position: Position): number =>
  TextDocument.create('', '', 0, source.text).offsetAt(position);
