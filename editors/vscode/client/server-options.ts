import path from 'node:path';
import type { ServerOptions } from 'vscode-languageclient/node';

/** The settings of the extension that decide how the server is started. */
export interface Settings {
  /** The program to start; empty for the one that comes with the extension. */
  readonly path: string;
  /** The data root; empty for none. */
  readonly data: string;
}

/** `TransportKind.stdio`, which is a value of a package that only an editor can load. */
const stdio = 0;

/** How the language server is started. `folder` is the first folder of the workspace, `extension` that of the extension. */
export function serverOptions(
  { path: program, data }: Settings,
  { extension, folder }: { readonly extension: string; readonly folder: string | undefined },
): ServerOptions {
  const resolved = (text: string) => text.replaceAll(/\$\{workspaceFolder\}/g, () => folder ?? '.');
  const env = data === '' ? {} : { DML_DATA: path.resolve(folder ?? '.', resolved(data)) };
  const options = { env: { ...process.env, ...env }, ...(folder === undefined ? {} : { cwd: folder }) };
  return program === ''
    ? {
        module: path.join(extension, 'server', 'dml.js'),
        args: ['lsp'],
        transport: stdio,
        options,
      }
    : { command: resolved(program), args: ['lsp'], transport: stdio, options };
}
