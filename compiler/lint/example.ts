import type { Diagnostic } from '../../grammar/diagnostic.ts';
import { format } from '../../grammar/format.ts';
import { parse } from '../../grammar/parser.ts';
import { type LintOptions, lint } from './lint.ts';

/** What the examples of rules stand behind. An odd number of raters, which no rule minds. */
export const prelude = `dml 1
let voted = raters |> majority
let mean = raters |> average
dataset shapes { source: phantom(raters: 5) }
protocol base {
  data: shapes  model: unet  loss: 0.25 ce + 0.75 dml1  optimizer: sgd(rate: 0.01)  train: 10 epochs
}
`;

/** What they can use. */
const usable: Readonly<Record<string, string>> = { 'other.dml': 'dml 1\nlet soft = raters |> average\n' };

/** What is found in an example. That no example needs all of the prelude is no finding. */
export async function findingsOfExample(
  text: string,
  options: Pick<LintOptions, 'registry' | 'witness'>,
  files: Readonly<Record<string, string>> = {},
): Promise<readonly Diagnostic[]> {
  const all = { ...usable, ...files };
  const read = (path: string) => (all[path] === undefined ? undefined : { path, text: all[path] });
  const source = { path: 'study.dml', text: prelude + text };
  const { diagnostics } = await lint(source, { ...options, read });
  return diagnostics.filter(
    ({ code, span }) =>
      code !== 'DML3501' || span.source.path !== source.path || span.start >= prelude.length,
  );
}

/** An example in the canonical layout, as people see it. */
export function layoutOf(text: string): string {
  const { value: tree } = parse({ path: 'example.dml', text });
  return tree ? format(tree) : `${text}\n`;
}
