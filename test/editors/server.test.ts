import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type {
  CodeAction,
  CompletionItem,
  DocumentSymbol,
  Hover,
  InlayHint,
  MarkupContent,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { tiny } from '../support/dml.ts';
import { startEditor } from '../support/editor.ts';

const codes = (diagnostics: readonly { readonly code?: number | string }[]) =>
  diagnostics.map(({ code }) => code);

test('what lint finds is shown while typing, with its place, and goes when it is mended', async () => {
  const editor = await startEditor();
  const text = tiny({ loss: '0.25 ce + 0.75 sdl' });
  editor.open('a.dml', text);
  const before = await editor.shown('a.dml', (all) => codes(all).includes('DML3101'));
  const finding = before.find(({ code }) => code === 'DML3101');
  const start = text.split('\n').findIndex((line) => line.includes('sdl'));
  const column = text.split('\n')[start]!.indexOf('sdl');
  expect(finding).toMatchObject({ code: 'DML3101', severity: 2, source: 'dml' });
  expect(finding!.range).toEqual({
    start: { line: start, character: column },
    end: { line: start, character: column + 3 },
  });
  editor.type('a.dml', [{ range: finding!.range, text: 'dlm1' }]);
  const [unknown] = await editor.shown('a.dml', (all) => codes(all).includes('DML1203'));
  expect(unknown).toMatchObject({ severity: 1, message: expect.stringContaining('Did you mean `dml1`?') });
  editor.type('a.dml', [{ range: unknown!.range, text: 'dml1' }]);
  const after = await editor.shown('a.dml', (all) => !codes(all).includes('DML1203'));
  expect(codes(after)).not.toContain('DML3101');
  expect(await editor.leave()).toBe(0);
});

test('a file that is used counts as it stands in the editor, then as it is on disk', async () => {
  const shared = 'dml 1\nlet mix = 0.25 ce + 0.75 dml1\n';
  const editor = await startEditor({ 'shared.dml': shared });
  editor.open('a.dml', tiny({ loss: 'mix' }).replace('dml 1\n', 'dml 1\nuse "./shared.dml"\n'));
  const wanted = codes(await editor.shown('a.dml', () => true));
  expect(wanted).not.toContain('DML1203');
  editor.open('shared.dml', shared.replace('mix', 'mixed'));
  const [lost] = await editor.shown('a.dml', (all) => codes(all).includes('DML1203'));
  expect(lost).toMatchObject({ code: 'DML1203', message: expect.stringContaining('mix') });
  editor.close('shared.dml');
  expect(codes(await editor.shown('a.dml', (all) => !codes(all).includes('DML1203')))).toEqual(wanted);
  writeFileSync(path.join(editor.folder, 'shared.dml'), 'dml 1\nlet mix = 0.25 ce + 0.75 oops\n');
  await editor.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [{ uri: editor.uri('shared.dml'), type: 2 }],
  });
  await editor.shown('shared.dml', (all) => codes(all).includes('DML1203'));
  expect(await editor.leave()).toBe(0);
});

test('a file that is used and is no text is said at its use, and the server lives on', async () => {
  const editor = await startEditor({ 'shared.dml': 'dml 1\0' });
  editor.open('a.dml', tiny().replace('dml 1\n', 'dml 1\nuse "./shared.dml"\n'));
  const [failure] = await editor.shown('a.dml', ({ length }) => length > 0);
  expect(failure).toMatchObject({ code: 'DML1240', range: { start: { line: 1, character: 4 } } });
  const textDocument = { uri: editor.uri('a.dml') };
  for (const [method, params] of [
    ['textDocument/hover', { position: { line: 1, character: 8 } }],
    ['textDocument/definition', { position: { line: 1, character: 8 } }],
    ['textDocument/inlayHint', { range: failure!.range }],
  ] as const)
    await editor.connection.sendRequest(method, { textDocument, ...params });
  editor.type('a.dml', [{ text: tiny({ loss: 'dlm1' }) }]);
  await editor.shown('a.dml', (all) => codes(all).includes('DML1203'));
});

test('formatting gives the layout of dml fmt and changes only the lines that differ', async () => {
  const editor = await startEditor();
  const text = tiny().replace('  batch: 2', '  batch:2');
  editor.open('a.dml', text);
  const format = () =>
    editor.connection.sendRequest<TextEdit[]>('textDocument/formatting', {
      textDocument: { uri: editor.uri('a.dml') },
      options: { tabSize: 2, insertSpaces: true },
    });
  const edits = await format();
  const document = TextDocument.create('', 'dml', 1, text);
  const after = TextDocument.applyEdits(document, edits);
  expect(after).toContain('  batch:     2\n');
  expect(edits[0]!.range.start.line).toBeGreaterThan(0);
  editor.type('a.dml', [{ text: after }]);
  expect(await format()).toEqual([]);
  editor.type('a.dml', [{ text: 'experiment {{' }]);
  expect(await format()).toEqual([]);
});

test('completion and hover are answered at a place of the file as it stands', async () => {
  const editor = await startEditor();
  const text = tiny({ loss: '0.25 ce + 0.75 dml1' });
  editor.open('a.dml', text);
  const lines = text.split('\n');
  const line = lines.findIndex((each) => each.includes('dml1'));
  const at = {
    textDocument: { uri: editor.uri('a.dml') },
    position: { line, character: lines[line]!.indexOf('dml1') + 2 },
  };
  const items = await editor.connection.sendRequest<CompletionItem[]>('textDocument/completion', at);
  expect(items.map(({ label }) => label)).toEqual(expect.arrayContaining(['ce', 'dml1', 'dml2']));
  const shown = await editor.connection.sendRequest<Hover>('textDocument/hover', at);
  const { value } = shown.contents as MarkupContent;
  expect(value).toContain('Dice semimetric loss');
  const page = /\[Reference\]\((file:.*)\)/.exec(value)?.[1];
  expect(readFileSync(fileURLToPath(page!), 'utf8')).toContain('dml1');
});

test('a fix is offered where its finding is, and a definition, a rename and symbols over the protocol', async () => {
  const editor = await startEditor();
  const text = tiny({ loss: '0.25 ce + 0.75 dlm1' });
  editor.open('a.dml', text);
  const textDocument = { uri: editor.uri('a.dml') };
  const line = text.split('\n').findIndex((each) => each.includes('dlm1'));
  const column = text.split('\n')[line]!.indexOf('dlm1');
  const range = { start: { line, character: column }, end: { line, character: column } };
  const ask = <T>(method: string, params: object) => editor.connection.sendRequest<T>(method, params);
  const actions = await ask<CodeAction[]>('textDocument/codeAction', {
    textDocument,
    range,
    context: { diagnostics: [] },
  });
  const [edit] = actions.find(({ title }) => title.includes('DML1203'))!.edit!.changes![textDocument.uri]!;
  const mended = TextDocument.applyEdits(TextDocument.create('', 'dml', 1, text), [edit!]);
  expect(mended).toBe(text.replace('dlm1', 'dml1'));
  editor.open('b.dml', tiny({ loss: '0.25 ce + 0.75 ce' }));
  const twice = { uri: editor.uri('b.dml') };
  await editor.shown('b.dml', (shown) => shown.some(({ code }) => code === 'DML3111'));
  const added = await ask<CodeAction[]>('textDocument/codeAction', {
    textDocument: twice,
    range: { start: { line, character: 0 }, end: { line: line + 1, character: 0 } },
    context: { diagnostics: [] },
  });
  const sum = added.find(({ title }) => title === 'Add the two (DML3111)')!;
  expect(sum.isPreferred).toBe(true);
  const { changes } = sum.edit!;
  const joined = TextDocument.applyEdits(
    TextDocument.create('', 'dml', 1, tiny({ loss: '0.25 ce + 0.75 ce' })),
    changes![twice.uri]!,
  );
  expect(joined).toContain('loss: ce\n');
  const at = { textDocument, position: { line: 4, character: text.split('\n')[4]!.length } };
  expect(text.split('\n')[4]).toContain('experiment');
  const symbols = await ask<DocumentSymbol[]>('textDocument/documentSymbol', { textDocument });
  expect(symbols.map(({ name }) => name)).toEqual(['shapes', 'tiny']);
  const used = { textDocument, position: { line: 5, character: text.split('\n')[5]!.indexOf('shapes') } };
  expect(await ask('textDocument/definition', used)).toMatchObject({
    range: { start: { line: 1, character: 8 } },
  });
  const renamed = await ask<WorkspaceEdit>('textDocument/rename', { ...used, newName: 'figures' });
  expect(renamed.changes![textDocument.uri]).toHaveLength(2);
  await expect(ask('textDocument/rename', { ...used, newName: 'tiny' })).rejects.toThrow(/declared already/);
  await expect(ask('textDocument/rename', { ...used, newName: 'let' })).rejects.toThrow(/is no name/);
  expect(await ask('textDocument/prepareRename', at)).toBeNull();
  editor.type('a.dml', [{ text: tiny({ loss: '0.5 (ce + dml1)' }) }]);
  const everywhere = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
  expect(await ask('textDocument/inlayHint', { textDocument, range: everywhere })).toMatchObject([
    { label: '= 0.5 ce + 0.5 dml1' },
  ]);
});

test('what running an experiment comes to is shown once it is known, and kept up to date', async () => {
  const editor = await startEditor();
  editor.open('a.dml', tiny({ fold: 'all', seed: '0 .. 1' }));
  const textDocument = { uri: editor.uri('a.dml') };
  const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
  const hint = async (wanted: RegExp) => {
    for (;;) {
      const hints = await editor.connection.sendRequest<InlayHint[]>('textDocument/inlayHint', {
        textDocument,
        range,
      });
      const found = hints.map(({ label }) => String(label)).find((label) => wanted.test(label));
      if (found !== undefined) return found;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  expect(await hint(/runs/)).toMatch(
    /^5 folds × 2 seeds = 10 runs of 3 steps; \d+ parameters, \d.* KiB of tensors a step$/,
  );
  editor.type('a.dml', [{ text: tiny({ train: '7 steps' }) }]);
  expect(await hint(/^1 run of 7 steps/)).toMatch(/^1 run of 7 steps; /);
});

test('line ends of Windows, a mark of byte order, and a file outside of the workspace are files like others', async () => {
  const editor = await startEditor();
  const text = `\uFEFF${tiny({ loss: '0.25 ce + 0.75 dlm1' }).replaceAll('\n', '\r\n')}`;
  const outside = '../elsewhere.dml';
  for (const file of ['a.dml', outside]) {
    editor.open(file, text);
    const line = text.split('\r\n').findIndex((each) => each.includes('dlm1'));
    const [finding] = await editor.shown(file, (all) => codes(all).includes('DML1203'));
    const character = text.split('\r\n')[line]!.indexOf('dlm1');
    expect(finding!.range).toEqual({
      start: { line, character },
      end: { line, character: character + 4 },
    });
  }
});

test('a used file that is deleted is missing at once, and there again when it is back', async () => {
  const shared = 'dml 1\nlet mix = 0.25 ce + 0.75 dml1\n';
  const editor = await startEditor({ 'shared.dml': shared });
  const text = tiny({ loss: 'mix' }).replace('dml 1\n', 'dml 1\nuse "./shared.dml"\n');
  editor.open('a.dml', text);
  await editor.shown('a.dml', (all) => !codes(all).includes('DML1205'));
  const file = path.join(editor.folder, 'shared.dml');
  const told = (type: number) =>
    editor.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: editor.uri('shared.dml'), type }],
    });
  rmSync(file);
  await told(3);
  await editor.shown('a.dml', (all) => codes(all).includes('DML1205'));
  writeFileSync(file, shared);
  await told(1);
  await editor.shown('a.dml', (all) => !codes(all).includes('DML1205'));
});
