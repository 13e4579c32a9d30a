import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { completionsAt } from '../../editors/server/completion.ts';
import { hoverAt } from '../../editors/server/hover.ts';
import { hintsIn } from '../../editors/server/inlay-hints.ts';
import { definitionAt, referencesAt, renamedAt } from '../../editors/server/navigation.ts';
import { semanticTokensIn } from '../../editors/server/semantic-tokens.ts';
import { foldingIn, selectionAt } from '../../editors/server/structure.ts';
import { symbolsOf } from '../../editors/server/symbols.ts';
import { viewOf } from '../../editors/server/view.ts';
import { root } from '../support/dml.ts';
import { viewAt, workspaceWith } from '../support/view.ts';

const folder = path.join(root, 'examples');
const examples = readdirSync(folder)
  .filter((file) => file.endsWith('.dml'))
  .map((file) => [file, readFileSync(path.join(folder, file), 'utf8')] as const);
const texts = Object.fromEntries(examples);

/** Everything that is asked of a place, in a text that may be anything. */
function ask(file: string, text: string, offset: number): void {
  const workspace = workspaceWith({ ...texts, [file]: text });
  const view = viewOf(`/study/${file}`, workspace)!;
  for (const { label } of completionsAt(view, offset)) expect(label).not.toBe('');
  hoverAt(view, offset, () => undefined);
  const { data } = semanticTokensIn(view);
  expect(data.every((number) => Number.isInteger(number) && number >= 0)).toBe(true);
  definitionAt(view, offset, workspace);
  renamedAt(view, offset);
  for (const each of [symbolsOf(view), foldingIn(view), hintsIn(view)]) expect(each).toBeInstanceOf(Array);
  expect(selectionAt(view, offset).range).toBeDefined();
}

describe('whatever is written so far, every question is answered:', () => {
  test.each(examples)(
    '%s, cut off behind each of its words',
    (file, text) => {
      // Behind each character would ask the same of one word many times.
      const cuts = [...text.matchAll(/\w+|[^\w\s]|\n/g)].map(({ index, 0: { length } }) => index + length);
      for (const cut of cuts) ask(file, text.slice(0, cut), cut);
    },
    120_000,
  );

  test('with pieces taken out, doubled and put in, at any place', () => {
    const pieces = [
      '{',
      '}',
      '(',
      ')',
      '[',
      ']',
      ':',
      ',',
      '.',
      '|>',
      'on',
      'at',
      '+',
      '"',
      '#',
      '\n',
      'let',
      '\0',
      '🙂',
    ];
    const mutated = fc.record({
      example: fc.constantFrom(...examples),
      edits: fc.array(
        fc.record({
          at: fc.double({ min: 0, max: 1, noNaN: true }),
          cut: fc.nat(30),
          put: fc.constantFrom(...pieces),
        }),
        { minLength: 1, maxLength: 4 },
      ),
      cursor: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(mutated, ({ example: [file, text], edits, cursor }) => {
        const after = edits.reduce((now, { at, cut, put }) => {
          const start = Math.floor(at * now.length);
          return now.slice(0, start) + put + now.slice(start + cut);
        }, text);
        ask(file, after, Math.floor(cursor * after.length));
      }),
      { numRuns: 300 },
    );
  }, 120_000);

  test('where it stands: references of every name in every example, whole', () => {
    const workspace = workspaceWith(texts);
    for (const [file] of examples) {
      const view = viewOf(`/study/${file}`, workspace)!;
      for (const { children = [], selectionRange } of symbolsOf(view)) {
        const lines = view.source.text.split('\n');
        const offset =
          lines.slice(0, selectionRange.start.line).join('\n').length + selectionRange.start.character + 1;
        expect(referencesAt(view, offset, true, workspace).length).toBeGreaterThan(0);
        expect(children).toBeInstanceOf(Array);
      }
    }
  });
});

/** What is offered in a file that ends there, or goes on below. */
const offered = (written: string) => {
  const head =
    'dml 1\nlet mix = ce\ndataset d { source: phantom }\nexperiment big { data: d model: unet }\nexperiment a {\n  ';
  return ['', '\n  batch: 4\n}\nexperiment b extends a {}\n'].map((behind) => {
    const { view, offset } = viewAt(`${head}${written}‸${behind}`);
    return completionsAt(view, offset).map(({ label }) => label);
  });
};

describe('in an unfinished file, with and without something below:', () => {
  test.each([
    ['an open brace', '', ['model', 'loss']],
    ['half a word', 'mo', ['model']],
    ['no value behind the colon', 'loss: ', ['ce', 'mix']],
    ['no value behind a colon above', 'loss:\n  model: ', ['unet']],
    ['an open call', 'model: unet(', ['depth', 'width']],
    ['an open call in a sum', 'loss: 0.25 ce + 0.75 dml1(smooth: 1, ', ['reduction']],
    ['nothing behind `on`', 'loss: ce on ', ['raters', 'labels', 'teacher']],
    ['nothing behind `+`', 'loss: 0.5 ce + ', ['dml1']],
    ['nothing behind `|>`', 'labels: raters |> ', ['average']],
    ['nothing behind `then`', 'schedule: warmup(1%) then ', ['poly']],
    ['nothing behind a comma', 'evaluate: dice, ', ['ece']],
    ['a bracket too many', 'loss: ce)\n  model: ', ['unet']],
    ['a text without its end above', 'start: weights("a.st\n  model: ', ['unet']],
    ['nothing behind a dot', 'loss: ce\n  model.', ['width']],
  ])('%s', (_, written, wanted) => {
    for (const labels of offered(written)) expect(labels).toEqual(expect.arrayContaining(wanted));
  });
});
