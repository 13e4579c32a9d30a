import { spawn } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { onTestFinished } from 'vitest';
import {
  createProtocolConnection,
  type Diagnostic,
  type InitializeResult,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type TextDocumentContentChangeEvent,
} from 'vscode-languageserver-protocol/node';
import { root, temporaryFolder } from './dml.ts';

/** An editor with a folder open, and `dml lsp` started the way an editor does. */
export interface Editor {
  readonly folder: string;
  readonly uri: (file: string) => string;
  readonly connection: ProtocolConnection;
  readonly capabilities: InitializeResult['capabilities'];
  readonly open: (file: string, text: string) => void;
  readonly type: (file: string, changes: readonly TextDocumentContentChangeEvent[]) => void;
  readonly close: (file: string) => void;
  /** What is shown in a file once something is: after all that was done before, or what is shown next. */
  readonly shown: (
    file: string,
    wanted: (diagnostics: readonly Diagnostic[]) => boolean,
  ) => Promise<readonly Diagnostic[]>;
  /** The exit code of the process, once it has ended. */
  readonly ended: Promise<number | null>;
  /** Ends it in the right order; the exit code of the process. */
  readonly leave: () => Promise<number | null>;
}

/** @param command words behind `node` that start the server */
export async function startEditor(
  files: Readonly<Record<string, string>> = {},
  command: readonly string[] = [path.join(root, 'dist/dml.js'), 'lsp', '--stdio'],
): Promise<Editor> {
  const folder = temporaryFolder(files);
  const child = spawn(process.execPath, command, {
    cwd: folder,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  onTestFinished(() => void child.kill());
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const uri = (file: string) => pathToFileURL(path.join(folder, file)).href;
  const now = new Map<string, readonly Diagnostic[]>();
  const waiting = new Set<() => void>();
  connection.onNotification(
    'textDocument/publishDiagnostics',
    (sent: { uri: string; diagnostics: Diagnostic[] }) => {
      now.set(sent.uri, sent.diagnostics);
      for (const look of waiting) look();
    },
  );
  connection.listen();
  const { capabilities } = await connection.sendRequest<InitializeResult>('initialize', {
    processId: process.pid,
    rootUri: pathToFileURL(folder).href,
    workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'study' }],
    capabilities: {},
  });
  await connection.sendNotification('initialized', {});
  let version = 1;
  const tell = (method: string, params: object) => void connection.sendNotification(method, params);
  return {
    folder,
    uri,
    connection,
    capabilities,
    open: (file, text) =>
      tell('textDocument/didOpen', {
        textDocument: { uri: uri(file), languageId: 'dml', version: ++version, text },
      }),
    type: (file, contentChanges) =>
      tell('textDocument/didChange', {
        textDocument: { uri: uri(file), version: ++version },
        contentChanges,
      }),
    close: (file) => tell('textDocument/didClose', { textDocument: { uri: uri(file) } }),
    shown: (file, wanted) =>
      new Promise((resolve) => {
        const look = () => {
          const diagnostics = now.get(uri(file));
          if (!diagnostics || !wanted(diagnostics)) return;
          waiting.delete(look);
          resolve(diagnostics);
        };
        waiting.add(look);
        look();
      }),
    ended,
    async leave() {
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
      return ended;
    },
  };
}
