import { replacing } from '../../grammar/diagnostic.ts';
import { nearest } from '../../grammar/nearest.ts';
import type { Span } from '../../grammar/source.ts';
import type { Expression } from '../../grammar/syntax.ts';
import type { Family, ParameterType } from '../registry.ts';
import type { Context } from './context.ts';
import { article, familyNames, quoted } from './describe.ts';
import { messages } from './messages.ts';
import { units } from './numbers.ts';
import { lookup, namesIn, resolve, type Written } from './scope.ts';
import { wordOf } from './values.ts';

/**
 * Looks for a cause inside an expression that could not be read as what it should be: a name that means nothing,
 * a unit that there is not, a choice misspelt. Reports it and says so; `false` if it is whole but of another kind.
 */
export function blame(written: Written, type: ParameterType | undefined, context: Context): boolean {
  const resolved = resolve(written);
  if (resolved === 'broken') return true;
  const { expression, scope } = resolved;
  const inner = (expressions: readonly Expression[], of = type) =>
    expressions.map((part) => blame({ expression: part, scope }, of, context)).some(Boolean);
  switch (expression.kind) {
    case 'name':
      return blameName(resolved, type, context);
    case 'negation':
      return inner([expression.operand]);
    case 'scaled':
      // `0.5 image` where a choice is wanted is a value of another kind, not a misspelt unit.
      if (choicesOf(type).includes(wordOf(expression.operand) ?? '')) return false;
      return blameUnit({ expression: expression.operand, scope }, context);
    case 'binary':
      return inner([expression.left, expression.right]);
    case 'range':
      return inner([expression.low, expression.high]);
    case 'tuple':
      return inner(expression.items.map((item) => item.value));
    case 'list':
      return inner(
        expression.items.map((item) => item.value),
        elementOf(type),
      );
    default:
      return false;
  }
}

/** The type of what stands in a list, where one is wanted. */
function elementOf(type: ParameterType | undefined): ParameterType | undefined {
  if (type?.kind === 'list') return type.of;
  if (type?.kind !== 'union') return undefined;
  return type.of.find((part) => part.kind === 'list')?.of;
}

function blameName(
  { expression, scope }: Written,
  type: ParameterType | undefined,
  context: Context,
): boolean {
  if (expression.kind !== 'name' || lookup(expression.path, scope)) return false;
  const name = expression.path.map((part) => part.text).join('.');
  const choices = choicesOf(type);
  if (choices.includes(name)) return false;
  const lets = [...namesIn(scope)].flatMap(([each, { kind }]) => (kind === 'value' ? [each] : []));
  const known = [...choices, ...lets];
  const guess = nearest(name, known);
  if (!guess && choices.length > 0) return false;
  context.report(
    messages.at(expression.span, 'DML1201', { name }, suggestion(expression.span, guess, known)),
  );
  return true;
}

function choicesOf(type: ParameterType | undefined): readonly string[] {
  switch (type?.kind) {
    case 'choice':
      return type.values;
    case 'boolean':
      return ['true', 'false'];
    case 'union':
      return type.of.flatMap(choicesOf);
    default:
      return [];
  }
}

function blameUnit(written: Written, context: Context): boolean {
  const word = wordOf(written.expression);
  if (word === undefined || lookup([{ text: word, span: written.expression.span }], written.scope))
    return blame(written, undefined, context);
  if (Object.hasOwn(units, word)) return false;
  const span = written.expression.span;
  const known = Object.keys(units);
  const plurals = known.filter((unit) => units[unit]!.plural === unit);
  const extra = suggestion(span, nearest(word, plurals) ?? nearest(word, known), known);
  context.report(messages.at(span, 'DML1210', { unit: word }, extra));
  return true;
}

/** Reports a call of a name that is not there, where nearly that of `names` can be called; `false` if it is none. */
export function blameCallee(written: Written, names: readonly string[], context: Context): boolean {
  const resolved = resolve(written);
  if (resolved === 'broken' || resolved.expression.kind !== 'call') return false;
  const { callee } = resolved.expression;
  const name = wordOf(callee);
  const guess = name === undefined || names.includes(name) ? undefined : nearest(name, names);
  if (name === undefined || guess === undefined) return false;
  context.report(messages.at(callee.span, 'DML1201', { name }, suggestion(callee.span, guess, names)));
  return true;
}

/** What a name is that belongs to another family: `dice` is a metric. */
export function otherFamily(name: string, { registry }: Context): string | undefined {
  const family = (Object.keys(registry) as Family[]).find((each) => Object.hasOwn(registry[each], name));
  return family && `\`${name}\` is ${article(familyNames[family])}`;
}

/** The help and the fix of a misspelt word: what is nearest, else what there is. */
export function suggestion(span: Span, guess: string | undefined, known: Iterable<string>) {
  if (!guess) {
    const names = [...new Set(known)];
    return names.length === 0 ? {} : { help: `Known here: ${quoted(names)}.` };
  }
  return {
    help: `Did you mean \`${guess}\`?`,
    fix: replacing(`Write \`${guess}\``, span, guess),
  };
}
