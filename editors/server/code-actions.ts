import { type CodeAction, CodeActionKind, type Range, type TextEdit } from 'vscode-languageserver';
import { check } from '../../compiler/check/check.ts';
import type { Fix } from '../../grammar/diagnostic.ts';
import { rangeOf } from './ranges.ts';
import type { Workspace } from './workspace.ts';

/** The fixes of what `check` finds in a stretch of a file; what rules of the linter find has none. */
export function actionsFor(file: string, asked: Range, workspace: Workspace): readonly CodeAction[] {
  const source = workspace.read(file);
  if (!source) return [];
  return check(source, workspace.options(file)).diagnostics.flatMap(({ fix, span, code }) => {
    if (!fix || span.source.path !== file || !isTouching(rangeOf(span), asked)) return [];
    return [
      {
        title: `${fix.title} (${code})`,
        kind: CodeActionKind.QuickFix,
        edit: { changes: { ...changesOf(fix, workspace) } },
      },
    ];
  });
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
