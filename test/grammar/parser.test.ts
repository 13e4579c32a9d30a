import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse, parseExpressions, parseSetting } from '../../grammar/parser.ts';
import { Rules } from '../../grammar/rules.ts';
import type { Argument, Expression } from '../../grammar/syntax.ts';

const shared = path.resolve(import.meta.dirname, '../../../shared/language');

test('the grammar has no ambiguity that Chevrotain can find', () => {
  expect(() => new Rules({ skipValidations: false })).not.toThrow();
});

describe.skipIf(!existsSync(shared))('the proposal', () => {
  test.for(existsSync(shared) ? readdirSync(shared) : [])('%s parses without error', (name) => {
    const text = readFileSync(path.join(shared, name), 'utf8');
    expect(parse({ path: name, text }).diagnostics).toEqual([]);
  });
});

/** A tree as an S-expression. */
function shape(node: Expression): string {
  switch (node.kind) {
    case 'number':
      return node.text;
    case 'size':
      return node.texts.join('x');
    case 'text':
      return `"${node.value}"`;
    case 'name':
      return node.path.map(({ text }) => text).join('.');
    case 'call':
      return `(${[shape(node.callee), ...node.arguments.map(named)].join(' ')})`;
    case 'list':
      return `[${node.items.map(named).join(' ')}]`;
    case 'tuple':
      return `{${node.items.map(named).join(' ')}}`;
    case 'group':
      return shape(node.inner);
    case 'member':
      return `(. ${shape(node.object)} ${node.name.text})`;
    case 'negation':
      return `(- ${shape(node.operand)})`;
    case 'scaled':
      return `(${shape(node.factor)} ${shape(node.operand)})`;
    case 'binary':
    case 'comparison':
      return `(${node.operator} ${shape(node.left)} ${shape(node.right)})`;
    case 'range':
      return `(.. ${shape(node.low)} ${shape(node.high)})`;
    case 'pipeline':
      return `(|> ${node.stages.map(shape).join(' ')})`;
    case 'sequence':
      return `(then ${node.phases.map(shape).join(' ')})`;
    case 'on':
      return `(on ${shape(node.subject)} ${shape(node.target)})`;
    case 'at':
      return `(at ${shape(node.subject)} ${node.head.text})`;
    case 'unreadable':
      return '?';
  }
}
const named = ({ name, value }: Argument) => (name ? `${name.text}:${shape(value)}` : shape(value));

test.for([
  ['0.5 mix + 0.5 mix on teacher', '(+ (0.5 mix) (0.5 (on mix teacher)))'],
  ['0.125 ce at aux on t', '(0.125 (on (at ce aux) t))'],
  ['w * ce + (1 - w) * dml1', '(+ (* w ce) (* (- 1 w) dml1))'],
  ['a - b - c', '(- (- a b) c)'],
  ['1/3 ce', '(1/3 ce)'],
  ['2 / w', '(/ 2 w)'],
  ['w / 2 / 3', '(/ (/ w 2) 3)'],
  ['-1/3', '(- 1/3)'],
  ['2/3 (a + b)', '(2/3 (+ a b))'],
  ['1.5 x 2 mm', '(1.5x2 mm)'],
  ['-15 degrees .. 15 degrees', '(.. (- (15 degrees)) (15 degrees))'],
  ['raters |> average |> smooth(0.1)', '(|> raters average (smooth 0.1))'],
  ['warmup(1%, from: 1e-6) then poly', '(then (warmup 1% from:1e-6) poly)'],
  ['dice on (raters |> majority)', '(on dice (|> raters majority))'],
  ['dice in 0.84 .. 0.88', '(in dice (.. 0.84 0.88))'],
  ['lower(a - b) > 5%', '(> (lower (- a b)) 5%)'],
  ['(labels: mean).bdice', '(. {labels:mean} bdice)'],
  ['clinic.dice', 'clinic.dice'],
  ['f().x', '(. (f) x)'],
  ['[(1, 2), (3, 4),]', '[{1 2} {3 4}]'],
])('%s is %s', ([text, expected]) => {
  expect(parseExpressions({ path: 'test', text: text! }).value?.map(shape)).toEqual([expected]);
});

test('line ends mean nothing: a number, a comma and a block end where the next statement begins', () => {
  const text = 'let a = 3 experiment e { batch: 8 evaluate: dice, bdice, seed: 0, x.y: 1 vary: 2 }';
  expect(parse({ path: 'test', text }).diagnostics).toHaveLength(1);
  const { value, diagnostics } = parse({ path: 'test', text: text.replace('vary', 'varies') });
  expect(diagnostics).toEqual([]);
  expect(value?.declarations).toMatchObject([
    { kind: 'let', value: { value: 3 } },
    {
      kind: 'block',
      statements: [
        { target: { path: [{ text: 'batch' }] } },
        { target: { path: [{ text: 'evaluate' }] }, values: [{}, {}] },
        { target: { path: [{ text: 'seed' }] } },
        { target: { path: [{ text: 'x' }, { text: 'y' }] } },
        { target: { path: [{ text: 'varies' }] } },
      ],
    },
  ]);
});

test('every node knows its place', () => {
  const text = 'let a = 0.5 (b |> c) + f(x: 1) on d';
  const [declaration] = parse({ path: 'test', text }).value?.declarations ?? [];
  const sum =
    declaration?.kind === 'let' && declaration.value.kind === 'binary' ? declaration.value : undefined;
  const places = [declaration, sum, sum?.left, sum?.right].map((node) =>
    text.slice(node?.span.start, node?.span.end),
  );
  expect(places).toEqual([text, '0.5 (b |> c) + f(x: 1) on d', '0.5 (b |> c)', 'f(x: 1) on d']);
});

test('the documentation of a block is the lines of ## right above it', () => {
  const text = '## not this\n\n## One.\n## Two.\nexperiment a {}\n## not this\n# but\nexperiment b {}\n';
  const docs = parse({ path: 'test', text }).value?.declarations.map(
    (block) => block.kind === 'block' && block.doc,
  );
  expect(docs).toEqual(['One.\nTwo.', undefined]);
});

test('expressions of the command line are read by the rules of the language', () => {
  const { value } = parseExpressions({ path: 'eval', text: '0.25 ce + 0.75 dml1, dice' });
  expect(value?.map(({ kind }) => kind)).toEqual(['binary', 'name']);
});

test('a setting is a path and its values', () => {
  const { value } = parseSetting({ path: '--set', text: 'model.width=16' });
  expect(value?.target.path.map(({ text }) => text)).toEqual(['model', 'width']);
  expect(value?.values).toMatchObject([{ kind: 'number', value: 16 }]);
});

test('what is wrong on the command line is told like in a file', () => {
  const faults = ['model.width 16', 'model.width: 16', 'model.width=', '=16', 'a=f(1'].map((text) =>
    parseSetting({ path: '--set', text }).diagnostics.map(({ message }) => message),
  );
  expect(faults).toEqual([
    ['Expected `=` after `model.width`, found `16`.'],
    ['A setting is written with `=`, found `:`.'],
    ['Expected a value after `=`, found the end.'],
    ['Expected a name, found `=`.'],
    ['This `(` is not closed.'],
  ]);
});
