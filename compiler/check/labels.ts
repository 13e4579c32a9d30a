import { nearest } from '../../grammar/nearest.ts';
import type { Span } from '../../grammar/source.ts';
import type { Call, Expression } from '../../grammar/syntax.ts';
import { otherFamily, suggestion } from './blame.ts';
import { defaultUse, readUse } from './component.ts';
import type { Context } from './context.ts';
import { describe, quoted, textOf } from './describe.ts';
import { distill, readDistill } from './distill.ts';
import { readSum } from './label-sum.ts';
import { messages } from './messages.ts';
import type { PendingRoot, PendingSource } from './pending.ts';
import { rootName } from './pending.ts';
import { stagesOf } from './pipeline.ts';
import { lookup, namesIn, resolve, type Written } from './scope.ts';
import type { Takes } from './takes.ts';
import { wordOf } from './values.ts';

/** What label sources begin with: the masks of all raters, or the one stored mask. */
const roots = ['raters', 'mask'] as const;
/** The fields of the experiment that a source may begin with where it stands after `on`. */
const fieldRoots = ['labels', 'teacher'] as const;

/** Every word that a label source can begin with. */
export const rootWords: readonly string[] = [...roots, ...fieldRoots, 'distill'];

/** What is written where labels come from, and where they stand after `on`. */
export const sourceTakes: Takes = {
  family: 'label',
  chain: '|>',
  byName: true,
  words: roots,
  calls: [distill],
};
export const targetTakes: Takes = { ...sourceTakes, words: [...roots, ...fieldRoots] };

/** A source of labels with its steps checked one after the other; `undefined` once reported. */
export const readLabels = (written: Written, context: Context): PendingSource | undefined =>
  readSource(written, 'field', context);

/** What stands after `on`: a field of the experiment, or a label source that may begin with one. */
export const readTarget = (written: Written, context: Context): PendingSource | undefined =>
  readSource(written, 'target', context);

/** Where a source stands decides what it may begin with. */
type Position = 'field' | 'target';

function readSource(written: Written, position: Position, context: Context): PendingSource | undefined {
  const stages = stagesOf(written, 'pipeline');
  if (stages === 'broken') return undefined;
  const [first, ...rest] = stages;
  const start = first && startOf(first, position, context);
  const steps = rest.map((stage) => readUse('label', stage, context));
  if (!start || !steps.every((step) => step !== undefined)) return undefined;
  const source = { root: start.root, steps: [...start.steps, ...steps], span: written.expression.span };
  return inOrder(source, context) ? source : undefined;
}

/** Where the data come from. Of a sum in which one source has all the weight, that is this source with its steps. */
type Start = Pick<PendingSource, 'root' | 'steps'>;

function startOf(written: Written, position: Position, context: Context): Start | undefined {
  const resolved = resolve(written);
  if (resolved === 'broken') return undefined;
  const { expression, scope } = resolved;
  const word = wordOf(expression);
  const known = word === undefined ? undefined : rootOf(word, written, position, context);
  if (known) return known === 'misplaced' ? undefined : { root: known, steps: [] };
  if (expression.kind === 'binary' || expression.kind === 'scaled' || expression.kind === 'negation')
    return readSum(resolved, (part) => readSource(part, position, context), context);
  const called = callOf('distill', expression);
  if (called) {
    const root = readDistill({ expression: called, scope }, context);
    return root && { root, steps: [] };
  }
  const callee = expression.kind === 'call' ? expression.callee : expression;
  const name = callee.kind === 'name' ? textOf(callee.span) : undefined;
  if (callee.kind === 'name' && name && !lookup(callee.path, scope)) {
    reportUnknownRoot(name, { expression: callee, scope }, position, context);
  } else {
    const expected = 'a label source such as `mask` or `raters |> average`';
    context.report(messages.at(written.expression.span, 'DML1301', { expected, found: describe(written) }));
  }
  return undefined;
}

/** A call of this name; the name alone is one without options. */
function callOf(word: string, expression: Expression): Call | undefined {
  if (expression.kind === 'call') return wordOf(expression.callee) === word ? expression : undefined;
  if (expression.kind !== 'name' || wordOf(expression) !== word) return undefined;
  return { kind: 'call', callee: expression, arguments: [], span: expression.span };
}

function rootOf(word: string, { expression }: Written, position: Position, context: Context) {
  const root: PendingRoot | undefined = [...roots, ...fieldRoots].find((each) => each === word);
  const isField = fieldRoots.some((each) => each === word);
  if (!isField || position === 'target') return root;
  context.report(messages.at(expression.span, 'DML1333', { field: word }));
  return 'misplaced';
}

function reportUnknownRoot(
  name: string,
  { expression, scope }: Written,
  position: Position,
  context: Context,
) {
  const step = Object.hasOwn(context.registry.label, name) ? context.registry.label[name] : undefined;
  const lets = [...namesIn(scope)].flatMap(([each, { kind }]) => (kind === 'value' ? [each] : []));
  const words = [...roots, ...(position === 'target' ? fieldRoots : []), 'distill'];
  const start = step?.tags.takes === 'raters' ? 'raters' : 'mask';
  const other = otherFamily(name, context);
  const extra = step
    ? { help: `\`${name}\` is a step: write \`${start} |> ${name}\`.` }
    : other
      ? { help: `${other}; label sources begin with ${quoted(roots)}.` }
      : suggestion(expression.span, nearest(name, [...words, ...lets]), words);
  context.report(messages.at(expression.span, 'DML1203', { family: 'label source', name }, extra));
}

/** A step over several raters comes first on `raters`, and nowhere else. */
function inOrder({ root, steps, span }: PendingSource, context: Context): boolean {
  const ways = combining(context);
  if (root === 'raters' && steps.length === 0) {
    context.report(messages.at(span, 'DML1330', { ways: quoted(ways.map((name) => `raters |> ${name}`)) }));
    return false;
  }
  const wrong = steps.findIndex((step, index) => {
    const several = root === 'raters' && index === 0;
    return (context.registry.label[step.name]!.tags.takes === 'raters') !== several;
  });
  if (wrong < 0) return true;
  const step = steps[wrong]!;
  const values = { step: step.name, before: steps[wrong - 1]?.name ?? rootName(root), ways: quoted(ways) };
  const code = root === 'raters' && wrong === 0 ? 'DML1331' : 'DML1332';
  context.report(messages.at(step.span, code, values));
  return false;
}

const combining = ({ registry }: Context): readonly string[] =>
  Object.values(registry.label).flatMap(({ name, tags }) => (tags.takes === 'raters' ? [name] : []));

/** Label source that the language itself puts in: `raters |> majority`. */
export function ratersThrough(step: string, span: Span, context: Context): PendingSource | undefined {
  const use = defaultUse('label', step, span, context);
  return use && { root: 'raters', steps: [use], span };
}
