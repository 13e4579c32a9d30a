import {
  CodeActionKind,
  type Connection,
  DidChangeWatchedFilesNotification,
  type InitializeParams,
  type InlayHint,
  LSPErrorCodes,
  ResponseError,
  type TextDocumentIdentifier,
  type TextDocumentPositionParams,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Analyser, Told } from './analysis.ts';
import { actionsFor, repairing } from './code-actions.ts';
import { completionsAt } from './completion.ts';
import { formatting } from './formatting.ts';
import { hoverAt } from './hover.ts';
import { hintsIn } from './inlay-hints.ts';
import { definitionAt, isName, isTaken, referencesAt, renamedAt, renaming } from './navigation.ts';
import { publishing } from './publishing.ts';
import { offsetOf } from './ranges.ts';
import { type Repair, repairs } from './repair.ts';
import { legend, semanticTokensIn } from './semantic-tokens.ts';
import type { Services } from './services.ts';
import { foldingIn, linksIn, selectionAt } from './structure.ts';
import { symbolsOf } from './symbols.ts';
import { sentTokens } from './token-deltas.ts';
import { type View, viewsOf } from './view.ts';
import { pathOf, workspaceOf } from './workspace.ts';

/** Answers an editor over a connection, until it says that it is done. Nothing of a file is ever run. */
export function serve(
  connection: Connection,
  services: Services,
  analyserOf: (tell: (told: Told) => void) => Analyser,
): void {
  const documents = new TextDocuments(TextDocument);
  let client: InitializeParams | undefined;
  const workspace = workspaceOf(documents, () => foldersOf(client), services);
  const analyser = analyserOf((told) => {
    // What a user's TypeScript brings may have become known.
    views.forget();
    analysis.told(told);
  });
  const analysis = publishing(workspace, analyser, {
    diagnostics: (uri, diagnostics) =>
      void connection.sendDiagnostics({ uri, diagnostics: [...diagnostics] }),
    hints() {
      if (client?.capabilities.workspace?.inlayHint?.refreshSupport)
        void connection.languages.inlayHint.refresh();
    },
  });
  const views = viewsOf(workspace);
  const tokens = sentTokens();
  const changed = (file: string) => {
    views.forget();
    analysis.changed(file);
  };

  /** Answers what is asked about a file. */
  const of =
    <T>(answer: (view: View) => T, otherwise: T) =>
    ({ textDocument }: { readonly textDocument: TextDocumentIdentifier }): T => {
      const view = views.of(pathOf(textDocument.uri));
      return view ? answer(view) : otherwise;
    };

  /** Answers what is asked about a place in a file. */
  const at =
    <T>(answer: (view: View, offset: number) => T, otherwise: T) =>
    ({ textDocument, position }: TextDocumentPositionParams): T => {
      const view = views.of(pathOf(textDocument.uri));
      return view ? answer(view, offsetOf(view.source, position)) : otherwise;
    };

  connection.onInitialize((params) => {
    client = params;
    return {
      serverInfo: { name: 'dml' },
      capabilities: {
        textDocumentSync: TextDocumentSyncKind.Incremental,
        documentFormattingProvider: true,
        completionProvider: { triggerCharacters: ['.', ':', '(', ' ', '>'] },
        hoverProvider: true,
        definitionProvider: true,
        referencesProvider: true,
        renameProvider: { prepareProvider: true },
        documentSymbolProvider: true,
        inlayHintProvider: true,
        foldingRangeProvider: true,
        selectionRangeProvider: true,
        documentLinkProvider: {},
        semanticTokensProvider: { legend, full: { delta: true }, range: true },
        codeActionProvider: {
          codeActionKinds: [CodeActionKind.QuickFix, ...Object.keys(repairs)],
        },
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
  documents.onDidClose(({ document }) => {
    tokens.forget(pathOf(document.uri));
    changed(pathOf(document.uri));
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    for (const { uri } of changes) changed(pathOf(uri));
  });

  connection.onDocumentFormatting(({ textDocument }) => {
    const source = workspace.read(pathOf(textDocument.uri));
    return source ? [...formatting(source, workspace)] : [];
  });

  connection.onCompletion(at((view, offset) => [...completionsAt(view, offset)], []));
  connection.onHover(at((view, offset) => hoverAt(view, offset, services.page), null));
  connection.onDefinition(at((view, offset) => definitionAt(view, offset, workspace), null));
  connection.onReferences((params) =>
    at(
      (view, offset) => [...referencesAt(view, offset, params.context.includeDeclaration, workspace)],
      [],
    )(params),
  );
  connection.onPrepareRename(at(renamedAt, null));
  connection.onRenameRequest((params) => {
    const { newName } = params;
    const refuse = (why: string) => new ResponseError(LSPErrorCodes.RequestFailed, why);
    if (!isName(newName))
      throw refuse(`${newName} is no name: letters, digits and _, a letter first, and no reserved word.`);
    return at((view, offset) => {
      if (isTaken(view, offset, newName, workspace))
        throw refuse(`${newName} is declared already where this is used. Take another name.`);
      return renaming(view, offset, newName, workspace);
    }, null)(params);
  });
  connection.onDocumentSymbol(of((view) => [...symbolsOf(view)], []));
  connection.onFoldingRanges(of((view) => [...foldingIn(view)], []));
  connection.onDocumentLinks(of((view) => [...linksIn(view, workspace)], []));
  connection.onSelectionRanges((params) =>
    of((view) => params.positions.map((each) => selectionAt(view, offsetOf(view.source, each))), [])(params),
  );
  connection.languages.semanticTokens.on(
    of((view) => tokens.whole(view.source.path, semanticTokensIn(view)), { data: [] }),
  );
  connection.languages.semanticTokens.onDelta((params) =>
    of((view) => tokens.since(view.source.path, params.previousResultId, semanticTokensIn(view)), {
      data: [],
    })(params),
  );
  connection.languages.semanticTokens.onRange((params) =>
    of(
      (view) => {
        const { start, end } = params.range;
        const within = { start: offsetOf(view.source, start), end: offsetOf(view.source, end) };
        return semanticTokensIn(view, within);
      },
      { data: [] },
    )(params),
  );
  connection.languages.inlayHint.on((params) => {
    const { outlooks } = analysis.known(pathOf(params.textDocument.uri));
    const isAsked = ({ position: { line } }: InlayHint) =>
      params.range.start.line <= line && line <= params.range.end.line;
    return of((view) => hintsIn(view, outlooks).filter(isAsked), [])(params);
  });
  connection.onCodeAction(async ({ textDocument, range, context: { only } }) => {
    const file = pathOf(textDocument.uri);
    const view = views.of(file);
    if (!view) return [];
    const isAsked = (kind: string) =>
      only?.some((asked) => kind === asked || kind.startsWith(`${asked}.`)) ??
      kind === CodeActionKind.QuickFix;
    const found = analysis.known(file).findings?.found ?? [];
    const mended = [];
    for (const repair of repairKinds.filter(isAsked))
      mended.push(...(await analysis.before(() => repairing(repair, file, workspace, analyser))));
    return [
      ...(isAsked(CodeActionKind.QuickFix) ? actionsFor(view, range, workspace, found) : []),
      ...mended,
    ];
  });

  documents.listen(connection);
  connection.listen();
}

const repairKinds = Object.keys(repairs) as Repair[];

/** The folders that an editor has opened, as paths. */
function foldersOf(client: InitializeParams | undefined): readonly string[] {
  const folders =
    client?.workspaceFolders?.map(({ uri }) => uri) ?? (client?.rootUri ? [client.rootUri] : []);
  return folders.map(pathOf);
}
