import { Project } from 'ts-morph';
import { expect, test } from 'vitest';
import type { Family } from '../../../compiler/registry.ts';
import { readComponent } from '../../../compiler/signatures/read.ts';

function read(text: string, family: Family = 'loss', others: Record<string, string> = {}) {
  const project = new Project({ useInMemoryFileSystem: true, compilerOptions: { noLib: true } });
  for (const [path, content] of Object.entries(others)) project.createSourceFile(path, content);
  return readComponent(
    project.createSourceFile('/runtime/losses/gap.ts', text),
    family,
    'runtime/losses/gap.ts',
  );
}

const whole = `
/** How sums run. */
type Reduction = 'batch' | 'image';
export interface GapOptions {
  /** s, in pixels. @minimum 0 */
  smooth?: number;
  /** What is summed. */
  reduction?: Reduction;
  /** One weight a class. @exclusiveMinimum 0 */
  weights?: readonly number[] | 'auto';
  /** Reach of the kernel. */
  sigma: Pixels;
}
/**
 * The gap, i.e. |x − y|. A second sentence.
 *
 * @param x probabilities
 * @labels soft
 * @source somewhere
 */
export function gap(x: Value, { smooth = 1e-3, reduction = 'batch', weights = 'auto', sigma }: GapOptions) {}
`;

test('an option for an odd number says so', () => {
  const options = 'export interface GapOptions {\n/** Width. @integer @minimum 1 @odd */\nkernel?: number }';
  const { component } = read(
    `${options}\n/** Gap. @labels soft */\nexport function gap(x: Value, { kernel = 3 }: GapOptions) {}`,
  );
  expect(component?.parameters[0]?.type).toEqual({ kind: 'number', integer: true, minimum: 1, odd: true });
});

test.each([
  ['1e-7', 1e-7],
  ['1e-45', 1e-45],
  ['-2.5e3', -2500],
  ['0x10', 16],
  ['1_000', 1000],
])('a default of %s is that number', (text, value) => {
  const options = 'export interface GapOptions {\n/** Least. */\nfloor?: number }';
  const { component } = read(
    `${options}\n/** Gap. @labels soft */\nexport function gap(x: Value, { floor = ${text} }: GapOptions) {}`,
  );
  expect(component?.parameters[0]?.default).toBe(value);
});

test('a signature becomes a component, options in the order of the interface', () => {
  const { component, problems } = read(whole);
  expect(problems).toEqual([]);
  expect(component).toEqual({
    family: 'loss',
    name: 'gap',
    summary: 'The gap, i.e. |x − y|.',
    doc: 'The gap, i.e. |x − y|. A second sentence.',
    tags: { labels: 'soft', source: 'somewhere' },
    file: 'runtime/losses/gap.ts',
    parameters: [
      {
        name: 'smooth',
        doc: 's, in pixels.',
        type: { kind: 'number', integer: false, minimum: 0 },
        default: 0.001,
      },
      {
        name: 'reduction',
        doc: 'What is summed.',
        type: { kind: 'choice', values: ['batch', 'image'] },
        default: 'batch',
      },
      {
        name: 'weights',
        doc: 'One weight a class.',
        type: {
          kind: 'union',
          of: [
            { kind: 'list', of: { kind: 'number', integer: false, exclusiveMinimum: 0 } },
            { kind: 'choice', values: ['auto'] },
          ],
        },
        default: 'auto',
      },
      { name: 'sigma', doc: 'Reach of the kernel.', type: { kind: 'quantity', dimension: 'length' } },
    ],
  });
});

test('a file without a function of its name is no component', () => {
  expect(read('export interface Source {}')).toEqual({ component: undefined, problems: [] });
});

test('inherited options and aliases of other files are followed', () => {
  const { component, problems } = read(
    `import type { Common, Mode } from './common.ts';
     export interface GapOptions extends Common {
       /** Which. */
       mode?: Mode
     }
     /** Gap. @labels hard */
     export function gap(x: Value, { mode = 'a', smooth = -1 }: GapOptions = {}) {}`,
    'loss',
    {
      '/runtime/losses/common.ts':
        "export type Mode = 'a' | 'b';\nexport interface Common {\n/** Smooth. */ smooth?: number }",
    },
  );
  expect(problems).toEqual([]);
  expect(component?.parameters.map(({ name, default: value }) => [name, value])).toEqual([
    ['mode', 'a'],
    ['smooth', -1],
  ]);
});

test.each([
  ['all of its options', 'options: GapOptions = {}', 1e-3],
  ['the rest of them', '{ smooth = 1, ...rest }: GapOptions = {}', 1],
])(
  'defaults of a component that hands on %s are those of the function that they go to',
  (_, parameter, smooth) => {
    const { component, problems } = read(
      `import type { GapOptions } from './common.ts';
     /** Gap. @labels hard */
     export function gap(x: Value, ${parameter}) {}`,
      'loss',
      {
        '/runtime/losses/common.ts': `
        export interface GapOptions {
          /** Smooth. */ smooth?: number;
          /** Which. */ mode?: 'a' | 'b';
        }
        export function overlap(x: Value, { smooth = 1e-3, mode = 'b' }: GapOptions) {}`,
      },
    );
    expect(problems).toEqual([]);
    expect(component?.parameters.map(({ name, default: value }) => [name, value])).toEqual([
      ['smooth', smooth],
      ['mode', 'b'],
    ]);
  },
);

test('a label step says whether it takes raters, from the type of its first parameter', () => {
  const step = (type: string) =>
    read(`/** Step. @gives soft */ export function gap(masks: ${type}) {}`, 'label').component?.tags.takes;
  expect(step('readonly Value[]')).toBe('raters');
  expect(step('Value')).toBe('labels');
});

const option = (declared: string, given = 'smooth = 1') =>
  `export interface GapOptions {
     ${declared}
   }
   /** Gap. @labels hard */ export function gap(x: Value, { ${given} }: GapOptions = {}) {}`;

test.each([
  [
    'a type that it does not know',
    option('/** S. */ smooth?: Map<string, number>;'),
    /type 'Map<string, number>'/,
  ],
  ['an option without doc comment', option('smooth?: number;'), /'smooth' has no doc comment/],
  ['an option without default', option('/** S. */ smooth?: number;', 'smooth'), /'smooth' has no default/],
  [
    'a default that is computed',
    option('/** S. */ smooth?: number;', 'smooth = f()'),
    /must be a literal, found 'f\(\)'/,
  ],
  ['a reserved word', option('/** S. */ at?: number;', 'at = 1'), /'at' is a reserved word/],
  ['a component without doc comment', 'export function gap() {}', /'gap' has no doc comment/],
  [
    'a loss that does not say which labels it bears',
    '/** Gap. */ export function gap() {}',
    /no @labels tag/,
  ],
  [
    'a component that is no function declaration',
    '/** Gap. */ export const gap = () => 1;',
    /must be a function declaration/,
  ],
  [
    'options in an interface that is called something else',
    '/** Gap. @labels hard */ export function gap(x: V, { s = 1 }: Gap = {}) {}',
    /name ends in 'Options'/,
  ],
])('%s is a clear problem', (_, source, message) => {
  const { problems } = read(source);
  expect(problems[0]?.message).toMatch(message);
  expect(problems[0]?.line).toBeGreaterThan(0);
});
