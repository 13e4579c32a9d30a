import { expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { lint } from '../../compiler/lint/lint.ts';
import { actionsFor } from '../../editors/server/code-actions.ts';
import { viewOf } from '../../editors/server/view.ts';
import { registry } from '../../runtime/registry.generated.ts';
import { witnessOf } from '../../runtime/witness.ts';
import { tiny } from '../support/dml.ts';
import { workspaceWith } from '../support/view.ts';

const everything = { start: { line: 0, character: 0 }, end: { line: 999, character: 0 } };
const path = '/study/a.dml';

/** The text after an action, and the codes that are found in it then. */
async function after(text: string, title: string) {
  const files = { 'a.dml': text };
  const look = async (source: string) =>
    (await lint({ path, text: source }, { registry, witness: witnessOf(registry), read: () => undefined }))
      .diagnostics;
  const found = await look(text);
  const workspace = workspaceWith(files);
  const actions = actionsFor(viewOf(path, workspace)!, everything, workspace, found);
  const action = actions.find((each) => each.title === title);
  if (!action) throw new Error(actions.map((each) => each.title).join('\n'));
  const edits = action.edit!.changes!['file:///study/a.dml']!;
  const mended = TextDocument.applyEdits(TextDocument.create('', 'dml', 1, text), edits);
  const codes = (await look(mended)).map(({ code }) => code);
  return { mended, codes, before: found.map(({ code }) => code) };
}

test('a suppression stands above its statement, asks for a reason, and suppresses once it has one', async () => {
  const text = tiny({ loss: '0.25 ce + 0.75 sdl' });
  const { mended, codes, before } = await after(text, 'Suppress DML3101 here, with a reason');
  expect(before).toContain('DML3101');
  expect(mended).toContain('  # dml-ignore DML3101: \n  loss: 0.25 ce + 0.75 sdl');
  expect(codes).toContain('DML3001');
  const given = mended.replace('DML3101: \n', 'DML3101: to compare\n');
  const { diagnostics } = await lint(
    { path, text: given },
    { registry, witness: witnessOf(registry), read: () => undefined },
  );
  expect(diagnostics.map(({ code }) => code)).not.toContain('DML3101');
  expect(diagnostics.map(({ code }) => code)).not.toContain('DML3001');
});

test('of a declaration with a doc comment it stands above the comment', async () => {
  const doc = '## One.\n## Two.\nsweep s of tiny { vary batch in [1, 2] }\n';
  const { mended, codes, before } = await after(`${tiny()}${doc}`, 'Suppress DML3304 here, with a reason');
  expect(before).toContain('DML3304');
  expect(mended).toContain(`\n# dml-ignore DML3304: \n${doc}`);
  expect(codes).toContain('DML3001');
});
