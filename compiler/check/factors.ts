import { nearest } from '../../grammar/nearest.ts';
import type { Span } from '../../grammar/source.ts';
import type { Block, Expression, Factor, Reference, Vary } from '../../grammar/syntax.ts';
import { suggestion } from './blame.ts';
import type { Context } from './context.ts';
import { describe, textOf } from './describe.ts';
import { fieldNames } from './experiment-fields.ts';
import { messages } from './messages.ts';
import { type Entity, resolve, type Scope, type Written } from './scope.ts';
import { pathText, type Setting, type Settings } from './settings.ts';
import { intervalOf, wholeNumbersOf } from './values.ts';

/** What one value of a factor does to an arm. */
export interface Choice {
  /** As written in the file. */
  readonly text: string;
  readonly base?: Settings;
  readonly settings: readonly Setting[];
  readonly names: ReadonlyMap<string, Entity>;
}

/** Something that differs between the arms. */
export interface SweepFactor {
  readonly name: string;
  readonly targets: readonly Reference[];
  readonly choices: readonly Choice[];
  readonly span: Span;
}

/** Every `vary` and `let` of a sweep, in the order written; `undefined` once reported. */
export function readFactors(
  block: Block,
  scope: Scope,
  context: Context,
): readonly SweepFactor[] | undefined {
  const statements = block.statements.filter((statement) => statement.kind !== 'field');
  const factors = statements.map((statement) => {
    const factor =
      statement.kind === 'vary'
        ? readVary(statement, scope, context)
        : readLetFactor(statement, scope, context);
    if (factor?.choices.length === 1)
      context.report(messages.at(statement.span, 'DML1352', { factor: factor.name }));
    return factor;
  });
  return factors.every((factor) => factor !== undefined) ? factors : undefined;
}

function readVary({ targets, values, span }: Vary, scope: Scope, context: Context): SweepFactor | undefined {
  const known = targets.map((target) => isVariable(target, values, context));
  const items = itemsOf({ expression: values, scope }, context);
  if (!items || !known.every(Boolean)) return undefined;
  const choices = items.map((item) => {
    const parts = targets.length === 1 ? [item] : partsOf(item, targets.length, context);
    return (
      parts && {
        text: parts.map((part) => writtenAs(part)).join(', '),
        names: new Map(),
        settings: targets.map((target, i) => ({
          target,
          values: [parts[i]!.expression],
          scope: parts[i]!.scope,
          span: parts[i]!.expression.span,
        })),
      }
    );
  });
  const name = targets.map(pathText).join(', ');
  return choices.every((choice) => choice !== undefined) ? { name, targets, choices, span } : undefined;
}

/** Fold and seed are replication; every other field may be varied. */
function isVariable(target: Reference, values: Expression, context: Context): boolean {
  const [field] = target.path;
  if (field!.text === 'seed' || field!.text === 'fold') {
    context.report(
      messages.at(target.span, 'DML1350', { field: field!.text, values: replicationOf(values) }),
    );
    return false;
  }
  if (fieldNames.includes(field!.text)) return true;
  const extra = suggestion(field!.span, nearest(field!.text, fieldNames), fieldNames);
  context.report(messages.at(field!.span, 'DML1212', { block: 'A sweep', field: field!.text }, extra));
  return false;
}

const replicationOf = (values: Expression) => (values.kind === 'range' ? textOf(values.span) : '0 .. 4');

function readLetFactor(
  { name, values, span }: Factor,
  scope: Scope,
  context: Context,
): SweepFactor | undefined {
  const items = itemsOf({ expression: values, scope }, context);
  return (
    items && {
      name: name.text,
      targets: [],
      span,
      choices: items.map((item) => ({
        text: writtenAs(item),
        settings: [],
        names: new Map<string, Entity>([[name.text, { kind: 'value', ...item, span: item.expression.span }]]),
      })),
    }
  );
}

/** A value as it stands in the file; a number out of a range as itself. */
const writtenAs = ({ expression }: Written): string =>
  expression.kind === 'number' ? expression.text : textOf(expression.span);

/** The values of a factor: the items of a list, or whole numbers from … to …. */
function itemsOf(written: Written, context: Context): readonly Written[] | undefined {
  const resolved = resolve(written);
  if (resolved === 'broken') return undefined;
  const { expression, scope } = resolved;
  if (
    expression.kind === 'list' &&
    expression.items.length > 0 &&
    expression.items.every((item) => !item.name)
  )
    return expression.items.map((item) => ({ expression: item.value, scope }));
  const numbers = intervalOf(resolved) ? wholeNumbersOf(resolved) : undefined;
  if (numbers) {
    const { span } = expression;
    return numbers.map((value) => ({
      expression: { kind: 'number', text: String(value), value, percent: false, span },
      scope,
    }));
  }
  const values = { expected: 'a list of values such as `[0.1, 0.3, 0.5]`', found: describe(resolved) };
  context.report(messages.at(expression.span, 'DML1301', values));
  return undefined;
}

function partsOf(written: Written, count: number, context: Context): readonly Written[] | undefined {
  const resolved = resolve(written);
  if (resolved === 'broken') return undefined;
  const { expression, scope } = resolved;
  if (
    expression.kind === 'tuple' &&
    expression.items.length === count &&
    expression.items.every((item) => !item.name)
  )
    return expression.items.map((item) => ({ expression: item.value, scope }));
  const values = { expected: `${count} values in parentheses, one a path`, found: describe(resolved) };
  context.report(messages.at(expression.span, 'DML1301', values));
  return undefined;
}
