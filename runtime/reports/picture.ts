import type { Bitmap } from '../data/images/encode-png.ts';
import type { PreparedCase } from '../data/prepared.ts';
import { Canvas, type Color, textHeight, textWidth, wrap } from './canvas.ts';

/** One case of a contact sheet, as the network saw it. */
export interface SheetRow {
  readonly one: PreparedCase;
  /** One a prediction column: probabilities [class, pixel] of the window of `one`. */
  readonly predictions: readonly ArrayLike<number>[];
}

const white: Color = [255, 255, 255];
const black: Color = [0, 0, 0];
const grey: Color = [110, 110, 110];

/** Okabe and Ito's colours, which people of all kinds of colour vision tell apart. */
const raterColors: readonly Color[] = [
  [230, 159, 0],
  [86, 180, 233],
  [0, 158, 115],
  [240, 228, 66],
  [213, 94, 0],
  [204, 121, 167],
  [0, 114, 178],
];

/** Colours of 0, ¼, ½, ¾ and 1. */
const scale: readonly Color[] = [black, [72, 20, 110], [200, 60, 80], [250, 165, 40], white];

const textScale = 2;
const margin = 20;
const gap = 10;

/**
 * A picture to look at: a row a case; image, what each rater drew on it, the raters' mean, and the prediction of each
 * title. Mean and predictions are probabilities of the foreground: black is 0, white is 1, and what is between them is in colour.
 */
export function contactSheet(titles: readonly string[], rows: readonly SheetRow[]): Bitmap {
  const height = Math.max(...rows.map(({ one }) => one.height));
  const width = Math.max(...rows.map(({ one }) => one.width));
  const zoom = zoomFor(Math.max(height, width));
  const cell = {
    height: zoomed(height, zoom),
    width: Math.max(zoomed(width, zoom), textWidth(9, textScale)),
  };
  const columns = ['image', 'raters', "raters' mean", ...titles];
  const heads = columns.map((title) => wrap(title, cell.width, textScale));
  const head = textHeight(Math.max(...heads.map((lines) => lines.length)), textScale);
  const caption = textHeight(1, textScale);
  const pitch = caption + cell.height + gap;
  const foot = textHeight(1, textScale);
  const sheet = new Canvas(
    2 * margin + columns.length * (cell.width + gap) - gap,
    2 * margin + head + gap + rows.length * pitch + gap + foot,
    white,
  );
  const left = (column: number) => margin + column * (cell.width + gap);
  for (const [column, lines] of heads.entries()) sheet.text(left(column), margin, lines, textScale, black);
  for (const [index, row] of rows.entries()) {
    const top = margin + head + gap + index * pitch;
    sheet.text(margin, top, [row.one.id], textScale, grey);
    for (const [column, shade] of shades(row, zoom).entries())
      paint(sheet, left(column), top + caption, row.one, zoom, shade);
  }
  legend(
    sheet,
    margin + head + gap + rows.length * pitch + gap,
    Math.max(...rows.map(({ one }) => ratersOf(one))),
  );
  return sheet.bitmap;
}

/** Pixels on the sheet for one of the image if positive; if negative, every so many pixels one is shown. */
function zoomFor(length: number): number {
  const [wanted, most] = [200, 320];
  return length > most ? -Math.ceil(length / most) : Math.max(1, Math.floor(wanted / length));
}

function zoomed(length: number, zoom: number): number {
  return zoom > 0 ? length * zoom : Math.ceil(length / -zoom);
}

/** Colour at a place on the sheet, in the zoomed coordinates of the image. */
type Shade = (row: number, column: number) => Color;

function shades({ one, predictions }: SheetRow, zoom: number): Shade[] {
  const { classes, raters } = one;
  const pixels = one.height * one.width;
  const at = (row: number, column: number) =>
    zoom > 0
      ? Math.floor(row / zoom) * one.width + Math.floor(column / zoom)
      : row * -zoom * one.width + column * -zoom;
  const image: Shade = (row, column) => imageColor(one, at(row, column));
  const foreground =
    (values: ArrayLike<number>): Shade =>
    (row, column) =>
      level(1 - values[at(row, column)]!);
  const masks = Array.from({ length: ratersOf(one) }, (_, r) =>
    raters.subarray(r * classes * pixels, r * classes * pixels + pixels),
  );
  const outlined: Shade = (row, column) => {
    const drawn = masks.findLastIndex((background) => onOutline(background, at, row, column, one, zoom));
    return drawn < 0 ? image(row, column) : raterColor(drawn);
  };
  const mean: Shade = (row, column) => {
    const background = masks.reduce((sum, mask) => sum + mask[at(row, column)]!, 0) / masks.length;
    return level(1 - background);
  };
  return [image, outlined, mean, ...predictions.map(foreground)];
}

/** Inside the rater's mask, beside something outside of it. */
function onOutline(
  background: Float64Array,
  at: (row: number, column: number) => number,
  row: number,
  column: number,
  one: PreparedCase,
  zoom: number,
): boolean {
  const [height, width] = [zoomed(one.height, zoom), zoomed(one.width, zoom)];
  const inside = (y: number, x: number) =>
    y >= 0 && x >= 0 && y < height && x < width && background[at(y, x)]! < 0.5;
  if (!inside(row, column)) return false;
  return !(
    inside(row - 1, column) &&
    inside(row + 1, column) &&
    inside(row, column - 1) &&
    inside(row, column + 1)
  );
}

function imageColor({ image, channels }: PreparedCase, pixel: number): Color {
  const value = (c: number) => Math.round(((image[pixel * channels + c]! + 1) / 2) * 255);
  return channels === 3 ? [value(0), value(1), value(2)] : [value(0), value(0), value(0)];
}

/** A share as a colour: what lies between black and white stands out, and is lighter the larger it is. */
function level(share: number): Color {
  const at = Math.min(1, Math.max(0, share)) * (scale.length - 1);
  const below = Math.min(scale.length - 2, Math.floor(at));
  const [low, high] = [scale[below]!, scale[below + 1]!];
  const mix = (channel: 0 | 1 | 2) =>
    Math.round(low[channel] + (high[channel] - low[channel]) * (at - below));
  return [mix(0), mix(1), mix(2)];
}

function paint(
  sheet: Canvas,
  left: number,
  top: number,
  { height, width }: PreparedCase,
  zoom: number,
  shade: Shade,
): void {
  for (let row = 0; row < zoomed(height, zoom); row++)
    for (let column = 0; column < zoomed(width, zoom); column++)
      sheet.pixel(left + column, top + row, shade(row, column));
}

/** What black and white mean, and whose colour is whose. */
function legend(sheet: Canvas, top: number, raters: number): void {
  const swatch = textHeight(1, textScale) - 6;
  let left = margin;
  const say = (text: string, ink: Color) => {
    sheet.text(left, top, [text], textScale, ink);
    left += textWidth(text.length + 1, textScale);
  };
  say('probability 0', black);
  const bar = 10 * swatch;
  sheet.fill(left - 1, top - 1, bar + 2, swatch + 2, grey);
  for (let x = 0; x < bar; x++) sheet.fill(left + x, top, 1, swatch, level(x / (bar - 1)));
  left += bar;
  left += gap;
  say('1', black);
  left += gap;
  say(raters === 1 ? 'rater' : 'raters', black);
  for (let rater = 0; rater < raters; rater++) {
    sheet.fill(left, top, swatch, swatch, raterColor(rater));
    left += swatch + gap;
  }
}

function ratersOf({ raters, classes, height, width }: PreparedCase): number {
  return raters.length / (classes * height * width);
}

function raterColor(rater: number): Color {
  return raterColors[rater % raterColors.length]!;
}
