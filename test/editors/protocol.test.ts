import { expect, test } from 'vitest';
import type {
  CodeAction,
  CompletionItem,
  SemanticTokens,
  SemanticTokensDelta,
} from 'vscode-languageserver-protocol';
import { CancellationTokenSource } from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { tiny } from '../support/dml.ts';
import { startEditor } from '../support/editor.ts';

const everything = { start: { line: 0, character: 0 }, end: { line: 99999, character: 0 } };
const top = { line: 0, character: 0 };
/** Terms that nobody has decided yet, which takes seconds. */
const heavy = (seed: number) => {
  const terms = Array.from({ length: 24 }, (_, i) => {
    const smooth = (seed + (i + 1) / 1000).toFixed(4);
    return `0.02 tversky(fp: 0.3, fn: 0.7, smooth: ${smooth}) + 0.02 jml2(smooth: ${smooth})`;
  });
  return tiny({ loss: terms.join(' + ') });
};
/** Every question about a file, with what is answered where nothing is known of it. */
const questions: readonly (readonly [method: string, params: object, nothing: unknown])[] = [
  ['textDocument/completion', { position: top }, []],
  ['textDocument/hover', { position: top }, null],
  ['textDocument/definition', { position: top }, null],
  ['textDocument/references', { position: top, context: { includeDeclaration: true } }, []],
  ['textDocument/prepareRename', { position: top }, null],
  ['textDocument/rename', { position: top, newName: 'x' }, null],
  ['textDocument/documentSymbol', {}, []],
  ['textDocument/codeAction', { range: everything, context: { diagnostics: [] } }, []],
  [
    'textDocument/codeAction',
    { range: everything, context: { diagnostics: [], only: ['source.fixAll'] } },
    [],
  ],
  ['textDocument/inlayHint', { range: everything }, []],
  ['textDocument/semanticTokens/full', {}, { data: [] }],
  ['textDocument/semanticTokens/full/delta', { previousResultId: '1' }, { data: [] }],
  ['textDocument/semanticTokens/range', { range: everything }, { data: [] }],
  ['textDocument/foldingRange', {}, []],
  ['textDocument/selectionRange', { positions: [top] }, []],
  ['textDocument/documentLink', {}, []],
  ['textDocument/formatting', { options: { tabSize: 2, insertSpaces: true } }, []],
];

test('all fixes that change no training are one action, which a save can ask for, and none is left after it', async () => {
  const editor = await startEditor();
  const text = tiny({ loss: '0.25 ce + 0.75 ce' });
  editor.open('a.dml', text);
  const textDocument = { uri: editor.uri('a.dml') };
  const ask = (only: readonly string[]) =>
    editor.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument,
      range: everything,
      context: { diagnostics: [], only },
    });
  const [action, second] = await ask(['source.fixAll']);
  expect(second).toBeUndefined();
  expect(action).toMatchObject({ kind: 'source.fixAll.dml' });
  const edits = action!.edit!.changes![textDocument.uri]!;
  const mended = TextDocument.applyEdits(TextDocument.create('', 'dml', 1, text), edits);
  expect(mended).toContain('loss: ce\n');
  expect(await ask(['source.organizeImports'])).toEqual([]);
  expect((await ask(['quickfix'])).every(({ kind }) => kind === 'quickfix')).toBe(true);
  editor.type('a.dml', [{ text: mended }]);
  expect(await ask(['source.fixAll.dml'])).toEqual([]);
  const shown = await editor.shown('a.dml', (all) => all.every(({ code }) => code !== 'DML3111'));
  expect(shown.map(({ code }) => code)).not.toContain('DML3111');
  expect(await editor.leave()).toBe(0);
});

test('mending goes before what rules decide, and they go on behind it', async () => {
  const editor = await startEditor();
  editor.open('a.dml', heavy(1));
  editor.open('b.dml', tiny({ loss: '0.25 ce + 0.75 ce' }));
  await new Promise((resolve) => setTimeout(resolve, 300));
  const actions = await editor.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri: editor.uri('b.dml') },
    range: everything,
    context: { diagnostics: [], only: ['source.fixAll.dml'] },
  });
  expect(actions).toHaveLength(1);
  const shown = await editor.shown('b.dml', (all) => all.some(({ code }) => code === 'DML3111'));
  expect(shown.length).toBeGreaterThan(0);
  expect(await editor.leave()).toBe(0);
});

test('of the tokens of a file only what differs is sent again', async () => {
  const editor = await startEditor();
  editor.open('a.dml', tiny());
  const textDocument = { uri: editor.uri('a.dml') };
  const full = () =>
    editor.connection.sendRequest<SemanticTokens>('textDocument/semanticTokens/full', { textDocument });
  const { resultId, data } = await full();
  editor.type('a.dml', [{ text: `${tiny()}# more\n` }]);
  const delta = await editor.connection.sendRequest<SemanticTokensDelta>(
    'textDocument/semanticTokens/full/delta',
    { textDocument, previousResultId: resultId },
  );
  const after = [...data];
  for (const { start, deleteCount, data: inserted = [] } of delta.edits)
    after.splice(start, deleteCount, ...inserted);
  expect(delta.edits.flatMap((edit) => edit.data ?? []).length).toBeLessThanOrEqual(5);
  expect(after).toEqual((await full()).data);
});

test('a document that nobody has opened and that is in no file has nothing, whatever is asked', async () => {
  const editor = await startEditor();
  for (const uri of [editor.uri('missing.dml'), 'untitled:Untitled-1', 'http://example.org/a.dml'])
    for (const [method, params, nothing] of questions)
      expect(
        await editor.connection.sendRequest(method, { textDocument: { uri }, ...params }),
        `${method} of ${uri}`,
      ).toEqual(nothing);
  expect(await editor.leave()).toBe(0);
});

test('files that are closed, changed and opened while rules decide leave nothing behind', async () => {
  const editor = await startEditor();
  for (let round = 0; round < 5; round++) {
    editor.open('a.dml', heavy(2 + round));
    editor.open('b.dml', tiny({ loss: 'dlm1' }));
    await new Promise((resolve) => setTimeout(resolve, 60 * round));
    editor.type('a.dml', [{ text: heavy(20 + round) }]);
    editor.close('b.dml');
    editor.close('a.dml');
  }
  editor.open('b.dml', tiny({ loss: '0.25 ce + 0.75 sdl' }));
  const shown = await editor.shown('b.dml', (all) => all.some(({ code }) => code === 'DML3101'));
  expect(shown.map(({ code }) => code)).not.toContain('DML1203');
  editor.open('a.dml', tiny({ loss: 'dlm1' }));
  await editor.shown('a.dml', (all) => all.some(({ code }) => code === 'DML1203'));
  editor.close('a.dml');
  expect(await editor.shown('a.dml', ({ length }) => length === 0)).toEqual([]);
  expect(await editor.leave()).toBe(0);
});

test('a request that is cancelled is answered as such or as usual, and the next one is answered', async () => {
  const editor = await startEditor();
  editor.open('a.dml', tiny());
  const textDocument = { uri: editor.uri('a.dml') };
  for (const [method, params] of questions) {
    const source = new CancellationTokenSource();
    const answer = editor.connection.sendRequest(method, { textDocument, ...params }, source.token);
    source.cancel();
    await answer.catch((error: { code: number }) => expect(error.code, method).toBe(-32800));
  }
  const symbols = await editor.connection.sendRequest('textDocument/documentSymbol', { textDocument });
  expect(symbols).toHaveLength(2);
  expect(await editor.leave()).toBe(0);
});

test('the process ends with 1 where nobody said that it is done', async () => {
  const editor = await startEditor();
  await editor.connection.sendNotification('exit');
  expect(await editor.ended).toBe(1);
});

test('names are found in a workspace of 300 files, in no more than seconds', async () => {
  const users = Array.from({ length: 299 }, (_, i) => [
    `u${i}.dml`,
    `dml 1\nuse "./shared.dml"\nlet own${i} = 0.5 mix + 0.5 ce\n`,
  ]);
  const files = { 'shared.dml': 'dml 1\nlet mix = 0.25 ce + 0.75 dml1\n', ...Object.fromEntries(users) };
  const editor = await startEditor(files);
  editor.open('shared.dml', files['shared.dml']);
  const at = { textDocument: { uri: editor.uri('shared.dml') }, position: { line: 1, character: 5 } };
  const context = { includeDeclaration: true };
  const start = performance.now();
  const found = await editor.connection.sendRequest('textDocument/references', { ...at, context });
  expect(found).toHaveLength(300);
  expect(performance.now() - start).toBeLessThan(10_000);
});

test('a file of a megabyte is answered for, and a short one beside it is looked at first', {
  timeout: 90_000,
}, async () => {
  const editor = await startEditor();
  const block = (i: number) =>
    tiny({ loss: '0.25 ce + 0.75 dml1' })
      .replace(/^[\s\S]*?experiment tiny/, `experiment e${i}`)
      .trim();
  const head = tiny().split('experiment')[0]!;
  const blocks = Math.ceil(1_000_000 / block(1000).length);
  const large = `${head}${Array.from({ length: blocks }, (_, i) => block(i)).join('\n')}\n`;
  expect(large.length).toBeGreaterThan(1_000_000);
  editor.open('large.dml', large);
  editor.open('a.dml', tiny({ loss: '0.25 ce + 0.75 dlm1' }));
  const textDocument = { uri: editor.uri('large.dml') };
  const line = tiny()
    .split('\n')
    .findIndex((each) => each.includes('loss'));
  const items = await editor.connection.sendRequest<CompletionItem[]>('textDocument/completion', {
    textDocument,
    position: { line, character: 8 },
  });
  expect(items.map(({ label }) => label)).toContain('dml1');
  const edits = await editor.connection.sendRequest('textDocument/formatting', {
    textDocument,
    options: { tabSize: 2, insertSpaces: true },
  });
  expect(edits).toHaveLength(1);
  await editor.shown('a.dml', (all) => all.some(({ code }) => code === 'DML1203'));
});
