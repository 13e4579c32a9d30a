import { type CodeAction, CodeActionKind, type Range, type TextEdit } from 'vscode-languageserver';
import type { Diagnostic, Fix } from '../../grammar/diagnostic.ts';
import type { Span } from '../../grammar/source.ts';
import type { Analyser } from './analysis.ts';
import { changesTo } from './edits.ts';
import { rangeOf, rangesOf } from './ranges.ts';
import { type Repair, repairs } from './repair.ts';
import type { View } from './view.ts';
import type { Workspace } from './workspace.ts';

/**
 * What can be done about what is found in a stretch of a file: fixes, those that `dml lint --fix` applies and the unsafe
 * ones, and suppressions.
 *
 * @param known what was found in the file, perhaps in a text of a moment ago
 */
export function actionsFor(
  { source, checked }: Pick<View, 'source' | 'checked'>,
  asked: Range,
  workspace: Workspace,
  known: readonly Diagnostic[],
): readonly CodeAction[] {
  const { path, text } = source;
  const isUpToDate = known.every(({ span }) => span.source.path !== path || span.source.text === text);
  const found = isUpToDate && known.length > 0 ? known : checked();
  const own = found.filter(({ span }) => span.source.path === path);
  const range = rangesOf(source);
  const here = own.filter(({ span }) => isTouching(range(span), asked));
  return [
    ...here.flatMap((finding) => fixing(finding, workspace)),
    ...here.flatMap((finding) => suppressing(finding, workspace)),
  ];
}

/** What mends all of a file in one go; nothing where there is nothing to mend, or where it changes meanwhile. */
export async function repairing(
  repair: Repair,
  file: string,
  workspace: Workspace,
  analyser: Pick<Analyser, 'repair'>,
): Promise<readonly CodeAction[]> {
  const source = workspace.read(file);
  if (!source) return [];
  const after = await analyser.repair({
    repair,
    file,
    documents: workspace.documents(),
    folders: workspace.folders(),
  });
  if (after === undefined || workspace.read(file)?.text !== source.text) return [];
  const edits = changesTo(after, source);
  if (edits.length === 0) return [];
  const { title } = repairs[repair];
  return [{ title, kind: repair, edit: { changes: { [workspace.uriOf(file)]: [...edits] } } }];
}

function fixing({ fix, code, severity }: Diagnostic, workspace: Workspace): readonly CodeAction[] {
  if (!fix) return [];
  const changes = fix.safe || severity === 'error' ? '' : ', changes the meaning';
  return [
    {
      title: `${fix.title} (${code}${changes})`,
      kind: CodeActionKind.QuickFix,
      isPreferred: changes === '',
      edit: { changes: { ...changesOf(fix, workspace) } },
    },
  ];
}

/** A suppression with its reason to be written: until it is, that is a finding too. */
function suppressing(
  { code, severity, span }: Diagnostic,
  { uriOf, parse }: Workspace,
): readonly CodeAction[] {
  if (severity === 'error') return [];
  const { source } = span;
  const statement = statementAround(span, parse);
  const start = source.text.lastIndexOf('\n', (statement ?? span).start - 1) + 1;
  const indent = source.text.slice(start, (statement ?? span).start);
  // Where another statement stands before it on its line, a comment above would speak of that one.
  if (/\S/.test(indent)) return [];
  const place = rangeOf({ source, start: aboveDoc(source.text, start), end: aboveDoc(source.text, start) });
  return [
    {
      title: `Suppress ${code} here, with a reason`,
      kind: CodeActionKind.QuickFix,
      edit: {
        changes: { [uriOf(source.path)]: [{ range: place, newText: `${indent}# dml-ignore ${code}: \n` }] },
      },
    },
  ];
}

/** The innermost statement or declaration that a finding begins in. */
function statementAround({ source, start }: Span, parse: Workspace['parse']): Span | undefined {
  const { value: tree } = parse(source);
  const all = (tree?.declarations ?? []).flatMap<{ readonly span: Span }>((declaration) =>
    declaration.kind === 'block' ? [declaration, ...declaration.statements] : [declaration],
  );
  return all.findLast(({ span }) => span.start <= start && start < span.end)?.span;
}

/** The start of the first of the `##` lines right above a line; of the line itself where there are none. */
function aboveDoc(text: string, lineStart: number): number {
  const before = text.lastIndexOf('\n', lineStart - 2) + 1;
  return lineStart > 0 && text.startsWith('##', before) ? aboveDoc(text, before) : lineStart;
}

const changesOf = ({ edits }: Fix, { uriOf }: Workspace): Readonly<Record<string, TextEdit[]>> => ({
  [uriOf(edits[0]!.span.source.path)]: edits.map(({ span, replacement }) => ({
    range: rangeOf(span),
    newText: replacement,
  })),
});

const isTouching = (a: Range, b: Range): boolean => !isBefore(a.end, b.start) && !isBefore(b.end, a.start);

const isBefore = (a: Range['start'], b: Range['start']): boolean =>
  a.line < b.line || (a.line === b.line && a.character < b.character);
