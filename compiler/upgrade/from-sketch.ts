import { parse } from '../../grammar/parser.ts';
import type { Source } from '../../grammar/source.ts';
import type { Upgrade } from './upgrade.ts';

/** Forms that the parser knows how to correct: `batch 8` (a colon), `labels in […]` in a sweep (`vary`). */
const corrected = ['DML1010', 'DML1012'];

/** Forms that span a whole line, and what is written for them. */
const lines: readonly (readonly [form: RegExp, text: string])[] = [
  [/^([ \t]*dataset[ \t]+\w+)[ \t]*=[ \t]*(\S.*?)[ \t]*\{[ \t]*\n?/gm, '$1 {\n  source: $2\n'],
  [/^([ \t]*)data:?[ \t]+(\w+)[ \t]+fold[ \t]+(\w+)[ \t]*$/gm, '$1data: $2\n$1fold: $3'],
];

/**
 * The sketch of the language, which had no version line: `batch 8`, `dataset kidney = qubiq(…) { … }`, `data kidney fold 0`,
 * `labels in […]`. A file that is right as it is keeps its text.
 */
export const fromSketch: Upgrade = {
  from: 0,
  rewrite({ path, text }) {
    if (isRight({ path, text })) return text;
    const rewritten = lines.reduce((before, [form, replacement]) => before.replace(form, replacement), text);
    return correct({ path, text: rewritten });
  },
};

const isRight = (source: Source): boolean =>
  parse(source).diagnostics.every(({ severity }) => severity !== 'error');

function correct(source: Source): string {
  const edits = parse(source).diagnostics.flatMap(({ code, fix }) =>
    corrected.includes(code) ? (fix?.edits ?? []) : [],
  );
  if (edits.length === 0) return source.text;
  const text = [...edits]
    .sort((a, b) => b.span.start - a.span.start)
    .reduce(
      (before, { span, replacement }) => before.slice(0, span.start) + replacement + before.slice(span.end),
      source.text,
    );
  // What one correction lays open the next one sees; each takes an error away, so it ends.
  return correct({ ...source, text });
}
