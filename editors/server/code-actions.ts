import { type CodeAction, CodeActionKind, type Range, type TextEdit } from 'vscode-languageserver';
import { check } from '../../compiler/check/check.ts';
import type { Diagnostic, Fix } from '../../grammar/diagnostic.ts';
import { parse } from '../../grammar/parser.ts';
import type { Span } from '../../grammar/source.ts';
import { rangeOf } from './ranges.ts';
import type { Workspace } from './workspace.ts';

/**
 * What can be done about what is found in a stretch of a file: fixes, those that `dml lint --fix` applies and the unsafe
 * ones, and suppressions.
 *
 * @param known what was found in the file, perhaps in a text of a moment ago
 */
export function actionsFor(
  file: string,
  asked: Range,
  workspace: Workspace,
  known: readonly Diagnostic[],
): readonly CodeAction[] {
  const source = workspace.read(file);
  if (!source) return [];
  const isUpToDate = known.every(({ span }) => span.source.path !== file || span.source.text === source.text);
  const found = isUpToDate && known.length > 0 ? known : check(source, workspace.options(file)).diagnostics;
  const here = found.filter(({ span }) => span.source.path === file && isTouching(rangeOf(span), asked));
  return [
    ...here.flatMap((finding) => fixing(finding, workspace)),
    ...here.flatMap((finding) => suppressing(finding, workspace)),
  ];
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
function suppressing({ code, severity, span }: Diagnostic, { uriOf }: Workspace): readonly CodeAction[] {
  if (severity === 'error') return [];
  const { source } = span;
  const statement = statementAround(span);
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
function statementAround({ source, start }: Span): Span | undefined {
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
