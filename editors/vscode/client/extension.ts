import { commands, type ExtensionContext, window, workspace } from 'vscode';
import { LanguageClient } from 'vscode-languageclient/node';
import { serverOptions } from './server-options.ts';

let client: LanguageClient | undefined;

/** Starts the language server. Called by the editor when the first `.dml` file is opened. */
export async function activate(context: ExtensionContext): Promise<void> {
  const output = window.createOutputChannel('dml', { log: true });
  const start = async () => {
    const settings = workspace.getConfiguration('dml');
    const options = serverOptions(
      { path: settings.get('path', ''), data: settings.get('data', '') },
      { extension: context.extensionPath, folder: workspace.workspaceFolders?.[0]?.uri.fsPath },
    );
    client = new LanguageClient('dml', 'dml', options, {
      documentSelector: [
        { scheme: 'file', language: 'dml' },
        { scheme: 'untitled', language: 'dml' },
      ],
      outputChannel: output,
    });
    await client.start();
  };
  const restart = async () => {
    await client?.dispose();
    await start();
  };
  context.subscriptions.push(
    output,
    commands.registerCommand('dml.restart', restart),
    commands.registerCommand('dml.format', () => commands.executeCommand('editor.action.formatDocument')),
    commands.registerCommand('dml.showOutput', () => output.show()),
    workspace.onDidChangeConfiguration(async (change) => {
      if (change.affectsConfiguration('dml.path') || change.affectsConfiguration('dml.data')) await restart();
    }),
  );
  await start();
}

/** Ends the server. Called by the editor. */
export async function deactivate(): Promise<void> {
  await client?.dispose();
}
