import { parse } from '../../grammar/parser.ts';
import type { Source } from '../../grammar/source.ts';
import { languageVersion } from '../check/version.ts';
import { fromSketch } from './from-sketch.ts';

/** Brings a text from one version of the language to the next, without its version line. */
export interface Upgrade {
  readonly from: number;
  readonly rewrite: (source: Source) => string;
}

/** One for each version before the newest; 0 is that of files without a version line. */
const upgrades: readonly Upgrade[] = [fromSketch];

/** The version that a text says; 0 if it says none. */
export const versionOf = (source: Source): number => parse(source).value?.version?.value ?? 0;

/** The text in the newest version of the language, with the line that says it. Of a newer one it stays as it is. */
export function upgrade(source: Source): { readonly from: number; readonly text: string } {
  const from = versionOf(source);
  if (from >= languageVersion) return { from, text: source.text };
  const text = upgrades
    .filter((each) => each.from >= from)
    .reduce((before, { rewrite }) => rewrite({ ...source, text: before }), source.text);
  return { from, text: withVersion({ ...source, text }) };
}

function withVersion(source: Source): string {
  const line = `dml ${languageVersion}`;
  const { text } = source;
  const written = parse(source).value?.version;
  if (written) return text.slice(0, written.span.start) + line + text.slice(written.span.end);
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  return `${text.slice(0, start)}${line}\n\n${text.slice(start)}`;
}
