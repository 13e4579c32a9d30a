import { type CodeAction, CodeActionKind, type Range, type TextEdit } from 'vscode-languageserver';
import { check } from '../../compiler/check/check.ts';
import type { Diagnostic, Fix } from '../../grammar/diagnostic.ts';
import { rangeOf } from './ranges.ts';
import type { Workspace } from './workspace.ts';

/**
 * The fixes of what is found in a stretch of a file: those that `dml lint --fix` applies, and the unsafe ones.
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
  return found.flatMap(({ fix, span, code, severity }) => {
    if (!fix || span.source.path !== file || !isTouching(rangeOf(span), asked)) return [];
    const changes = fix.safe || severity === 'error' ? '' : ', changes the meaning';
    return [
      {
        title: `${fix.title} (${code}${changes})`,
        kind: CodeActionKind.QuickFix,
        isPreferred: changes === '',
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
