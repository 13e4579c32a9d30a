import { expect, test } from 'vitest';
import { GraphBuilder } from '../../../compiler/graph/builder.ts';
import type { Family } from '../../../compiler/registry.ts';
import type { OwnProgram } from '../../../runtime/own/compile.ts';
import { guarded } from '../../../runtime/own/guard.ts';

const program: OwnProgram = { code: 'c0de', file: 'own.ts', main: 'own.ts', modules: [] };
const guard = (family: Family, fn: (...inputs: never[]) => unknown) =>
  guarded({ family, name: 'mine' }, program, fn);

const builder = new GraphBuilder();
const probabilities = builder.input('x', [2, 1, 4]);
const inputs = { probabilities };
const context = { classes: 2, height: 1, width: 2, keep: [1, 0] };
const labels = Float64Array.of(0.25, 7, 0.75, 7);

test.each<[string, Family, unknown, readonly unknown[], RegExp]>([
  [
    'a loss that gives nothing',
    'loss',
    undefined,
    [inputs],
    /`mine` must return one number as a node.*returned undefined/,
  ],
  ['a loss that gives a number', 'loss', 0.5, [inputs], /returned the number 0.5/],
  [
    'a loss that gives one value a class',
    'loss',
    probabilities,
    [inputs],
    /returned one of shape \[2, 1, 4\]/,
  ],
  ['a loss of another graph', 'loss', new GraphBuilder().input('x', []), [inputs], /returned an object/],
  ['a loss that gives a promise', 'loss', Promise.resolve(1), [inputs], /returned an object \(Promise\)/],
  ['a step that gives a list', 'label', [1, 2], [labels, context], /labels as a Float64Array of 2 × 2/],
  ['a step that gives too few', 'label', new Float64Array(3), [labels, context], /returned 3 numbers/],
  [
    'a step that gives NaN',
    'label',
    Float64Array.of(Number.NaN, 0, 1, 0),
    [labels, context],
    /NaN for class 0 at row 0, column 0/,
  ],
  [
    'a step that loses mass',
    'label',
    Float64Array.of(0.25, 0, 0.25, 0),
    [labels, context],
    /a sum of 0.5 at row 0, column 0/,
  ],
  [
    'a model without main',
    'model',
    { aux: probabilities },
    [{ image: builder.input('i', [1, 2, 2, 1]), classes: 2 }],
    /heads, at least `main`/,
  ],
  ['a metric that is none', 'metric', 0.5, [{}], /a metric, \{ of\(scored\), value\(parts\) \}/],
])('%s is told', (_, family, result, given, message) => {
  expect(() => guard(family, () => result)(...given)).toThrow(message);
});

test('what an ignored pixel holds is not looked at', () => {
  expect(guard('label', (given: Float64Array) => given)(labels, context)).toEqual(labels);
});

test('a step gets copies: what it changes is its own', () => {
  const spoil = (given: Float64Array) => given.fill(0.5);
  guard('label', spoil)(labels, context);
  expect(labels[0]).toBe(0.25);
});

test('a metric that gives NaN is told when it does', () => {
  const metric = guard('metric', () => ({ of: () => 1, value: () => Number.NaN }))({}) as {
    value: (parts: readonly number[]) => number;
  };
  expect(() => metric.value([1])).toThrow(/must return a finite number from `value`.*the number NaN/);
});

test('an error that says what to do goes through as it is', () => {
  const error = Object.assign(new Error('no'), { help: 'Do it.' });
  const fail = () => {
    throw error;
  };
  expect(() => guard('loss', fail)(inputs)).toThrow(error);
});
