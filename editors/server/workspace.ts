import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { CheckOptions } from '../../compiler/check/check.ts';
import type { Source } from '../../grammar/source.ts';
import { type Parsed, parsing } from './parsing.ts';
import type { Services } from './services.ts';

/** The files of an editor: what is open counts as it stands there, saved or not, all else as it lies on disk. */
export interface Workspace {
  /** Paths of what is open. */
  readonly open: () => readonly string[];
  /** What is open, as it stands. */
  readonly documents: () => readonly { readonly uri: string; readonly text: string }[];
  /** Paths of the folders that the editor has opened. */
  readonly folders: () => readonly string[];
  /** Paths of all `.dml` files that are open or in a folder of the workspace. */
  readonly files: () => readonly string[];
  readonly read: (path: string) => Source | undefined;
  /** What the text of a file consists of. */
  readonly parse: (source: Source) => Parsed;
  readonly uriOf: (path: string) => string;
  /** How a file is checked: below the folder of the workspace that it is in, else below its own. */
  readonly options: (
    path: string,
  ) => Required<Pick<CheckOptions, 'registry' | 'read' | 'components' | 'parse' | 'root'>>;
}

export function workspaceOf(
  documents: Pick<TextDocuments<TextDocument>, 'all'>,
  folders: () => readonly string[],
  services: Omit<Services, 'page'>,
): Workspace {
  const parse = parsing();
  const opened = (file: string) => documents.all().find(({ uri }) => pathOf(uri) === file);
  const read = (file: string) => {
    const document = opened(file);
    return document ? { path: file, text: document.getText() } : services.read(file);
  };
  return {
    open: () => documents.all().map(({ uri }) => pathOf(uri)),
    documents: () => documents.all().map((each) => ({ uri: each.uri, text: each.getText() })),
    folders,
    files: () => {
      const open = documents.all().map(({ uri }) => pathOf(uri));
      return [...new Set([...open, ...folders().flatMap(services.list)])];
    },
    read,
    parse,
    uriOf: (file) => opened(file)?.uri ?? (path.isAbsolute(file) ? pathToFileURL(file).href : file),
    options(file) {
      const root = rootOf(file, folders());
      return {
        registry: services.registry,
        read,
        parse,
        components: (script) => services.components(script, root),
        root,
      };
    },
  };
}

/** A document that is in no file keeps its address as its path. */
export const pathOf = (uri: string): string =>
  uri.startsWith('file:') ? fileURLToPath(uri) : path.normalize(uri);

/** The innermost folder of the workspace that a file is in. */
function rootOf(file: string, folders: readonly string[]): string {
  const around = folders.filter((folder) => !path.relative(folder, file).startsWith('..'));
  return (
    around.reduce<string | undefined>((a, b) => (a && a.length >= b.length ? a : b), undefined) ??
    path.dirname(file)
  );
}
