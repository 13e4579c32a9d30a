import { expect, test } from 'vitest';
import type { Bitmap } from '../../../runtime/data/images/encode-png.ts';
import type { PreparedCase } from '../../../runtime/data/prepared.ts';
import { Canvas, wrap } from '../../../runtime/reports/canvas.ts';
import { contactSheet } from '../../../runtime/reports/picture.ts';

const colorAt = ({ data, width }: Bitmap, column: number, row: number) => [
  ...data.subarray((row * width + column) * 3, (row * width + column) * 3 + 3),
];

/** Two raters, who differ at one pixel of 4 × 4. */
function prepared(height = 4, width = 4): PreparedCase {
  const pixels = height * width;
  const masks = [0, 1].map((rater) => Array.from({ length: pixels }, (_, i) => Number(i < 5 + rater)));
  return {
    id: 'shape1',
    height,
    width,
    channels: 1,
    classes: 2,
    image: Float32Array.from({ length: pixels }, (_, i) => (i === 0 ? 1 : -1)),
    labels: [],
    raters: Float64Array.from(masks.flatMap((mask) => [...mask.map((y) => 1 - y), ...mask])),
    keep: new Uint8Array(pixels).fill(1),
  };
}

test('letters are drawn as they look, below the base line too', () => {
  const canvas = new Canvas(12, 9, [255, 255, 255]);
  canvas.text(0, 0, ['Ag'], 1, [0, 0, 0]);
  const rows = Array.from({ length: 9 }, (_, y) =>
    Array.from({ length: 12 }, (_, x) => (colorAt(canvas.bitmap, x, y)[0] === 0 ? '#' : '.')).join(''),
  );
  expect(rows).toEqual([
    '.###........',
    '#...#.......',
    '#...#..####.',
    '#####.#...#.',
    '#...#.#...#.',
    '#...#.#...#.',
    '#...#..####.',
    '..........#.',
    '.......###..',
  ]);
});

test('titles break between words, and within a word that is too long', () => {
  expect(wrap('0.25 ce + 0.75 dml1', 15 * 6, 1)).toEqual(['0.25 ce + 0.75', 'dml1']);
  expect(wrap('a abcdefgh', 5 * 6, 1)).toEqual(['a', 'abcde', 'fgh']);
  expect(wrap('', 30, 1)).toEqual(['']);
});

test('a sheet shows image, raters, their mean and each prediction side by side', () => {
  const one = prepared();
  const sure = Float64Array.from([...new Array(16).fill(1), ...new Array(16).fill(0)]);
  const unsure = new Float64Array(32).fill(0.5);
  const sheet = contactSheet(['first', 'second'], [{ one, predictions: [sure, unsure] }]);
  // 4 pixels are shown 50-fold; margin 20, gap 10, one line of titles and one with the name of the case.
  const [zoom, top] = [50, 20 + 22 + 10 + 22];
  const cell = (column: number, x: number, y: number) =>
    colorAt(sheet, 20 + column * (4 * zoom + 10) + x * zoom + zoom / 2, top + y * zoom + zoom / 2);
  const [black, white] = [
    [0, 0, 0],
    [255, 255, 255],
  ];
  expect(sheet.width).toBe(2 * 20 + 5 * 200 + 4 * 10);
  expect([cell(0, 0, 0), cell(0, 3, 3)]).toEqual([white, black]);
  expect([cell(2, 0, 0), cell(2, 1, 1), cell(2, 3, 3)]).toEqual([white, [200, 60, 80], black]);
  expect([cell(3, 0, 0), cell(4, 0, 0)]).toEqual([black, [200, 60, 80]]);
  // The outline of the second rater runs along the upper edge; inside of it is the image.
  expect(colorAt(sheet, 20 + 210 + 75, top)).toEqual([86, 180, 233]);
  expect(cell(1, 0, 0)).toEqual(white);
});

test('large images are shown smaller, and those of other sizes fit in', () => {
  const big = prepared(640, 500);
  const small = prepared(320, 640);
  const flat = (one: PreparedCase) => new Float32Array(2 * one.height * one.width).fill(0.5);
  const sheet = contactSheet(
    ['p'],
    [big, small].map((one) => ({ one, predictions: [flat(one)] })),
  );
  expect(sheet.width).toBe(2 * 20 + 4 * 320 + 3 * 10);
  expect(sheet.data.length).toBe(sheet.width * sheet.height * 3);
});
