import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse, parseExpressions, parseSetting } from '../../grammar/parser.ts';
import { Rules } from '../../grammar/rules.ts';

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

test('expressions of the command line are read by the rules of the language', () => {
  const { value } = parseExpressions({ path: 'eval', text: '0.25 ce + 0.75 dml1, dice' });
  expect(value?.map(({ kind }) => kind)).toEqual(['binary', 'name']);
});

test('a setting is a path and its values', () => {
  const { value } = parseSetting({ path: '--set', text: 'model.width=16' });
  expect(value?.target.path.map(({ text }) => text)).toEqual(['model', 'width']);
  expect(value?.values).toMatchObject([{ kind: 'number', value: 16 }]);
});
