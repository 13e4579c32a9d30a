import { describe, expect, test } from 'vitest';
import { type Diagnostic, replacing } from '../../grammar/diagnostic.ts';
import { render, toJson } from '../../grammar/render.ts';
import type { Source, Span } from '../../grammar/source.ts';

/** The text without its marks, and a span for each `«…»`. */
function marked(path: string, text: string): { source: Source; spans: Span[] } {
  const source = { path, text: text.replace(/[«»]/g, '') };
  const offsets = [...text.matchAll(/[«»]/g)].map((match, i) => match.index - i);
  const spans = offsets.flatMap((start, i) => (i % 2 === 0 ? [{ source, start, end: offsets[i + 1]! }] : []));
  return { source, spans };
}

const plain = (diagnostic: Diagnostic) => render([diagnostic], { colour: false });
const error = (span: Span, rest: Partial<Diagnostic> = {}): Diagnostic => ({
  code: 'DML1999',
  severity: 'error',
  span,
  message: 'Something is wrong.',
  ...rest,
});

describe('for people', () => {
  test('message, place, excerpt, carets, help', () => {
    const { spans } = marked('a.dml', 'experiment a {\n  batch: «eight»\n}\n');
    expect(plain(error(spans[0]!, { help: 'Write a number.' }))).toBe(
      `error[DML1999]: Something is wrong.
 --> a.dml:2:10
  |
2 |   batch: eight
  |          ^^^^^
  = help: Write a number.
`,
    );
  });

  test('related spans of the same file share the excerpt, far lines are skipped', () => {
    const lines = `experiment a «{»\n${'  batch: 8\n'.repeat(10)}«experiment» b {\n`;
    const { spans } = marked('a.dml', lines);
    const related = [{ span: spans[0]!, message: 'opened here' }];
    expect(plain(error(spans[1]!, { related }))).toBe(
      `error[DML1999]: Something is wrong.
  --> a.dml:12:1
   |
 1 | experiment a {
   |              - opened here
...
12 | experiment b {
   | ^^^^^^^^^^
`,
    );
  });

  test('spans of one line are underlined below each other', () => {
    const { spans } = marked('a.dml', '«let» a = «b»\n');
    const related = [{ span: spans[0]!, message: 'declared here' }];
    expect(plain(error(spans[1]!, { related }))).toContain(
      `1 | let a = b
  | --- declared here
  |         ^
`,
    );
  });

  test('a related span of another file has its own place', () => {
    const here = marked('a.dml', 'use «"./b.dml"»').spans[0]!;
    const there = marked('b.dml', '\nlet «mix» = ce').spans[0]!;
    expect(plain(error(here, { related: [{ span: there, message: 'the other' }] }))).toBe(
      `error[DML1999]: Something is wrong.
 --> a.dml:1:5
  |
1 | use "./b.dml"
  |     ^^^^^^^^^
 ::: b.dml:2:5
  |
2 | let mix = ce
  |     --- the other
`,
    );
  });

  test.for([
    ['tabs', '\t\tbatch: «x»', '1 |     batch: x\n  |            ^'],
    ['letters of two units', '  "😀" «x»', '1 |   "😀" x\n  |        ^'],
    ['wide letters', '"腎臓" «x»', '1 | "腎臓" x\n  |        ^'],
    ['combining marks', '"e\u0301" «x»', '1 | "e\u0301" x\n  |     ^'],
    ['control characters', '"\u001b[31m" «x»', '1 | "\ufffd[31m" x\n  |         ^'],
  ])('carets stand below the text after %s', ([, text, expected]) => {
    expect(plain(error(marked('a.dml', text!).spans[0]!))).toContain(expected);
  });

  test('Windows line ends leave no trace', () => {
    expect(plain(error(marked('a.dml', 'a\r\n«b»\r\nc').spans[0]!))).not.toContain('\r');
  });

  test('a span of several lines is underlined to the end of its first', () => {
    const { spans } = marked('a.dml', 'let a = «[1,\n  2]»\n');
    expect(plain(error(spans[0]!))).toContain('1 | let a = [1,\n  |         ^^^\n');
  });

  test('the end of an empty file has one caret', () => {
    expect(plain(error(marked('a.dml', '«»').spans[0]!))).toContain('1 |\n  | ^\n');
  });

  test('colour is used only where wanted', () => {
    const diagnostic = error(marked('a.dml', '«x»').spans[0]!);
    expect(render([diagnostic], { colour: true })).toContain('\u001b[31m');
    expect(render([diagnostic], { colour: false })).not.toContain('\u001b');
  });
});

test('for machines: plain data with lines and columns', () => {
  const { spans } = marked('a.dml', 'let a = «0.25ce»\n');
  const fix = replacing('Write `0.25 ce`', spans[0]!, '0.25 ce');
  const range = { start: { line: 1, column: 9 }, end: { line: 1, column: 15 } };
  expect(toJson(error(spans[0]!, { help: 'Write `0.25 ce`.', fix }))).toEqual({
    code: 'DML1999',
    severity: 'error',
    message: 'Something is wrong.',
    help: 'Write `0.25 ce`.',
    suggestions: [
      {
        title: 'Write `0.25 ce`',
        safe: false,
        edits: [{ file: 'a.dml', range, replacement: '0.25 ce' }],
      },
    ],
    file: 'a.dml',
    range,
    related: [],
  });
});
