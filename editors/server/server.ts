import {
  type Connection,
  DidChangeWatchedFilesNotification,
  type InitializeParams,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { formatting } from './formatting.ts';
import { publishing } from './publishing.ts';
import type { Services } from './services.ts';
import { pathOf, workspaceOf } from './workspace.ts';

/** Answers an editor over a connection, until it says that it is done. Nothing of a file is ever run. */
export function serve(connection: Connection, services: Services): void {
  const documents = new TextDocuments(TextDocument);
  let client: InitializeParams | undefined;
  const workspace = workspaceOf(documents, () => foldersOf(client), services);
  const { changed } = publishing(workspace, services, (uri, diagnostics) => {
    void connection.sendDiagnostics({ uri, diagnostics: [...diagnostics] });
  });

  connection.onInitialize((params) => {
    client = params;
    return {
      serverInfo: { name: 'dml' },
      capabilities: {
        textDocumentSync: TextDocumentSyncKind.Incremental,
        documentFormattingProvider: true,
      },
    };
  });
  connection.onInitialized(() => {
    if (!client?.capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration) return;
    void connection.client.register(DidChangeWatchedFilesNotification.type, {
      watchers: [{ globPattern: '**/*.{dml,ts}' }],
    });
  });
  documents.onDidChangeContent(({ document }) => changed(pathOf(document.uri)));
  documents.onDidClose(({ document }) => changed(pathOf(document.uri)));
  connection.onDidChangeWatchedFiles(({ changes }) => {
    for (const { uri } of changes) changed(pathOf(uri));
  });

  connection.onDocumentFormatting(({ textDocument }) => {
    const source = workspace.read(pathOf(textDocument.uri));
    return source ? [...formatting(source)] : [];
  });

  documents.listen(connection);
  connection.listen();
}

/** The folders that an editor has opened, as paths. */
function foldersOf(client: InitializeParams | undefined): readonly string[] {
  const folders =
    client?.workspaceFolders?.map(({ uri }) => uri) ?? (client?.rootUri ? [client.rootUri] : []);
  return folders.map(pathOf);
}
