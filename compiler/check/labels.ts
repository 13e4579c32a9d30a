import { nearest } from '../../grammar/nearest.ts';
import type { Identifier } from '../../grammar/syntax.ts';
import type { LabelSource, Use } from '../experiment.ts';
import { otherFamily, suggestion } from './blame.ts';
import { defaultUse, readUse } from './component.ts';
import type { Context } from './context.ts';
import { describe, quoted, textOf } from './describe.ts';
import { messages } from './messages.ts';
import { stagesOf, withPart } from './pipeline.ts';
import { lookup, namesIn, resolve, type Written } from './scope.ts';
import { wordOf } from './values.ts';

/** What label sources begin with: the masks of all raters, or the one stored mask. */
const roots = ['raters', 'mask'] as const;

/**
 * A source of labels with its steps checked one after the other; `undefined` once reported. `also` are words that
 * may stand here and have been looked for.
 */
export function readLabels(
  written: Written,
  context: Context,
  also: readonly string[] = [],
): LabelSource | undefined {
  const stages = stagesOf(written, 'pipeline');
  if (stages === 'broken') return undefined;
  const [first, ...rest] = stages;
  const root = first && rootOf(first, also, context);
  const steps = rest.map((stage) => readUse('label', stage, context));
  if (!root || !steps.every((step) => step !== undefined)) return undefined;
  const source = { root, steps, soft: isSoft(steps, context), span: written.expression.span };
  return inOrder(source, context) ? source : undefined;
}

function rootOf(
  written: Written,
  also: readonly string[],
  context: Context,
): LabelSource['root'] | undefined {
  const resolved = resolve(written);
  if (resolved === 'broken') return undefined;
  const { expression, scope } = resolved;
  const word = wordOf(expression);
  const root = roots.find((each) => each === word);
  if (root) return root;
  const callee = expression.kind === 'call' ? expression.callee : expression;
  const name = callee.kind === 'name' ? textOf(callee.span) : undefined;
  if (expression.kind === 'binary' || expression.kind === 'scaled') {
    context.report(messages.at(expression.span, 'DML1209', { feature: 'a weighted sum of label sources' }));
  } else if (name === 'distill') {
    context.report(messages.at(expression.span, 'DML1209', { feature: 'labels from a teacher (`distill`)' }));
  } else if (callee.kind === 'name' && name && !lookup(callee.path, scope)) {
    reportUnknownRoot(name, { expression: callee, scope }, also, context);
  } else {
    const expected = 'a label source such as `mask` or `raters |> average`';
    context.report(messages.at(written.expression.span, 'DML1301', { expected, found: describe(written) }));
  }
  return undefined;
}

function reportUnknownRoot(
  name: string,
  { expression, scope }: Written,
  also: readonly string[],
  context: Context,
) {
  const step = Object.hasOwn(context.registry.label, name) ? context.registry.label[name] : undefined;
  const lets = [...namesIn(scope)].flatMap(([each, { kind }]) => (kind === 'value' ? [each] : []));
  const known = [...roots, ...also, ...lets];
  const start = step?.tags.takes === 'raters' ? 'raters' : 'mask';
  const other = otherFamily(name, context);
  const extra = step
    ? { help: `\`${name}\` is a step: write \`${start} |> ${name}\`.` }
    : other
      ? { help: `${other}; label sources begin with ${quoted(roots)}.` }
      : suggestion(expression.span, nearest(name, known), [...roots, ...also]);
  context.report(messages.at(expression.span, 'DML1203', { family: 'label source', name }, extra));
}

const rootName = (root: LabelSource['root']): string => (typeof root === 'string' ? root : root.kind);

/** A step over several raters comes first on `raters`, and nowhere else. */
function inOrder({ root, steps, span }: LabelSource, context: Context): boolean {
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

/** Hard as long as no step makes it soft. */
const isSoft = (steps: readonly Use[], { registry }: Context): boolean =>
  steps.reduce((soft, step) => {
    const gives = registry.label[step.name]!.tags.gives;
    return gives === 'same' ? soft : gives === 'soft';
  }, false);

/** `mask` of a data set whose source holds soft masks is soft, up to the first step that makes it hard. */
export function withStoredMask(source: LabelSource, storedSoft: boolean, { registry }: Context): LabelSource {
  if (source.root !== 'mask' || !storedSoft) return source;
  const keeps = source.steps.every((step) => registry.label[step.name]!.tags.gives !== 'hard');
  return keeps ? { ...source, soft: true } : source;
}

/** `labels.smooth.epsilon: 0.2` */
export function withLabelOption(
  field: string,
  source: LabelSource,
  path: readonly [Identifier, Identifier],
  written: Written,
  context: Context,
): LabelSource | undefined {
  const steps = withPart('label', field, source.steps, path, written, context);
  return steps && { ...source, steps };
}

/** Label source that the language itself puts in: `raters |> majority`. */
export function ratersThrough(
  step: string,
  span: LabelSource['span'],
  context: Context,
): LabelSource | undefined {
  const use = defaultUse('label', step, span, context);
  return use && { root: 'raters', steps: [use], soft: isSoft([use], context), span };
}
