import type { IToken } from 'chevrotain';
import type { Diagnostic, Outcome } from './diagnostic.ts';
import { explain } from './faults/explain.ts';
import { unexpected } from './faults/fault.ts';
import { misspeltVersion } from './faults/names.ts';
import { type Island, islands } from './islands.ts';
import type { Lexed } from './lexer.ts';
import { type Failure, read } from './read.ts';
import type { BlockHead, FileBody, Rules } from './rules.ts';
import { salvageDeclaration, salvageHead, salvageStatement } from './salvage.ts';
import { firstFrom } from './search.ts';
import { type Section, sectionsOf } from './sections.ts';
import type { Source, Span } from './source.ts';
import type { Block, Declaration, Statement } from './syntax.ts';
import * as token from './tokens.ts';

export interface Diagnosis {
  readonly body: FileBody;
  readonly diagnostics: readonly Diagnostic[];
}

interface Context {
  readonly source: Source;
  readonly gaps: readonly Span[];
  /** The token after each island. */
  readonly next: ReadonlyMap<Island, IToken | undefined>;
}

/**
 * Reads a file with errors island by island: one message for each fault, and a tree of everything that could be read
 * or whose name is known.
 */
export function diagnose(source: Source, { tokens, gaps }: Lexed, failure: Failure): Diagnosis {
  const cut = islands(tokens);
  const { sections, diagnostics } = sectionsOf(source, cut);
  const next = new Map(cut.map((island, i) => [island, cut[i + 1]?.tokens[0]]));
  const context = { source, gaps, next };
  const [version] = cut
    .filter(({ kind }) => kind === 'version')
    .map((island) => readVersion(context, island));
  const declarations = sections
    .filter(({ start }) => start.kind !== 'version')
    .map((section) =>
      section.kind === 'single' ? readSingle(context, section.start) : readBlock(context, section),
    );
  const found = [version ?? nothing, ...declarations].flatMap((outcome) => outcome.diagnostics);
  const all = [...diagnostics, ...found];
  const silent = all.length === 0 && gaps.length === 0;
  const whole = { source, kind: 'unknown', sweep: false, tokens, next: undefined, ...failure } as const;
  return {
    body: { version: version?.value, declarations: values(declarations) },
    diagnostics: silent ? [unexpected(whole).diagnostic] : all,
  };
}

/** A number behind any name at the start of a file: `dlm 1`. */
function readVersion(context: Context, island: Island): Outcome<FileBody['version']> {
  const { value, diagnostics } = readIsland(context, island, (rules) => rules.version());
  const misspelt = value && misspeltVersion(context.source, island.tokens[0]!);
  return { value, diagnostics: misspelt ? [misspelt] : diagnostics };
}

function readSingle(context: Context, island: Island): Outcome<Declaration> {
  const { value, diagnostics } =
    island.kind === 'close'
      ? readRest(context, island)
      : readIsland(context, island, (rules) => rules.declaration());
  return { value: value ?? salvageDeclaration(context.source, island.tokens), diagnostics };
}

function readBlock(context: Context, { kind, start, statements, end }: Section): Outcome<Block> {
  const head: Outcome<BlockHead> =
    kind === 'block' ? readIsland(context, start, (rules) => rules.blockHead()) : nothing;
  const known = head.value ?? salvageHead(context.source, start.tokens);
  const sweep = known?.keyword.text === 'sweep';
  const outcomes = statements.map((island) => readStatement(context, island, sweep));
  const rest = end ? readRest(context, end) : nothing;
  const last = (end?.tokens.slice(0, 1) ?? statements.at(-1)?.tokens ?? start.tokens).at(-1)!;
  const span = { source: context.source, start: start.tokens[0]!.startOffset, end: token.endOf(last) };
  return {
    value:
      known && kind === 'block'
        ? { kind: 'block', ...known, statements: values(outcomes), doc: undefined, span }
        : undefined,
    diagnostics: [head, ...outcomes, rest].flatMap(({ diagnostics }) => diagnostics),
  };
}

function readStatement(context: Context, island: Island, sweep: boolean): Outcome<Statement> {
  const { value, diagnostics } = readIsland(context, island, (rules) => rules.statement(), sweep);
  return { value: value ?? salvageStatement(context.source, island.tokens), diagnostics };
}

/** What follows a closing brace should be the start of something. */
function readRest(context: Context, end: Island): Outcome<Declaration> {
  const tokens = end.tokens.slice(1);
  if (tokens.length === 0) return nothing;
  const rest: Island = { kind: 'unknown', tokens };
  const next = new Map([[rest, context.next.get(end)]]);
  return readIsland({ ...context, next }, rest, (rules) => rules.declaration());
}

/** The first error of an island, unless text was lost in it; with what was meant where that is clear. */
function readIsland<T>(
  { source, gaps, next }: Context,
  island: Island,
  rule: (rules: Rules) => T,
  sweep = false,
): Outcome<T> {
  const { value, failure } = read(source, island.tokens, rule);
  if (!failure) return { value, diagnostics: [] };
  const [start, after] = [island.tokens[0]!.startOffset, next.get(island)];
  const gap = gaps[firstFrom(gaps, start, (each) => each.start)];
  if (gap && gap.start < (after?.startOffset ?? Number.POSITIVE_INFINITY)) return nothing;
  const { diagnostic, repaired } = explain({ source, sweep, next: after, ...island, ...failure });
  return {
    value: repaired && read(source, repaired, rule).value,
    diagnostics: [diagnostic],
  };
}

const nothing = { value: undefined, diagnostics: [] } satisfies Outcome<never>;

const values = <T>(outcomes: readonly Outcome<T>[]): readonly T[] =>
  outcomes.flatMap(({ value }) => (value === undefined ? [] : [value]));
