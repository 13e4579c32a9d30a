import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { check } from '../../compiler/check/check.ts';
import { ownComponent, withOwn } from '../../compiler/check/own.ts';
import { compile } from '../../runtime/own/typescript/compile.ts';
import { openProgram } from '../../runtime/own/typescript/program.ts';
import { readSignatures } from '../../runtime/own/typescript/signatures.ts';
import { registry } from '../../runtime/registry.generated.ts';
import { root, temporaryFolder } from '../support/dml.ts';

const text = readFileSync(path.join(root, 'docs/own-components.md'), 'utf8');
const blocks = (language: string) =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map((match) => match[1]!);
const types = readFileSync(path.join(root, 'dist/api.d.ts'), 'utf8');

const read = (block: string) => {
  const program = openProgram(
    { job: 'compile', main: 'own.ts', root: temporaryFolder({ 'own.ts': block }) },
    types,
  );
  return { ...readSignatures(program), errors: compile(program).errors };
};

test('the components that the guide shows are components, and their types hold', () => {
  const found = blocks('ts').map(read);
  expect(
    found.flatMap(({ problems, errors }) => [...problems, ...errors.map(({ message }) => message)]),
  ).toEqual([]);
  expect(found.flatMap(({ components }) => components.map(({ name }) => name))).toEqual([
    'margin',
    'tenths',
    'absolute_error',
  ]);
});

test('the experiment that the guide shows is right', () => {
  const { components, problems } = read(blocks('ts')[0]!);
  const source = { path: 'study.dml', text: blocks('dml')[0]! };
  const signatures = { components, code: '0', problems };
  const used = (file: string) => ({ path: file, text: '' });
  expect(check(source, { registry, read: used, components: () => signatures }).diagnostics).toEqual([]);
  const all = withOwn(
    registry,
    components.map((each) => ownComponent(each, each.name, '0')),
  );
  expect(all.loss.margin?.code).toBe('0');
});
