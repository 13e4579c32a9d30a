import type { IToken } from 'chevrotain';
import type { Diagnostic } from './diagnostic.ts';
import type { Island } from './islands.ts';
import { messages, quote } from './messages.ts';
import type { Source, Span } from './source.ts';
import * as token from './tokens.ts';

/** A declaration of one island, or a block with its statements. */
export interface Section {
  readonly kind: 'single' | 'block' | 'headless';
  /** The declaration, the head of the block, or the first statement of a block that lacks its head. */
  readonly start: Island;
  readonly statements: readonly Island[];
  /** The closing brace. */
  readonly end: Island | undefined;
}

export interface Sections {
  readonly sections: readonly Section[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Puts islands into blocks; reports blocks that are not closed or not opened, and declarations inside of one. */
export function sectionsOf(source: Source, islands: readonly Island[]): Sections {
  const sections: Section[] = [];
  const diagnostics: Diagnostic[] = [];
  const closed = closedBehind(islands);
  let block: (Section & { readonly statements: Island[] }) | undefined;

  const finish = (place: Span, end?: Island) => {
    if (block?.kind === 'block' && !end) diagnostics.push(unclosed(source, block, place));
    if (block) sections.push({ ...block, end });
    block = undefined;
  };

  for (const [i, island] of islands.entries()) {
    const place = spanOf(source, island.tokens[0]!);
    switch (roleOf(island, block !== undefined)) {
      case 'head':
        finish(place);
        block = { kind: 'block', start: island, statements: [], end: undefined };
        break;
      case 'end':
        if (!block) diagnostics.push(messages.at(place, 'DML1019', { found: quote('}') }));
        finish(place, island);
        break;
      case 'statement':
        if (!block) {
          const name = quote(nameOf(island));
          diagnostics.push(messages.at(place, 'DML1020', { name }));
        }
        block ??= { kind: 'headless', start: island, statements: [], end: undefined };
        block.statements.push(island);
        break;
      case 'declaration':
        if (block && !closed[i]) finish(place);
        if (block?.kind === 'block') diagnostics.push(misplaced(block, island, place));
        sections.push({ kind: 'single', start: island, statements: [], end: undefined });
    }
  }
  const last = islands.at(-1)?.tokens.at(-1);
  const end = last ? token.endOf(last) : 0;
  finish({ source, start: end, end });
  return { sections, diagnostics };
}

type Role = 'head' | 'end' | 'statement' | 'declaration';

const roles = {
  head: 'head',
  close: 'end',
  field: 'statement',
  vary: 'statement',
  let: 'declaration',
  use: 'declaration',
  version: 'declaration',
  unknown: 'declaration',
} as const satisfies Record<Island['kind'], Role>;

/** In a block a `let` is a factor, unless it is written like those outside. */
const roleOf = (island: Island, inBlock: boolean): Role =>
  island.kind === 'let' && inBlock && island.tokens[2]?.tokenType !== token.Equals
    ? 'statement'
    : roles[island.kind];

/** Of each island, whether the next thing behind it that ends a block is a brace. */
function closedBehind(islands: readonly Island[]): readonly boolean[] {
  let next = false;
  const closed = islands.toReversed().map(({ kind }) => {
    const behind = next;
    if (kind === 'close' || kind === 'head') next = kind === 'close';
    return behind;
  });
  return closed.reverse();
}

function unclosed(source: Source, block: Section, place: Span): Diagnostic {
  const opening = block.start.tokens.find(({ tokenType }) => tokenType === token.LeftBrace);
  const related = opening && [{ span: spanOf(source, opening), message: 'opened here' }];
  return messages.at(place, 'DML1018', { name: quote(blockName(block)) }, related ? { related } : {});
}

const advice: Partial<Record<Island['kind'], string>> = {
  let: 'A `let` with `=` stands before or after a block; a factor of a sweep is written `let x in […]`.',
  use: 'A `use` stands before all blocks.',
};

const misplaced = (block: Section, island: Island, place: Span): Diagnostic =>
  messages.at(place, 'DML1021', {
    word: quote(island.tokens[0]!.image),
    name: quote(blockName(block)),
    advice: advice[island.kind] ?? 'A block holds fields: `name: value`.',
  });

const blockName = ({ start: { tokens } }: Section): string => (tokens[1] ?? tokens[0])!.image;

/** The path of a field, or the word that a statement begins with. */
function nameOf({ kind, tokens }: Island): string {
  if (kind !== 'field') return tokens[0]!.image;
  const colon = tokens.findIndex(({ tokenType }) => tokenType !== token.Name && tokenType !== token.Dot);
  return tokens
    .slice(0, Math.max(1, colon))
    .map(({ image }) => image)
    .join('');
}

const spanOf = (source: Source, of: IToken): Span => ({
  source,
  start: of.startOffset,
  end: token.endOf(of),
});
