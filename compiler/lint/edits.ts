import { type Edit, type Fix, replacing } from '../../grammar/diagnostic.ts';
import type { Span } from '../../grammar/source.ts';
import type { Measure, Term, Use } from '../experiment.ts';

/** What stands at a span. */
export const textAt = ({ source, start, end }: Span): string => source.text.slice(start, end);

/** Writes a value for an option of a component that is written at its span, whether the option is written or not. */
export function settingOption(use: Use, option: string, value: string): Fix | undefined {
  const title = `Write \`${option}: ${value}\``;
  const call = callAt(use);
  if (!call) return undefined;
  const found = new RegExp(`(?<=[(,\\s])${option}\\s*:\\s*`).exec(call.text);
  if (found) {
    const start = call.span.start + found.index + found[0].length;
    const end = start + lengthOfValue(call.text.slice(found.index + found[0].length));
    return end > start ? replacing(title, { ...call.span, start, end }, value) : undefined;
  }
  const { source, end } = call.span;
  const at = (place: number, replacement: string) =>
    replacing(title, { source, start: place, end: place }, replacement);
  if (!call.text.endsWith(')')) return at(end, `(${option}: ${value})`);
  const isEmpty = /\(\s*\)$/.test(call.text);
  return at(end - 1, isEmpty ? `${option}: ${value}` : `, ${option}: ${value}`);
}

/** Another component in the place of one, with the same options. */
export function renaming({ name, span }: Use, other: string): Fix | undefined {
  const found = textAt(span).startsWith(name) ? name.length : 0;
  return found > 0 ? replacing(`Write \`${other}\``, { ...span, end: span.start + found }, other) : undefined;
}

/** The span of a component, if just its name, or its name and options, stand there. */
function callAt({ name, span }: Use): { readonly span: Span; readonly text: string } | undefined {
  const text = textAt(span);
  if (!text.startsWith(name) || text.includes('#')) return undefined;
  const rest = text.slice(name.length);
  return rest === '' || /^\s*\(.*\)$/s.test(rest) ? { span, text } : undefined;
}

/** Up to the comma or bracket that ends it. */
function lengthOfValue(text: string): number {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const character = text[i]!;
    if (depth === 0 && /[,)\]]/.test(character)) return text.slice(0, i).trimEnd().length;
    if (/[([]/.test(character)) depth++;
    if (/[)\]]/.test(character)) depth--;
  }
  return 0;
}

/**
 * Takes an item out of a list, with the comma or sign that joins it to its neighbour; `undefined` where none is
 * beside it.
 */
export function removal(span: Span, joint: RegExp, title: string): Fix | undefined {
  const { text } = span.source;
  const before = new RegExp(`(?:${joint.source})\\s*$`).exec(text.slice(0, span.start));
  if (before) {
    const head = text.slice(0, before.index);
    const end = head.trimEnd().length;
    // What follows must not come to stand behind a comment.
    const isCommented = head.slice(head.lastIndexOf('\n', end - 1) + 1, end).includes('#');
    return replacing(title, { ...span, start: isCommented ? before.index : end }, '');
  }
  const after = new RegExp(`^\\s*(?:${joint.source})\\s*`).exec(text.slice(span.end));
  return after ? replacing(title, { ...span, end: span.end + after[0].length }, '') : undefined;
}

const number = String.raw`(?<number>[\d.]+(?:e-?\d+)?(?:\/\d+)?%?)\s*(?:\*\s*)?`;
const numberBefore = new RegExp(`(?<![\\w.])${number}$`);
const numberFirst = new RegExp(`^${number}(?=[a-zA-Z_])`);

/** The place of the weight of a term, empty for 1; `undefined` where something else than the term gives it. */
function weightPlace({ weight, span }: Term): Span | undefined {
  const inside = numberFirst.exec(textAt(span));
  const before = inside ? null : numberBefore.exec(span.source.text.slice(0, span.start));
  const written = inside ?? before;
  if (!written) return weight === 1 ? { ...span, end: span.start } : undefined;
  if (Math.abs(numberOf(written.groups!.number!) - weight) > 1e-12) return undefined;
  const start = inside ? span.start : span.start - written[0].length;
  return { ...span, start, end: start + written[0].length };
}

/** A term with its weight. */
export function weightedSpan(term: Term): Span | undefined {
  const place = weightPlace(term);
  return place && { ...place, end: term.span.end };
}

function numberOf(text: string): number {
  const [over = '', under = '1'] = text.replace('%', '').split('/');
  return (Number(over) / Number(under)) * (text.endsWith('%') ? 0.01 : 1);
}

/** Writes a weight before a term; 1 is left out. */
export function weighing(term: Term, weight: number): Edit | undefined {
  const span = weightPlace(term);
  return span && { span, replacement: weight === 1 ? '' : `${weight} ` };
}

/** One fix of several edits, if all of them can be made. */
export const together = (
  title: string,
  safe: boolean,
  edits: readonly (Edit | undefined)[],
): Fix | undefined =>
  edits.every((edit) => edit !== undefined) && edits.length > 0 ? { title, safe, edits } : undefined;

/** The metric alone, so that it is measured on what it is made for; `undefined` where no truth is written beside it. */
export function withUsualTruth({ metric, span }: Measure): Fix | undefined {
  const isBeside = metric.span.source === span.source && metric.span.start === span.start;
  if (!isBeside || metric.span.end >= span.end) return undefined;
  return replacing(`Measure \`${metric.name}\` on its usual truth`, { ...span, start: metric.span.end }, '');
}

/** Takes a declaration or statement away; with the whole line, where it stands alone on it. */
export function withLine(span: Span, title: string): Fix {
  const { text } = span.source;
  const from = text.lastIndexOf('\n', span.start - 1) + 1;
  const next = text.indexOf('\n', span.end);
  const to = next < 0 ? text.length : next + 1;
  const isAlone = text.slice(from, span.start).trim() === '' && text.slice(span.end, to).trim() === '';
  const blanks = /^[ \t]*/.exec(text.slice(span.end))![0].length;
  const place = isAlone ? { start: from, end: to } : { start: span.start, end: span.end + blanks };
  return { title, edits: [{ span: { ...span, ...place }, replacement: '' }], safe: true };
}
