import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { isBuiltin } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Hover, MarkupContent } from 'vscode-languageserver-protocol';
import { check } from '../../compiler/check/check.ts';
import { serverOptions } from '../../editors/vscode/client/server-options.ts';
import { format } from '../../grammar/format.ts';
import { parse } from '../../grammar/parser.ts';
import { registry } from '../../runtime/registry.generated.ts';
import { extension } from '../../scripts/vscode/extension.ts';
import { type ExtensionManifest, vsix } from '../../scripts/vscode/vsix.ts';
import { root, temporaryFolder, tiny } from '../support/dml.ts';
import { startEditor } from '../support/editor.ts';

let packed: Uint8Array;
let entries: Record<string, Uint8Array>;
/** Where it is unpacked, as an editor does. */
let folder: string;

beforeAll(async () => {
  const { manifest, files } = await extension(root);
  packed = vsix(manifest, files);
  entries = unzipSync(packed);
  folder = mkdtempSync(path.join(os.tmpdir(), 'dml-vscode-'));
  for (const [name, bytes] of Object.entries(entries)) {
    mkdirSync(path.join(folder, path.dirname(name)), { recursive: true });
    writeFileSync(path.join(folder, name), bytes);
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const json = <T>(file: string): T => JSON.parse(readFileSync(path.join(root, file), 'utf8')) as T;

interface Manifest extends ExtensionManifest {
  readonly main: string;
  readonly contributes: {
    readonly languages: readonly { readonly id: string; readonly configuration: string }[];
    readonly grammars: readonly {
      readonly language: string;
      readonly path: string;
      readonly scopeName: string;
    }[];
    readonly snippets: readonly { readonly language: string; readonly path: string }[];
    readonly configurationDefaults: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    readonly configuration: { readonly properties: Readonly<Record<string, { readonly type: string }>> };
    readonly commands: readonly { readonly command: string }[];
  };
}
const manifest = json<Manifest>('editors/vscode/package.json');

describe('the package', () => {
  test('is a zip with the manifests that an editor reads, and a type for every file', () => {
    const text = (name: string) => new TextDecoder().decode(entries[name]);
    const identity = /<Identity [^>]*Id="([^"]+)" Version="([^"]+)" Publisher="([^"]+)"/.exec(
      text('extension.vsixmanifest'),
    );
    expect(identity?.slice(1)).toEqual([manifest.name, manifest.version, manifest.publisher]);
    const assets = [...text('extension.vsixmanifest').matchAll(/<Asset Type="[^"]+" Path="([^"]+)"/g)];
    expect(assets).toHaveLength(4);
    for (const [, file] of assets) expect(Object.keys(entries)).toContain(file);
    const types = text('[Content_Types].xml');
    for (const name of Object.keys(entries).filter((each) => each !== '[Content_Types].xml')) {
      const end = path.extname(name);
      expect(types).toContain(end === '' ? `PartName="/${name}"` : `Extension="${end}"`);
    }
  });

  test('is the same bytes whenever it is made of the same files', async () => {
    const again = await extension(root);
    expect(Buffer.compare(vsix(again.manifest, again.files), packed)).toBe(0);
  });

  test('is of the version of dml, and refers to files that are in it', () => {
    expect(manifest.version).toBe(json<{ version: string }>('package.json').version);
    const { languages, grammars, snippets } = manifest.contributes;
    const named = [
      manifest.main,
      ...languages.map(({ configuration }) => configuration),
      ...grammars.map((each) => each.path),
      ...snippets.map((each) => each.path),
    ];
    for (const file of named) expect(entries).toHaveProperty([path.posix.join('extension', file)]);
    const ids = languages.map(({ id }) => id);
    expect(grammars.map(({ language }) => language)).toEqual(ids);
    expect(snippets.map(({ language }) => language)).toEqual(ids);
    const grammar = json<{ scopeName: string }>(path.join('editors/vscode', grammars[0]!.path));
    expect(grammars[0]!.scopeName).toBe(grammar.scopeName);
  });

  test('closes, surrounds and indents by the brackets and comments of the language, and formats by itself', () => {
    const configuration = json<{
      comments: { lineComment: string };
      brackets: [string, string][];
      autoClosingPairs: { open: string; close: string }[];
      onEnterRules: { beforeText: string }[];
      indentationRules: { increaseIndentPattern: string; decreaseIndentPattern: string };
    }>('editors/vscode/language-configuration.json');
    const { comments, brackets, autoClosingPairs, onEnterRules, indentationRules } = configuration;
    const written = `dml 1 ${comments.lineComment} no brackets ${brackets.map(([open]) => open).join('')}\n`;
    expect(parse({ path: '', text: written }).diagnostics).toEqual([]);
    expect(autoClosingPairs.map(({ open, close }) => [open, close])).toEqual([...brackets, ['"', '"']]);
    expect(new RegExp(onEnterRules[0]!.beforeText).test('  ## a doc comment')).toBe(true);
    expect(new RegExp(indentationRules.increaseIndentPattern).test('experiment a { # one')).toBe(true);
    expect(new RegExp(indentationRules.increaseIndentPattern).test('  loss: ce # {')).toBe(false);
    expect(new RegExp(indentationRules.decreaseIndentPattern).test('  }')).toBe(true);
    expect(manifest.contributes.configurationDefaults['[dml]']).toMatchObject({
      'editor.defaultFormatter': `${manifest.publisher}.${manifest.name}`,
      'editor.formatOnSave': true,
    });
  });

  test('brings snippets that are right, and laid out as the formatter does', () => {
    const snippets = json<Record<string, { prefix: string; body: readonly string[] }>>(
      'editors/vscode/snippets.json',
    );
    const filled = Object.values(snippets).map(({ prefix, body }) => {
      const text = body
        .join('\n')
        .replaceAll(/\$\{\d+:((?:[^\\}]|\\.)*)\}/g, (_, value: string) => value.replaceAll('\\}', '}'));
      expect(text.split(' ')[0]).toBe(prefix);
      return text;
    });
    const [dataset, experiment, sweep, compare] = filled as [string, string, string, string];
    const file = [
      ...['dml 1', dataset.replace('name', 'dataset_1'), experiment.replace('name', 'one')],
      ...[experiment.replace('name', 'two'), sweep, compare.replace('name', 'table')],
    ]
      .join('\n\n')
      .replaceAll(': dataset', ': dataset_1')
      .replaceAll(/\b(data: +)dataset\b/g, '$1dataset_1')
      .replaceAll('of experiment, other', 'of one, two')
      .replaceAll('of experiment', 'of one')
      .replaceAll('baseline: experiment', 'baseline: one')
      .concat('\n');
    const source = { path: 'a.dml', text: file };
    const { diagnostics } = check(source, { registry, read: () => undefined });
    expect(diagnostics.map(({ message }) => message)).toEqual([]);
    expect(format(parse(source).value!)).toBe(file);
  });

  test('is for the editors whose API its types are, and its client asks for no other modules', () => {
    const { devDependencies } = json<{ devDependencies: Record<string, string> }>('package.json');
    expect(manifest.engines.vscode).toBe(`^${devDependencies['@types/vscode']}`);
    const { engines } = json<{ engines: { vscode: string } }>(
      'node_modules/vscode-languageclient/package.json',
    );
    expect(manifest.engines.vscode).toBe(engines.vscode);
    const asked = [
      ...new TextDecoder().decode(entries['extension/extension.cjs']).matchAll(/require\("([^"]+)"\)/g),
    ];
    const names = [...new Set(asked.map((match) => match[1]!))];
    expect(names.filter((name) => !isBuiltin(name))).toEqual(['vscode']);
  });

  test('declares the settings and commands that its client asks for, and no others', () => {
    const client = readdirSync(path.join(root, 'editors/vscode/client'))
      .map((file) => readFileSync(path.join(root, 'editors/vscode/client', file), 'utf8'))
      .join('\n');
    const used = (pattern: RegExp) => [...client.matchAll(pattern)].map((match) => match[1]!).sort();
    const { configuration, commands } = manifest.contributes;
    expect(commands.map(({ command }) => command).sort()).toEqual(used(/registerCommand\('([^']+)'/g));
    expect(Object.keys(configuration.properties).sort()).toEqual(
      // The last one is read by the client library, by the name of the client.
      [...used(/settings\.get\('([^']+)'/g).map((name) => `dml.${name}`), 'dml.trace.server'].sort(),
    );
  });
});

test('the server starts from the unpacked package as the client starts it, and answers', async () => {
  const options = serverOptions(
    { path: '', data: '' },
    { extension: path.join(folder, 'extension'), folder },
  );
  if (!('module' in options)) throw new Error('no module');
  const { module, args = [] } = options;
  // What the client adds to standard input and output.
  const command = [module, ...args, '--stdio', `--clientProcessId=${process.pid}`];
  const editor = await startEditor({}, command);
  const text = tiny({ loss: '0.25 ce + 0.75 dlm1' });
  editor.open('a.dml', text);
  const [finding] = await editor.shown('a.dml', (all) => all.length > 0);
  expect(finding).toMatchObject({ code: 'DML1203', source: 'dml' });
  const line = text.split('\n').findIndex((each) => each.includes('dlm1'));
  const hover = await editor.connection.sendRequest<Hover>('textDocument/hover', {
    textDocument: { uri: editor.uri('a.dml') },
    position: { line, character: text.split('\n')[line]!.indexOf('ce') },
  });
  const { value } = hover.contents as MarkupContent;
  expect(value).toContain('cross-entropy');
  const page = /\[Reference\]\((file:.*)\)/.exec(value)?.[1];
  expect(fileURLToPath(page!)).toBe(path.join(folder, 'extension/docs/reference/losses/ce.md'));
  expect(existsSync(fileURLToPath(page!))).toBe(true);
  expect(await editor.leave()).toBe(0);
});

test('the settings name another program, and a folder of data, relative to the workspace', () => {
  const place = { extension: '/ext', folder: '/study' };
  expect(serverOptions({ path: `\${workspaceFolder}/bin/dml`, data: 'scans' }, place)).toMatchObject({
    command: '/study/bin/dml',
    args: ['lsp'],
    options: { cwd: '/study', env: { DML_DATA: '/study/scans' } },
  });
  expect(serverOptions({ path: '', data: '' }, { ...place, folder: undefined })).toMatchObject({
    module: path.join('/ext', 'server', 'dml.js'),
  });
});

test('the client starts, shows what the server finds, starts anew and ends, beside a fake of the editor', () => {
  const fake = path.join(folder, 'node_modules/vscode');
  mkdirSync(fake, { recursive: true });
  copyFileSync(path.join(root, 'test/support/vscode.cjs'), path.join(fake, 'index.js'));
  copyFileSync(path.join(root, 'test/support/run-extension.cjs'), path.join(folder, 'run.cjs'));
  const study = temporaryFolder({ 'a.dml': tiny({ loss: '0.25 ce + 0.75 dlm1' }) });
  const printed = execFileSync(
    process.execPath,
    [path.join(folder, 'run.cjs'), path.join(folder, 'extension')],
    {
      env: { ...process.env, FAKE_FOLDER: study },
      encoding: 'utf8',
    },
  );
  const line = tiny({ loss: 'x' })
    .split('\n')
    .findIndex((each) => each.includes('loss'));
  expect(JSON.parse(printed)).toMatchObject({
    first: [['DML1203', line]],
    restarted: [['DML1203', line]],
    commands: ['dml.restart', 'dml.format', 'dml.showOutput'],
    providers: expect.arrayContaining(['registerHoverProvider', 'registerCompletionItemProvider']),
    output: expect.arrayContaining(['executed editor.action.formatDocument']),
  });
});
