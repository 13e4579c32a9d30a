import { TextDocument } from 'vscode-languageserver-textdocument';
import { applyFixes } from '../../compiler/lint/fix.ts';
import { lint } from '../../compiler/lint/lint.ts';
import { unusedFile } from '../../compiler/lint/rules/unused-file.ts';
import { Overtaken } from './diagnostics.ts';
import type { Analysis } from './services.ts';
import { workspaceOf } from './workspace.ts';

/** What is mended in one go, by the kind of the action that an editor asks for. */
export const repairs = {
  'source.fixAll.dml': { title: 'Apply all fixes that change no training', codes: undefined },
  'source.organizeImports.dml': { title: 'Take unused `use` away', codes: [unusedFile.code] },
} as const;

export type Repair = keyof typeof repairs;

/** A file to be mended, in an editor as it stands: plain data. */
export interface RepairOrder {
  /** Below 0, and of no other order. */
  readonly number: number;
  readonly repair: Repair;
  readonly file: string;
  readonly documents: readonly { readonly uri: string; readonly text: string }[];
  readonly folders: readonly string[];
}

/**
 * The text of a file after its safe fixes, each of which is proved to leave every training and every score as it is, as
 * `lint --fix` does; other files stay. `undefined` where it is overtaken or cannot be read.
 */
export async function repaired(
  { repair, file, documents, folders }: RepairOrder,
  { witness, laws, ...services }: Analysis,
  isOvertaken: () => boolean,
): Promise<string | undefined> {
  const open = documents.map(({ uri, text }) => TextDocument.create(uri, 'dml', 1, text));
  const workspace = workspaceOf({ all: () => open }, () => folders, services);
  const inTime = <Asked extends readonly unknown[], T>(question: (...asked: Asked) => T) => {
    return (...asked: Asked): T => {
      if (isOvertaken()) throw new Overtaken();
      return question(...asked);
    };
  };
  const { read, ...options } = workspace.options(file);
  const original = workspace.read(file);
  if (!original) return undefined;
  const look = inTime((path: string, texts: ReadonlyMap<string, string>) => {
    const given = (each: string) => {
      const text = texts.get(each);
      return text === undefined ? read(each) : { path: each, text };
    };
    const tools = { witness: inTime(witness), laws: inTime(laws) };
    return lint(given(path) ?? original, { ...options, ...tools, read: given });
  });
  try {
    const { codes } = repairs[repair];
    const fixed = await applyFixes([file], look, { unsafe: false, ...(codes ? { codes } : {}) });
    return fixed.texts.get(file) ?? original.text;
  } catch (error) {
    if (error instanceof Overtaken) return undefined;
    throw error;
  }
}
