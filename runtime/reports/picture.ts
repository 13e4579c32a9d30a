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
    height: shown(height, zoom) * zoom.scale,
    width: Math.max(shown(width, zoom) * zoom.scale, textWidth(9, textScale)),
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
    for (const [column, shade] of [image, image, mean, ...row.predictions.map(foreground)].entries())
      paint(sheet, left(column), top + caption, row.one, zoom, shade(row.one));
    for (let rater = 0; rater < ratersOf(row.one); rater++)
      outline(sheet, left(1), top + caption, row.one, zoom, rater);
  }
  legend(
    sheet,
    margin + head + gap + rows.length * pitch + gap,
    Math.max(...rows.map(({ one }) => ratersOf(one))),
  );
  return sheet.bitmap;
}

/** Of every `step`th pixel of the image in a row or column, a square of `scale` pixels of the sheet is drawn. */
interface Zoom {
  readonly step: number;
  readonly scale: number;
}

function zoomFor(length: number): Zoom {
  const [wanted, most] = [200, 320];
  return length > most
    ? { step: Math.ceil(length / most), scale: 1 }
    : { step: 1, scale: Math.max(1, Math.floor(wanted / length)) };
}

/** How many of so many pixels are drawn. */
function shown(length: number, { step }: Zoom): number {
  return Math.ceil(length / step);
}

/** Colour of a pixel of the image. */
type Shade = (pixel: number) => Color;

function image({ image: values, channels }: PreparedCase): Shade {
  const value = (pixel: number, c: number) => Math.round(((values[pixel * channels + c]! + 1) / 2) * 255);
  return (pixel) => {
    const first = value(pixel, 0);
    return channels === 3 ? [first, value(pixel, 1), value(pixel, 2)] : [first, first, first];
  };
}

/** The probabilities of the background that a rater drew. */
function backgroundOf({ raters, classes, height, width }: PreparedCase, rater: number): Float64Array {
  const pixels = height * width;
  return raters.subarray(rater * classes * pixels, rater * classes * pixels + pixels);
}

function mean(one: PreparedCase): Shade {
  const masks = Array.from({ length: ratersOf(one) }, (_, rater) => backgroundOf(one, rater));
  return (pixel) => level(1 - masks.reduce((sum, mask) => sum + mask[pixel]!, 0) / masks.length);
}

const foreground = (values: ArrayLike<number>) => (): Shade => (pixel) => level(1 - values[pixel]!);

function paint(
  sheet: Canvas,
  left: number,
  top: number,
  { height, width }: PreparedCase,
  zoom: Zoom,
  shade: Shade,
): void {
  const { step, scale: side } = zoom;
  for (let y = 0; y < shown(height, zoom); y++)
    for (let x = 0; x < shown(width, zoom); x++)
      sheet.fill(left + x * side, top + y * side, side, side, shade(y * step * width + x * step));
}

/** A line inside a rater's mask, beside what is outside of it. */
function outline(
  sheet: Canvas,
  left: number,
  top: number,
  one: PreparedCase,
  zoom: Zoom,
  rater: number,
): void {
  const { step, scale: side } = zoom;
  const background = backgroundOf(one, rater);
  const color = raterColor(rater);
  const [height, width] = [shown(one.height, zoom), shown(one.width, zoom)];
  const inside = (y: number, x: number) =>
    y >= 0 && x >= 0 && y < height && x < width && background[y * step * one.width + x * step]! < 0.5;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      if (!inside(y, x)) continue;
      const [atX, atY] = [left + x * side, top + y * side];
      if (!inside(y - 1, x)) sheet.fill(atX, atY, side, 1, color);
      if (!inside(y + 1, x)) sheet.fill(atX, atY + side - 1, side, 1, color);
      if (!inside(y, x - 1)) sheet.fill(atX, atY, 1, side, color);
      if (!inside(y, x + 1)) sheet.fill(atX + side - 1, atY, 1, side, color);
    }
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
