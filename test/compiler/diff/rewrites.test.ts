import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diff } from '../../../compiler/diff/diff.ts';
import { format } from '../../../grammar/format.ts';
import { parse } from '../../../grammar/parser.ts';
import type { Block, Expression, Field } from '../../../grammar/syntax.ts';
import { randomExperiment } from '../check/arbitrary.ts';
import { registry } from '../check/components.ts';
import { checkText } from '../check/support.ts';

/** Rewrites of a file after which its last experiment means the same. */
const rewrites: Readonly<Record<string, (text: string) => string>> = {
  'is formatted': (text) => format(parse({ path: 'main.dml', text }).value!),
  'is on one line': (text) => text.replaceAll(/^##.*$/gm, '').replaceAll(/\s*\n\s*/g, '  '),
  'has comments everywhere': (text) => text.replaceAll('\n', ' # why\n'),
  'takes its loss from a let': (text) =>
    changed(text, 'loss', (value) => ({ before: `let mix_of_it = ${value}\n`, value: 'mix_of_it' })),
  'takes its labels from a let in parentheses': (text) =>
    changed(text, 'labels', (value) => ({
      before: `let target_of_it = (${value})\n`,
      value: 'target_of_it',
    })),
  'adds its terms in another order': (text) =>
    changed(text, 'loss', (_, values) => ({ value: termsOf(values[0]!).reverse().join(' + ') })),
  'doubles what it halves': (text) => changed(text, 'loss', (value) => ({ value: `1/2 (2 (${value}))` })),
  'inherits all of its fields': (text) => `${text}\nexperiment heir extends random {}`,
  'says one of them again': (text) =>
    `${text}\nexperiment heir extends random { train: ${fieldOf(text, 'train').text} }`,
};

/** A field of the last block, and where its values stand. */
function fieldOf(text: string, name: string) {
  const { declarations } = parse({ path: 'main.dml', text }).value!;
  const block = declarations.findLast((each): each is Block => each.kind === 'block')!;
  const field = block.statements.find(
    (each): each is Field => each.kind === 'field' && each.target.path[0]!.text === name,
  )!;
  const [start, end] = [field.values[0]!.span.start, field.values.at(-1)!.span.end];
  return { start, end, text: text.slice(start, end), values: field.values };
}

/** The texts of the terms of a sum. */
const termsOf = (sum: Expression): string[] =>
  sum.kind === 'binary' && sum.operator === '+'
    ? [...termsOf(sum.left), ...termsOf(sum.right)]
    : [sum.span.source.text.slice(sum.span.start, sum.span.end)];

type Edit = (value: string, values: Field['values']) => { readonly before?: string; readonly value: string };

function changed(text: string, name: string, edit: Edit) {
  const field = fieldOf(text, name);
  const { before = '', value } = edit(field.text, field.values);
  const head = /^dml 1\s*/.exec(text)?.[0] ?? '';
  return `${head}${before}${text.slice(head.length, field.start)}${value}${text.slice(field.end)}`;
}

const last = (text: string) => checkText(text).value?.experiments.at(-1);

test.each(Object.entries(rewrites))('an experiment that %s is the same', (_, rewrite) => {
  fc.assert(
    fc.property(randomExperiment, (text) => {
      const [before, after] = [last(text)!, last(rewrite(text))];
      expect(after, rewrite(text)).toBeDefined();
      expect(diff(before, after!, registry)).toEqual([]);
    }),
    { numRuns: 15 },
  );
});
