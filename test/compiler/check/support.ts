import { type CheckOptions, check } from '../../../compiler/check/check.ts';
import type { Experiment } from '../../../compiler/experiment.ts';
import { Unreadable } from '../../../grammar/source.ts';
import { registry } from './components.ts';

/** What the examples of messages and rules stand behind. */
export const prelude = `dml 1
let voted = raters |> majority
let mean = raters |> average
dataset shapes { source: phantom }
protocol base {
  data: shapes  model: unet  loss: 0.25 ce + 0.75 dml1  optimizer: sgd(rate: 0.01)  train: 10 epochs
}
`;

/** Checks a text; other files are given by their path. */
export function checkText(
  text: string,
  {
    files = {},
    ...options
  }: Partial<CheckOptions> & { readonly files?: Readonly<Record<string, string>> } = {},
) {
  const read = (path: string) => {
    if (files[path]?.includes('\0')) throw new Unreadable(path, 'it is no text in UTF-8');
    return files[path] === undefined ? undefined : { path, text: files[path] };
  };
  return check({ path: 'main.dml', text }, { registry, read, ...options });
}

/** The last experiment of a text behind the prelude, which must be free of errors. */
export function experimentOf(text: string, options: Parameters<typeof checkText>[1] = {}): Experiment {
  const { value, diagnostics } = checkText(prelude + text, options);
  const experiment = value?.experiments.at(-1);
  if (!experiment) throw new Error(diagnostics.map(({ code, message }) => `${code} ${message}`).join('\n'));
  return experiment;
}

/** A value without the places where it was written. */
export const withoutSpans = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (key, part: unknown) => (key === 'span' ? undefined : part)) ?? 'null');

/** Codes of what is found in a text behind the prelude. */
export const codesOf = (text: string, options: Parameters<typeof checkText>[1] = {}): readonly string[] =>
  checkText(prelude + text, options).diagnostics.map(({ code }) => code);

/** What nests, and what is said of more of it than can be read. */
export const nestings = [
  ['(', 'DML1025'],
  ['[', 'DML1025'],
  ['a(', 'DML1025'],
  ['-', 'DML1026'],
] as const;
