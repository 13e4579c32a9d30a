import fc from 'fast-check';
import { expect, test } from 'vitest';
import { printExpression } from '../../grammar/format.ts';
import { parseExpressions } from '../../grammar/parser.ts';
import type { Argument, Binary, Comparison, Expression, Identifier } from '../../grammar/syntax.ts';
import { meaning } from './corpus.ts';

const span = { source: { path: 'random', text: '' }, start: 0, end: 0 };
const leaf = <T extends Expression>(...nodes: T[]) => fc.constantFrom(...nodes);

const identifier: fc.Arbitrary<Identifier> = fc
  .constantFrom('a', 'ce', 'dml1', 'x', 'x3', 'e5', 'k', 'mix', 'epochs', '_b', 'inner')
  .map((text) => ({ text, span }));
const name = fc
  .array(identifier, { minLength: 1, maxLength: 2 })
  .map((path) => ({ kind: 'name', path, span }) as const);
const number = fc
  .constantFrom(['0.25', 0.25], ['3', 3], ['1e-3', 0.001], ['40k', 40000], ['2/3', 2 / 3], ['5%', 0.05])
  .map(
    ([text, value]) =>
      ({ kind: 'number', text: `${text}`, value: Number(value), percent: text === '5%', span }) as const,
  );
const size = fc
  .constantFrom(['256', '256'], ['1.5', '1.5', '2'])
  .map((texts) => ({ kind: 'size', texts, values: texts.map(Number), span }) as const);
const text = leaf({ kind: 'text', value: 'a/b.png', span }, { kind: 'text', value: '', span });

/** All trees that the grammar has; the parentheses that they need are the printer's business. */
const { expression } = fc.letrec<{ expression: Expression; argument: Argument }>((tie) => {
  const part = tie('expression');
  const pair = fc.tuple(part, part);
  const parts = fc.array(part, { minLength: 2, maxLength: 3 });
  const items = fc.array(tie('argument'), { maxLength: 3 });
  const operators = fc.constantFrom<Binary['operator'][]>('+', '-', '*', '/');
  const comparisons = fc.constantFrom<Comparison['operator'][]>('<', '<=', '>', '>=', 'in');
  return {
    argument: fc
      .tuple(fc.option(identifier, { nil: undefined }), part)
      .map(([named, value]) => ({ name: named, value, span })),
    expression: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      name,
      number,
      size,
      text,
      fc
        .tuple(name, items)
        .map(([callee, given]) => ({ kind: 'call', callee, arguments: given, span }) as const),
      items.map((given) => ({ kind: 'list', items: given, span }) as const),
      fc
        .array(tie('argument'), { minLength: 2, maxLength: 3 })
        .map((given) => ({ kind: 'tuple', items: given, span }) as const),
      fc
        .tuple(part, identifier)
        .filter(([object]) => object.kind !== 'name')
        .map(([object, member]) => ({ kind: 'member', object, name: member, span }) as const),
      part.map((operand) => ({ kind: 'negation', operand, span }) as const),
      fc
        .tuple(fc.oneof(number, size), part)
        .map(([factor, operand]) => ({ kind: 'scaled', factor, operand, span }) as const),
      fc
        .tuple(operators, pair)
        .map(([operator, [left, right]]) => ({ kind: 'binary', operator, left, right, span }) as const),
      pair.map(([low, high]) => ({ kind: 'range', low, high, span }) as const),
      parts.map((stages) => ({ kind: 'pipeline', stages, span }) as const),
      parts.map((phases) => ({ kind: 'sequence', phases, span }) as const),
      pair.map(([subject, target]) => ({ kind: 'on', subject, target, span }) as const),
      fc.tuple(part, identifier).map(([subject, head]) => ({ kind: 'at', subject, head, span }) as const),
      fc
        .tuple(comparisons, pair)
        .map(([operator, [left, right]]) => ({ kind: 'comparison', operator, left, right, span }) as const),
    ),
  };
});

test('a printed expression parses to the same tree', () => {
  fc.assert(
    fc.property(expression, (tree) => {
      const printed = printExpression(tree);
      const { value, diagnostics } = parseExpressions({ path: 'printed', text: printed });
      expect(diagnostics.map(({ message }) => `${printed}: ${message}`)).toEqual([]);
      expect(meaning(value)).toEqual(meaning([tree]));
    }),
    { numRuns: 1000 },
  );
});

test.for([
  ['(a + b)', 'a + b'],
  ['((x))', 'x'],
  ['0.5(a)', '0.5 a'],
  ['2 / (3)', '2 / (3)'],
  ['w*(2/3)', 'w * (2/3)'],
  ['dice on(voted)', 'dice on (voted)'],
  ['256x256', '256 x 256'],
  ['f( a:1,)', 'f(a: 1)'],
])('%s is written as %s', ([written, printed]) => {
  const { value } = parseExpressions({ path: 'written', text: written! });
  expect(value?.map(printExpression)).toEqual([printed]);
});
