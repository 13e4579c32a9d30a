import { describe, expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import {
  definitionAt,
  isName,
  isTaken,
  referencesAt,
  renamedAt,
  renaming,
} from '../../editors/server/navigation.ts';
import { symbolsOf } from '../../editors/server/symbols.ts';
import { viewOf } from '../../editors/server/view.ts';
import { viewAt, workspaceWith } from '../support/view.ts';

const shared = 'dml 1\nlet mix = 0.25 ce + 0.75 dml1\nprotocol base { loss: mix }\n';
const main = `dml 1
use "./shared.dml"
experiment a extends base {
  loss: 0.5 mix + 0.5 ce
}
sweep s of a {
  let w in [0, 1]
  vary loss in [w * mix + (1 - w) * ce]
}
`;
const files = {
  'a.dml': main,
  'shared.dml': shared,
  'b.dml': 'dml 1\nuse "./shared.dml" as x\nlet half = 0.5 x.mix\n',
};

/** With the cursor right behind the first occurrence of a stretch of the main file. */
const behind = (text: string) => {
  const cursor = main.indexOf(text) + text.length;
  return {
    ...viewAt(`${main.slice(0, cursor)}‸${main.slice(cursor)}`, files),
    workspace: workspaceWith(files),
  };
};
const file = (name: string) => `file:///study/${name}`;

test('a name leads to its declaration, in this file or another, and a use to its file', () => {
  const at = (text: string) => {
    const { view, offset, workspace } = behind(text);
    return definitionAt(view, offset, workspace);
  };
  expect(at('0.5 mi')).toEqual({
    uri: file('shared.dml'),
    range: { start: { line: 1, character: 4 }, end: { line: 1, character: 7 } },
  });
  expect(at('extends base')).toMatchObject({
    uri: file('shared.dml'),
    range: { start: { line: 2, character: 9 } },
  });
  expect(at('sweep s of a')).toMatchObject({
    uri: file('a.dml'),
    range: { start: { line: 2, character: 11 } },
  });
  expect(at('[w')).toMatchObject({ uri: file('a.dml'), range: { start: { line: 6, character: 6 } } });
  expect(at('use "./sha')).toMatchObject({ uri: file('shared.dml'), range: { start: { line: 0 } } });
  expect(at('+ 0.5 c')).toBeNull();
});

test('references are found in all files that use the declaration, below whatever name', () => {
  const { view, offset, workspace } = behind('0.5 mi');
  const all = referencesAt(view, offset, true, workspace);
  const places = all.map(({ uri, range }) => `${uri.split('/').at(-1)}:${range.start.line}`).sort();
  expect(places).toEqual(['a.dml:3', 'a.dml:7', 'b.dml:2', 'shared.dml:1', 'shared.dml:2']);
  expect(referencesAt(view, offset, false, workspace)).toHaveLength(4);
});

test('renaming changes every mention and nothing else', () => {
  const { view, offset, workspace } = behind('0.5 mi');
  const { changes = {} } = renaming(view, offset, 'blend', workspace) ?? {};
  expect(Object.keys(changes).sort()).toEqual(['a.dml', 'b.dml', 'shared.dml'].map(file));
  expect(changes[file('b.dml')]).toEqual([
    { range: { start: { line: 2, character: 17 }, end: { line: 2, character: 20 } }, newText: 'blend' },
  ]);
  expect(renamedAt(view, offset)).toEqual({
    start: { line: 3, character: 12 },
    end: { line: 3, character: 15 },
  });
  const ce = behind('+ 0.5 c');
  expect(renamedAt(ce.view, ce.offset)).toBeNull();
  expect(renaming(ce.view, ce.offset, 'x', workspace)).toBeNull();
});

test('a let of a sweep is renamed in its sweep alone', () => {
  const { view, offset, workspace } = behind('[w');
  expect(renaming(view, offset, 'v', workspace)?.changes?.[file('a.dml')]).toHaveLength(3);
});

test('a name that is taken, or that is none, is not given', () => {
  const { view, offset, workspace } = behind('0.5 mi');
  expect(['a', 'base', 'half', 'w'].map((name) => isTaken(view, offset, name, workspace))).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect(isTaken(view, offset, 'blend', workspace)).toBe(false);
  expect(['mix_2', 'let', '2mix', 'a b', ''].map(isName)).toEqual([true, false, false, false, false]);
});

test('symbols are the declarations, with their fields', () => {
  const symbols = symbolsOf(behind('use').view);
  expect(symbols.map(({ name, detail }) => [name, detail])).toEqual([
    ['a', 'experiment'],
    ['s', 'sweep'],
  ]);
  expect(symbols.map(({ children = [] }) => children.map(({ name }) => name))).toEqual([
    ['loss'],
    ['let w', 'vary loss'],
  ]);
});

test('a test set is found and renamed where its scores are named, and so is the arm before it', () => {
  const text = `dml 1
use "./sets.dml" as sets
dataset clinic { source: phantom }
experiment a { test: clinic, sets.ward  expect: clinic.dice > 0.5, lower(ward.dice) > 0 }
experiment b extends a {}
sweep s of a { vary batch in [1, 2] }
compare c of a, b, s { metrics: clinic.dice  expect: a.clinic.dice < b.dice, (batch: 1).clinic.dice > 0 }
`;
  const both = { 'a.dml': text, 'sets.dml': 'dml 1\ndataset ward { source: phantom }\n' };
  const places = (word: string) => {
    const cursor = text.indexOf(word) + word.length;
    const { view, offset } = viewAt(`${text.slice(0, cursor)}‸${text.slice(cursor)}`, both);
    const lines = text.split('\n');
    return referencesAt(view, offset, true, workspaceWith(both)).map(({ uri, range: { start, end } }) => {
      const line = uri.endsWith('a.dml') ? lines[start.line]! : '';
      return uri.endsWith('a.dml') ? `${start.line} ${line.slice(start.character, end.character + 3)}` : uri;
    });
  };
  expect(places('dataset clinic')).toEqual([
    ...['2 clinic { ', '3 clinic, s', '3 clinic.di', '6 clinic.di', '6 clinic.di', '6 clinic.di'],
  ]);
  expect(places('sets.ward')).toEqual(['3 ward  e', '3 ward.di', file('sets.dml')]);
  expect(places('extends a')).toEqual(['3 a { ', '4 a {}', '5 a { ', '6 a, b', '6 a.cl']);
});

describe('factors of sweeps', () => {
  const study = `dml 1
experiment a { loss: ce }
sweep s of a {
  let w in [0, 1]
  vary batch in [1, 2]
  vary loss in [w * ce + (1 - w) * dml1]
  except: (w: 0, batch: 2)
}
sweep t of a { let w in [0, 1] let v in [1, 2] vary loss in [w * ce, v * ce] }
`;
  const table = `dml 1
use "./s.dml"
compare c of s, t {
  rows: experiment, w
  columns: batch
  baseline: (w: 0)
  expect: lower((w: 1).dice - a.dice) > 0
}
`;
  const all = { 's.dml': study, 'c.dml': table };
  const within = (name: keyof typeof all, text: string) => {
    const start = all[name].indexOf(text) + text.length;
    const workspace = workspaceWith(all);
    return { view: viewOf(`/study/${name}`, workspace)!, offset: start, workspace };
  };
  const renamed = (name: keyof typeof all, text: string, to: string) => {
    const { view, offset, workspace } = within(name, text);
    const { changes = {} } = renaming(view, offset, to, workspace) ?? {};
    return Object.entries(changes).map(([uri, edits]) => {
      const key = uri.split('/').at(-1) as keyof typeof all;
      return TextDocument.applyEdits(TextDocument.create('', 'dml', 1, all[key]), edits);
    });
  };

  test('are known where rows, records and exceptions name them', () => {
    for (const text of ['experiment, w', 'baseline: (w', 'lower((w']) {
      const { view, offset, workspace } = within('c.dml', text);
      expect(definitionAt(view, offset, workspace), text).toMatchObject({
        uri: file('s.dml'),
        range: { start: { line: 3, character: 6 } },
      });
    }
    const { view, offset, workspace } = within('s.dml', 'except: (w');
    expect(definitionAt(view, offset, workspace)).toMatchObject({ range: { start: { line: 3 } } });
  });

  test('are renamed together where a comparison speaks of several, from whichever place', () => {
    const wanted = [table, study].map((text) => text.replaceAll(/\bw\b/g, 'share')).sort();
    for (const [name, text] of [
      ['s.dml', 'let w'],
      ['c.dml', 'experiment, w'],
      ['s.dml', 't of a { let w'],
    ] as const)
      expect(renamed(name, text, 'share').sort(), text).toEqual(wanted);
    expect(renamed('s.dml', 'let v', 'x')).toEqual([study.replaceAll(/\bv\b/g, 'x')]);
  });

  test('that are paths of fields are not renamed, and no let takes their name', () => {
    const { view, offset } = within('c.dml', 'columns: batch');
    expect(renamedAt(view, offset)).toBeNull();
    const w = within('s.dml', 'let w');
    expect(isTaken(w.view, w.offset, 'batch', w.workspace)).toBe(true);
  });

  test('an arm is renamed where a claim speaks of it', () => {
    const [first, second] = renamed('s.dml', 'experiment a', 'plain');
    expect([first, second].join('')).toContain('- plain.dice) > 0');
    expect([first, second].join('')).not.toMatch(/\ba\b/);
  });
});
