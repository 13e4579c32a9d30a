import type { TextEdit } from 'vscode-languageserver';
import { newerVersion } from '../../compiler/check/version.ts';
import { format } from '../../grammar/format.ts';
import type { Source } from '../../grammar/source.ts';
import { changesTo } from './edits.ts';
import type { Workspace } from './workspace.ts';

/**
 * The change that brings a file into the canonical layout; none for a file with errors of syntax, or of a newer version
 * of the language.
 */
export function formatting(source: Source, { parse }: Pick<Workspace, 'parse'>): readonly TextEdit[] {
  const { value: tree, diagnostics } = parse(source);
  const isBroken = [...newerVersion(tree?.version), ...diagnostics].some(
    ({ severity }) => severity === 'error',
  );
  return !tree || isBroken ? [] : changesTo(format(tree), source);
}
