import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Diagnostic, edited } from '../../grammar/diagnostic.ts';
import { messages } from '../../grammar/messages.ts';
import { parse } from '../../grammar/parser.ts';
import { render } from '../../grammar/render.ts';
import { expectGolden, goldenCases } from '../golden.ts';

const root = path.join(import.meta.dirname, 'golden/messages');
const inputOf = (name: string) => ({
  path: 'input.dml',
  text: readFileSync(path.join(root, name, 'input.dml'), 'utf8'),
});

describe('what the user sees', () => {
  test.for(goldenCases(root))('%s', (name) => {
    const shown = render(parse(inputOf(name)).diagnostics, { colour: false });
    expectGolden(path.join(root, name, 'expected.txt'), shown);
  });
});

/** Files of the suite with more than one fault. */
const several: Readonly<Record<string, number>> = {
  'closing-too-many': 2,
  'dashes-and-ellipsis': 2,
  'misspelt-field-is-no-fault-of-the-text': 0,
  'misspelt-kind-is-no-fault-of-the-text': 0,
  'thirteen-faults': 13,
  'unknown-characters': 2,
};

test.for(goldenCases(root))('each fault of %s gives one message', (name) => {
  expect(parse(inputOf(name)).diagnostics).toHaveLength(several[name] ?? 1);
});

test.for(Object.entries(messages.entries))('the example of %s gives it', ([code, { example }]) => {
  const codes = parse({ path: 'example.dml', text: example }).diagnostics.map((found) => found.code);
  expect(codes).toEqual([code]);
});

const fixed = (text: string, diagnostics: readonly Diagnostic[]) =>
  edited(
    text,
    diagnostics.flatMap(({ fix }) => fix?.edits ?? []),
  );

test.for(goldenCases(root))('the fixes offered for %s leave only what has no fix', (name) => {
  const source = inputOf(name);
  const { diagnostics } = parse(source);
  const left = parse({ path: 'fixed.dml', text: fixed(source.text, diagnostics) }).diagnostics;
  expect(left.map(({ code }) => code)).toEqual(diagnostics.filter(({ fix }) => !fix).map(({ code }) => code));
});
