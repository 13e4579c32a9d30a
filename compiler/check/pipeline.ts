import { nearest } from '../../grammar/nearest.ts';
import type { Expression, Identifier } from '../../grammar/syntax.ts';
import type { Use } from '../experiment.ts';
import type { Family } from '../registry.ts';
import { suggestion } from './blame.ts';
import { readUse, withOption } from './component.ts';
import type { Context } from './context.ts';
import { familyNames, quoted } from './describe.ts';
import { messages } from './messages.ts';
import { resolve, type Written } from './scope.ts';

/** Stages of `a |> b |> c`, or phases of `a then b`: a name that stands for several is spliced in. */
export function stagesOf(written: Written, kind: 'pipeline' | 'sequence'): readonly Written[] | 'broken' {
  const resolved = resolve(written);
  if (resolved === 'broken') return 'broken';
  const { expression, scope } = resolved;
  const parts: readonly Expression[] | undefined =
    expression.kind === 'pipeline' && kind === 'pipeline'
      ? expression.stages
      : expression.kind === 'sequence' && kind === 'sequence'
        ? expression.phases
        : undefined;
  if (!parts) return [written];
  const stages: Written[] = [];
  for (const part of parts) {
    const inner = stagesOf({ expression: part, scope }, kind);
    if (inner === 'broken') return 'broken';
    stages.push(...inner);
  }
  return stages;
}

/** A chain of components of one family; `undefined` if one of them is wrong. */
export function readChain(
  family: Family,
  kind: 'pipeline' | 'sequence',
  written: Written,
  context: Context,
): readonly Use[] | undefined {
  const stages = stagesOf(written, kind);
  if (stages === 'broken' || isJoinedWrongly(stages, family, kind, context)) return undefined;
  const uses = stages.map((stage) => readUse(family, stage, context));
  return uses.every((use) => use !== undefined) ? uses : undefined;
}

/** `a then b` for transforms, or `a |> b` for phases. */
function isJoinedWrongly(
  stages: readonly Written[],
  family: Family,
  kind: 'pipeline' | 'sequence',
  context: Context,
): boolean {
  const [right, wrong] = kind === 'pipeline' ? ['|>', 'then'] : ['then', '|>'];
  const other = stages.find(
    ({ expression }) => expression.kind === (kind === 'pipeline' ? 'sequence' : 'pipeline'),
  );
  if (!other) return false;
  const values = { family: familyNames[family], right: right!, wrong: wrong! };
  context.report(messages.at(other.expression.span, 'DML1304', values));
  return true;
}

/**
 * The place in a list that a path means by the name of its component: `labels.smooth.epsilon` is the step `smooth`.
 * None, or several of that name, is reported.
 */
export function indexOfPart(
  field: string,
  uses: readonly Pick<Use, 'name' | 'span'>[],
  part: Identifier,
  context: Context,
): number | undefined {
  const matches = uses.flatMap((use, index) => (use.name === part.text ? [index] : []));
  if (matches.length === 1) return matches[0];
  const names = [...new Set(uses.map((use) => use.name))];
  if (matches.length > 1) {
    const related = matches.map((index) => ({
      span: uses[index]!.span,
      message: `one of the ${matches.length}`,
    }));
    context.report(messages.at(part.span, 'DML1217', { field, part: part.text }, { related }));
    return undefined;
  }
  const has = names.length > 0 ? quoted(names) : 'nothing';
  const guess = nearest(part.text, names);
  const extra = guess ? suggestion(part.span, guess, names) : {};
  context.report(messages.at(part.span, 'DML1216', { field, part: part.text, has }, extra));
  return undefined;
}

/** The chain with one option of one of its components changed. */
export function withPart(
  family: Family,
  field: string,
  uses: readonly Use[],
  [part, option]: readonly [Identifier, Identifier],
  written: Written,
  context: Context,
): readonly Use[] | undefined {
  const index = indexOfPart(field, uses, part, context);
  const changed =
    index === undefined ? undefined : withOption(family, uses[index]!, option, written, context);
  return changed && uses.map((use, i) => (i === index ? changed : use));
}
