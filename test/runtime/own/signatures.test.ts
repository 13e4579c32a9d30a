import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { codeOf } from '../../../runtime/own/code.ts';
import { openProgram } from '../../../runtime/own/typescript/program.ts';
import { readSignatures } from '../../../runtime/own/typescript/signatures.ts';
import { temporaryFolder } from '../../support/dml.ts';
import { gapFile } from '../../support/own.ts';

const types = `export type Value = { readonly shape: readonly number[] };
export type LossInputs = { readonly probabilities: Value; readonly labels: Value };
export type ModelInputs = {}; export type LabelMap = Float64Array; export interface Metric<Part> { of: Part }
export interface SharedOptions {
  /** Shared. @minimum 0 @default 0.5 */
  readonly shared?: number;
}`;

function read(files: Readonly<Record<string, string>>, main = 'own.ts') {
  const root = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
  }
  const answer = readSignatures(openProgram({ job: 'read', main, root }, types));
  return {
    ...answer,
    said: answer.problems.map(({ path: file, line, message }) => `${file}:${line} ${message}`),
  };
}

test('several components of a file have their own names, and families by their types', () => {
  const { components, problems } = read({
    'own.ts': `import type { LabelMap as Map, LossInputs, Metric, ModelInputs, Value } from 'dml';
import type * as dml from 'dml';
/** One. @labels soft */ export function one(inputs: LossInputs): Value { return inputs.labels; }
/** Two. @labels hard */ export function two(inputs: dml.LossInputs): Value { return inputs.labels; }
/** Three. */ export function three(inputs: ModelInputs) { return {}; }
/** Four. @gives soft */ export function four(labels: Map) { return labels; }
/** Five. @gives hard */ export function five(raters: readonly Map[]) { return raters[0]; }
/** Six. */ export function six(): Metric<number> { return { of: 1 }; }
/** A helper. */ export function helper(x: number) { return x; }
export const constant = 3;`,
  });
  expect(problems).toEqual([]);
  expect(components.map(({ family, name, tags }) => [family, name, tags.takes])).toEqual([
    ['loss', 'one', undefined],
    ['loss', 'two', undefined],
    ['model', 'three', undefined],
    ['label', 'four', 'labels'],
    ['label', 'five', 'raters'],
    ['metric', 'six', undefined],
  ]);
});

test('options of "dml" that are handed on have the defaults of "dml"', () => {
  const { components, problems } = read({
    'own.ts': `import type { LossInputs, SharedOptions, Value } from 'dml';
export interface OneOptions extends SharedOptions {
  /** Own. */ readonly own?: boolean;
}
/** One. @labels soft */
export function one(inputs: LossInputs, { own = true, ...rest }: OneOptions = {}): Value { return inputs.labels; }`,
  });
  expect(problems).toEqual([]);
  expect(components[0]!.parameters.map(({ name, default: value }) => [name, value])).toEqual([
    ['own', true],
    ['shared', 0.5],
  ]);
});

test.each([
  [
    'no component',
    { 'own.ts': 'export const a = 1;' },
    /^own.ts:1 There is no component in this file\. A loss is/,
  ],
  ['no doc comment', { 'own.ts': gapFile({ doc: '' }) }, /^own.ts:8 'gap' has no doc comment/],
  [
    'an option of an unknown type',
    { 'own.ts': gapFile().replace('power?: number', 'power?: Date') },
    /^own.ts:\d 'power'|^own.ts:5 Option 'power' has the type 'Date'/,
  ],
  [
    'a broken file',
    { 'own.ts': `${gapFile()}\nconst a = ;` },
    /^own.ts:12 This cannot be read as TypeScript: Expression expected/,
  ],
  [
    'a missing import',
    { 'own.ts': gapFile({ imports: "import './not-there.ts';" }) },
    /^own.ts:2 "\.\/not-there\.ts": There is no such file/,
  ],
  [
    'a package',
    { 'own.ts': gapFile({ imports: "import fs from 'node:fs';" }) },
    /^own.ts:2 "node:fs" is imported\. A component may import "dml"/,
  ],
  [
    'a type of a package',
    { 'own.ts': gapFile({ imports: "type A = import('lodash').A;" }) },
    /^own.ts:2 "lodash" is imported/,
  ],
  [
    'an import that is computed',
    { 'own.ts': gapFile({ body: 'import("./a" + ".ts"); return labels;' }) },
    /^own.ts:9 An import must name its file/,
  ],
  [
    'an import from outside',
    { 'own.ts': gapFile({ imports: "import '../elsewhere.ts';" }) },
    /^own.ts:2 "\.\.\/elsewhere\.ts" lies outside the project/,
  ],
  [
    'an import without .ts',
    { 'own.ts': gapFile({ imports: "import './other';" }) },
    /write the name of a TypeScript file/,
  ],
  [
    'a name that the language cannot write',
    { 'own.ts': gapFile({ name: '$gap' }) },
    /^own.ts:8 '\$gap' is no name of the language/,
  ],
  [
    'a name that the language keeps',
    { 'own.ts': gapFile({ name: 'vary' }) },
    /^own.ts:8 'vary' is a reserved word/,
  ],
  [
    'a wrong tag',
    { 'own.ts': gapFile({ doc: '/** Gap. @labels sofft */' }) },
    /@labels of 'gap' is 'sofft', expected hard or soft/,
  ],
  [
    'a default export',
    { 'own.ts': gapFile().replace('export function gap', 'export default function gap') },
    /not as default/,
  ],
  [
    'a function in a variable',
    {
      'own.ts':
        "import type { LossInputs } from 'dml';\nexport const gap = (inputs: LossInputs) => inputs.labels;",
    },
    /^own.ts:2 'gap' must be a function declaration/,
  ],
  [
    'a component of another file',
    { 'own.ts': "export { gap } from './other.ts';", 'other.ts': gapFile() },
    /^own.ts:1 'gap' is a loss of another file/,
  ],
  [
    'a mistake in a file that it imports',
    { 'own.ts': gapFile({ imports: "import './other.ts';" }), 'other.ts': 'const = 1;' },
    /^other.ts:1 This cannot be read/,
  ],
  [
    'an option called code',
    { 'own.ts': gapFile({ options: '{ power = 1 }: GapOptions = {}' }).replaceAll('power', 'code') },
    /No option may be called 'code'/,
  ],
])('%s is said at its line', (_, files, message) => {
  const { said } = read(files as Readonly<Record<string, string>>);
  expect(said[0]).toMatch(message);
});

test('names of the prototypes of objects are names like others', () => {
  const { components, problems } = read({
    'own.ts': `${gapFile({ name: '__proto__' })}
/** Gap. @labels soft */ export function constructor(inputs: LossInputs): Value { return inputs.labels; }
/** Gap. @labels soft */ export function toString(inputs: LossInputs): Value { return inputs.labels; }`,
  });
  expect(problems).toEqual([]);
  expect(components.map(({ name }) => name).sort()).toEqual(['__proto__', 'constructor', 'toString']);
});

test('files that import each other in a circle are read once each', () => {
  const { components, files, problems } = read({
    'own.ts': gapFile({ imports: "import { a } from './lib/a.ts';\nexport const b = () => a;" }),
    'lib/a.ts': "import { b } from '../own.ts';\nexport const a = () => b;",
  });
  expect(problems).toEqual([]);
  expect(components).toHaveLength(1);
  expect(files.map(({ path: file }) => file)).toEqual(['own.ts', 'lib/a.ts']);
});

test('a link that leaves the project is not followed', () => {
  const elsewhere = temporaryFolder({ 'secret.ts': 'export const a = 1;' });
  const root = temporaryFolder({ 'own.ts': gapFile({ imports: "import './link.ts';" }) });
  symlinkSync(path.join(elsewhere, 'secret.ts'), path.join(root, 'link.ts'));
  const { problems, files } = readSignatures(openProgram({ job: 'read', main: 'own.ts', root }, types));
  expect(problems[0]!.message).toMatch(/a link to a file outside the project/);
  expect(files.at(-1)).toEqual({ path: 'link.ts', hash: null });
});

test('a file of 1 MB is read, one of more than 2 MB is not', () => {
  const filler = `export const table = [${'0.123456,'.repeat(110_000)}];\n`;
  expect(read({ 'own.ts': gapFile() + filler }).components).toHaveLength(1);
  expect(read({ 'own.ts': gapFile() + filler.repeat(3) }).said[0]).toMatch(/more than 2 MB/);
});

test('the code is that of the file and its imports, wherever it lies and whatever it is called', () => {
  const files = { 'own.ts': gapFile({ imports: "import './lib/a.ts';" }), 'lib/a.ts': 'export const a = 1;' };
  const moved = { 'x/y.ts': files['own.ts'], 'x/lib/a.ts': files['lib/a.ts'] };
  const code = codeOf(read(files).files);
  expect(codeOf(read(moved, 'x/y.ts').files)).toBe(code);
  expect(codeOf(read({ ...files, 'lib/a.ts': 'export const a = 2;' }).files)).not.toBe(code);
});
