import { describe, expect, test } from 'vitest';
import { excerpt } from '../../grammar/excerpt.ts';
import { lineAt, positionAt } from '../../grammar/source.ts';

const mark = (source: { path: string; text: string }, start: number, end: number) => ({
  span: { source, start, end },
  label: '',
  primary: true,
});

describe('a line that is too long for any screen', () => {
  const source = { path: 'a.dml', text: `first\n${'x'.repeat(2000)}!${'y'.repeat(2000)}\nlast` };
  const at = source.text.indexOf('!');

  test('is shown around the mark, with signs where it was cut', () => {
    const [line] = excerpt(source, [mark(source, at, at + 1)]);
    expect(line!.number).toBe(2);
    expect(line!.text).toBe(`…${'x'.repeat(80)}!${'y'.repeat(159)}…`);
    const { from, width } = line!.underlines[0]!;
    expect(line!.text.slice(from, from + width)).toBe('!');
  });

  test('has a part for each mark, from left to right', () => {
    const parts = excerpt(source, [mark(source, at, at + 1), mark(source, 6, 7)]);
    expect(parts.map(({ number }) => number)).toEqual([2, 2]);
    expect(parts[0]!.text).toBe(`${'x'.repeat(160)}…`);
  });

  test('a short one is shown whole, once for all its marks', () => {
    const short = { path: 'a.dml', text: 'one two' };
    const lines = excerpt(short, [mark(short, 4, 7), mark(short, 0, 3)]);
    expect(lines).toMatchObject([
      {
        number: 1,
        text: 'one two',
        underlines: [
          { from: 0, width: 3 },
          { from: 4, width: 3 },
        ],
      },
    ]);
  });
});

test('places and lines count from 1, whatever ends a line', () => {
  const source = { path: 'a.dml', text: 'one\r\ntwo\n\nend' };
  const places = [0, 3, 5, 9, 10, 13].map((offset) => positionAt(source, offset));
  expect(places.map(({ line, column }) => `${line}:${column}`)).toEqual([
    '1:1',
    '1:4',
    '2:1',
    '3:1',
    '4:1',
    '4:4',
  ]);
  expect([1, 2, 3, 4].map((line) => lineAt(source, line).text)).toEqual(['one', 'two', '', 'end']);
});
