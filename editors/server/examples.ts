import { textOf } from '../../compiler/check/describe.ts';
import { childrenOf } from '../../compiler/check/walk.ts';
import type { Component, Parameter } from '../../compiler/registry.ts';
import { parse } from '../../grammar/parser.ts';
import type { Call, Expression } from '../../grammar/syntax.ts';
import { allFields } from './fields.ts';

/**
 * How an option that must be given is written in an example, of its component or of another one of the family; an empty
 * text where none is written and one is asked for.
 */
export function exampleOf({ name, family, tags }: Component, option: Parameter): string | undefined {
  const fields = allFields().filter((field) => field.family === family);
  const examples = [tags.example ?? [], ...fields.map(({ example }) => example)].flat();
  const calls = examples.flatMap(callsIn);
  const own = calls.filter((call) => textOf(call.callee.span) === name);
  const given = [...own, ...calls].flatMap(({ arguments: all }, i) =>
    all.filter((each, at) => each.name?.text === option.name || (i < own.length && !each.name && at === 0)),
  );
  const [found] = given;
  return found ? textOf(found.value.span) : option.type.kind === 'text' ? '""' : undefined;
}

function callsIn(example: string): readonly Call[] {
  const { value: tree } = parse({ path: '', text: `dml 1\nexperiment a { evaluate: ${example} }` });
  return (tree?.declarations ?? []).flatMap((declaration) =>
    declaration.kind === 'block'
      ? declaration.statements.flatMap((each) => (each.kind === 'field' ? each.values.flatMap(within) : []))
      : [],
  );
}

const within = (expression: Expression): readonly Call[] => [
  ...(expression.kind === 'call' ? [expression] : []),
  ...childrenOf(expression).flatMap(within),
];
