import { type CodeAction, CodeActionKind, type Range, type TextEdit } from 'vscode-languageserver';
import type { Fix } from '../../grammar/diagnostic.ts';
import { findingsIn } from './diagnostics.ts';
import { rangeOf } from './ranges.ts';
import type { Services } from './services.ts';
import type { Workspace } from './workspace.ts';

/** The fixes of what is found in a stretch of a file: those that `dml lint --fix` applies, and the unsafe ones. */
export async function actionsFor(
  file: string,
  asked: Range,
  workspace: Workspace,
  services: Pick<Services, 'witness' | 'minimum'>,
): Promise<readonly CodeAction[]> {
  const { found } = await findingsIn(file, workspace, services);
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
