/**
 * As much of the API of VS Code as the client touches when it starts and talks to its server, with one open document.
 */
const path = require('node:path');
const { pathToFileURL, fileURLToPath } = require('node:url');

const done = { dispose() {} };
const event = () => done;

class Emitter {
  listeners = new Set();
  event = (listener) => {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  };
  fire(value) {
    for (const listener of this.listeners) listener(value);
  }
  dispose() {}
}

class Disposable {
  constructor(dispose) {
    this.dispose = dispose;
  }
  static from(...all) {
    return new Disposable(() => {
      for (const each of all) each.dispose();
    });
  }
}

class Uri {
  constructor(text) {
    this.text = text;
    this.scheme = text.split(':')[0];
    this.fsPath = this.scheme === 'file' ? fileURLToPath(text) : text;
  }
  static file = (file) => new Uri(pathToFileURL(file).href);
  static parse = (text) => new Uri(text);
  toString() {
    return this.text;
  }
}

class Place {
  constructor(line, character) {
    this.line = line;
    this.character = character;
  }
}

class Stretch {
  constructor(a, b, c, d) {
    this.start = typeof a === 'number' ? new Place(a, b) : a;
    this.end = typeof a === 'number' ? new Place(c, d) : b;
  }
}

class CancellationTokenSource {
  token = { isCancellationRequested: false, onCancellationRequested: event };
  cancel() {}
  dispose() {}
}

class Diagnostic {
  constructor(range, message, severity) {
    Object.assign(this, { range, message, severity });
  }
}

class TabInputText {
  constructor(uri) {
    this.uri = uri;
  }
}

class CodeActionKind {
  static Empty = new CodeActionKind('');
  constructor(value) {
    this.value = value;
  }
  append(part) {
    return new CodeActionKind([this.value, part].filter(Boolean).join('.'));
  }
}
for (const [name, value] of Object.entries({
  QuickFix: 'quickfix',
  Refactor: 'refactor',
  Source: 'source',
  SourceFixAll: 'source.fixAll',
}))
  CodeActionKind[name] = new CodeActionKind(value);

/** Classes and enumerations that the client names, and that do nothing here. */
const idle = [
  ...['CallHierarchyItem', 'CodeAction', 'CodeActionTriggerKind', 'CodeLens', 'CompletionItem'],
  ...[
    'CompletionItemKind',
    'CompletionItemTag',
    'CompletionList',
    'CompletionTriggerKind',
    'DiagnosticSeverity',
  ],
  ...['DiagnosticTag', 'DocumentHighlightKind', 'DocumentLink', 'DocumentSymbol', 'FileType', 'FoldingRange'],
  ...['FoldingRangeKind', 'Hover', 'InlayHint', 'InlineCompletionTriggerKind', 'Location', 'LogLevel'],
  ...['MarkdownString', 'NotebookCellKind', 'ProgressLocation', 'RelativePattern', 'SelectionRange'],
  ...[
    'SemanticTokens',
    'SignatureHelpTriggerKind',
    'SnippetString',
    'SymbolInformation',
    'SymbolKind',
    'SymbolTag',
  ],
  ...['TabInputCustom', 'TabInputNotebook', 'TabInputTextDiff', 'TextDocumentSaveReason'],
  ...['TextEdit', 'TypeHierarchyItem', 'WorkspaceEdit', 'DiagnosticRelatedInformation'],
];

const folder = process.env.FAKE_FOLDER;
const file = path.join(folder, 'a.dml');
const text = require('node:fs').readFileSync(file, 'utf8');
const document = {
  uri: Uri.file(file),
  languageId: 'dml',
  version: 1,
  isClosed: false,
  getText: () => text,
};

/** What the client registers and shows, for the test to look at. */
const seen = { commands: new Map(), diagnostics: new Map(), providers: {}, shown: new Emitter(), output: [] };

const channel = {
  name: 'dml',
  logLevel: 2,
  onDidChangeLogLevel: event,
  ...Object.fromEntries(
    ['append', 'appendLine', 'trace', 'debug', 'info', 'warn', 'error', 'replace'].map((name) => [
      name,
      (line) => seen.output.push(String(line)),
    ]),
  ),
  ...Object.fromEntries(['show', 'clear', 'hide', 'dispose'].map((name) => [name, () => {}])),
};

/** `registerHoverProvider(selector, provider)`: any of them. */
const languages = new Proxy(
  {
    match: () => 10,
    createDiagnosticCollection: () => ({
      name: 'dml',
      set(uri, diagnostics) {
        seen.diagnostics.set(uri.toString(), diagnostics);
        seen.shown.fire(uri);
      },
      delete: (uri) => seen.diagnostics.delete(uri.toString()),
      clear: () => seen.diagnostics.clear(),
      dispose() {},
    }),
  },
  {
    get: (own, name) =>
      own[name] ??
      ((_, provider) => {
        seen.providers[String(name)] = provider;
        return done;
      }),
  },
);

/** Anything on which every event and registration may be asked. */
const withEvents = (own) =>
  new Proxy(own, {
    get: (target, name) =>
      name in target ? target[name] : /^on(Did|Will)|^register/.test(String(name)) ? event : undefined,
  });

const known = {
  version: '1.91.0',
  seen,
  Uri,
  CodeActionKind,
  TabInputText,
  Diagnostic,
  Disposable,
  CancellationTokenSource,
  EventEmitter: Emitter,
  Position: Place,
  Range: Stretch,
  CancellationError: class extends Error {},
  env: withEvents({ language: 'en', appName: 'fake', uriScheme: 'vscode', isTelemetryEnabled: false }),
  extensions: withEvents({ all: [], getExtension: () => undefined }),
  tests: undefined,
  lm: withEvents({}),
  commands: {
    registerCommand(name, run) {
      seen.commands.set(name, run);
      return done;
    },
    executeCommand: async (name) => seen.output.push(`executed ${name}`),
  },
  window: withEvents({
    createOutputChannel: () => channel,
    showErrorMessage: async (message) => void seen.output.push(message),
    showWarningMessage: async (message) => void seen.output.push(message),
    showInformationMessage: async () => undefined,
    visibleTextEditors: [],
    tabGroups: withEvents({ all: [{ tabs: [{ input: new TabInputText(document.uri) }] }] }),
    activeTextEditor: { document },
  }),
  workspace: withEvents({
    name: 'fake',
    workspaceFolders: [{ uri: Uri.file(folder), name: 'fake', index: 0 }],
    textDocuments: [document],
    notebookDocuments: [],
    getWorkspaceFolder: () => known.workspace.workspaceFolders[0],
    getConfiguration: () => ({ get: (_, otherwise) => otherwise, inspect: () => undefined }),
    createFileSystemWatcher: () => ({
      ...withEvents({}),
      onDidCreate: event,
      onDidChange: event,
      onDidDelete: event,
      dispose() {},
    }),
    fs: {},
  }),
  languages,
};

module.exports = { ...Object.fromEntries(idle.map((name) => [name, class {}])), ...known };
