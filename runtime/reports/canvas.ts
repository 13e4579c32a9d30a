import type { Bitmap } from '../data/images/encode-png.ts';
import { glyph, glyphSize } from './font.ts';

export type Color = readonly [red: number, green: number, blue: number];

/** Distance between letters and between lines, in pixels of the font. */
const advance = glyphSize.width + 1;
const lineHeight = glyphSize.height + 2;

/** Something to draw on: 8-bit RGB. What lies outside is cut off. */
export class Canvas {
  readonly bitmap: Bitmap & { readonly channels: 3 };

  constructor(width: number, height: number, paper: Color) {
    this.bitmap = { height, width, channels: 3, data: new Uint8Array(height * width * 3) };
    this.fill(0, 0, width, height, paper);
  }

  fill(left: number, top: number, width: number, height: number, color: Color): void {
    const right = Math.min(this.bitmap.width, left + width);
    const bottom = Math.min(this.bitmap.height, top + height);
    for (let y = Math.max(0, top); y < bottom; y++)
      for (let x = Math.max(0, left); x < right; x++) this.pixel(x, y, color);
  }

  /** One pixel, which must be on the canvas. */
  pixel(column: number, row: number, [red, green, blue]: Color): void {
    const { data, width } = this.bitmap;
    const at = (row * width + column) * 3;
    data[at] = red;
    data[at + 1] = green;
    data[at + 2] = blue;
  }

  /** Lines of text with their top left corner here. */
  text(left: number, top: number, lines: readonly string[], scale: number, ink: Color): void {
    for (const [row, line] of lines.entries())
      for (const [column, character] of [...line].entries())
        this.#letter(left + column * advance * scale, top + row * lineHeight * scale, character, scale, ink);
  }

  #letter(left: number, top: number, character: string, scale: number, ink: Color): void {
    for (const [y, row] of glyph(character).entries())
      for (const [x, dot] of [...row].entries())
        if (dot === '#') this.fill(left + x * scale, top + y * scale, scale, scale, ink);
  }
}

/** Height of so many lines. */
export function textHeight(lines: number, scale: number): number {
  return lines * lineHeight * scale;
}

/** Width of so many letters. */
export function textWidth(letters: number, scale: number): number {
  return letters * advance * scale;
}

/** Lines no wider than that, broken between words; a longer word is cut. */
export function wrap(text: string, width: number, scale: number): string[] {
  const most = Math.max(1, Math.floor(width / (advance * scale)));
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= most)
      lines[lines.length - 1] = `${line} ${word}`;
    else for (let at = 0; at === 0 || at < word.length; at += most) lines.push(word.slice(at, at + most));
  }
  return lines;
}
