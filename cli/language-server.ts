import { createConnection } from 'vscode-languageserver/node';
import { rememberMinimums } from '../compiler/laws/term.ts';
import { serve } from '../editors/server/server.ts';
import { readSignatures } from '../runtime/own/read.ts';
import { registry } from '../runtime/registry.generated.ts';
import { witnessOf } from '../runtime/witness.ts';
import type { Context } from './command.ts';
import { filesIn, usedFiles } from './files.ts';

/** Serves the editor at the other end of standard input and output. The process ends with the connection. */
export function serveEditor(context: Context): Promise<never> {
  const { cwd, env } = context;
  const connection = createConnection(process.stdin, process.stdout);
  serve(connection, {
    registry,
    witness: witnessOf(registry),
    minimum: rememberMinimums(),
    read: usedFiles(context),
    list: filesIn,
    components: (file, root) =>
      readSignatures(file, { cwd, root, env }, (read) =>
        connection.console.info(`Reading the signatures in ${read}`),
      ),
  });
  return new Promise(() => {});
}
