import { optionText } from '../../compiler/canonical/text.ts';
import { textOf } from '../../compiler/check/describe.ts';
import { lookup, resolve, type Written } from '../../compiler/check/scope.ts';
import {
  type Given,
  pathText,
  type Setting,
  type Settings,
  settingsOf,
} from '../../compiler/check/settings.ts';
import { childrenOf } from '../../compiler/check/walk.ts';
import type { Component, Registry } from '../../compiler/registry.ts';
import type { Block, Expression, Reference } from '../../grammar/syntax.ts';
import { describeField } from './fields.ts';
import type { View } from './view.ts';

/** Every field that a block takes over from what it extends, `undefined` where it extends nothing that is there. */
export function inheritedBy({ parent }: Block, { scope, registry }: View): Settings | undefined {
  const entity = parent && lookup(parent.path, scope);
  if (entity?.kind !== 'block') return undefined;
  const settings = settingsOf(entity.block, entity.scope, { registry, report: () => {} });
  return settings && new Map([...settings].filter(([field]) => field !== 'expect'));
}

/** A field as it would be written where it is inherited, changes of its parts below it. */
export function fieldText(field: string, { whole, parts }: Given): string {
  const lines = [...(whole ? [`${field}: ${valueText(whole)}`] : []), ...parts.map(partText)];
  return lines.join('\n');
}

const partText = (part: Setting): string => `${pathText(part.target)}: ${valueText(part)}`;

const valueText = ({ values }: Setting): string => values.map(({ span }) => textOf(span)).join(', ');

/** What a path such as `model.width` stands for in what is inherited: as it is written there, or the default. */
export function inheritedAt(
  target: Reference,
  keyword: string,
  inherited: Settings,
  registry: Registry,
): string | undefined {
  const [field, ...rest] = target.path.map(({ text }) => text);
  const given = inherited.get(field!);
  const family = describeField(keyword, field!)?.family;
  const changed = given?.parts.findLast((part) => pathText(part.target) === pathText(target));
  if (changed) return valueText(changed);
  if (!given?.whole || !family) return undefined;
  const option = rest.at(-1);
  const component = rest.length > 1 ? rest.slice(0, -1).join('.') : undefined;
  const { values, scope } = given.whole;
  const uses = values.flatMap((expression) => usesIn({ expression, scope }, registry[family]));
  const use = uses.find(({ called }) => component === undefined || called.name === component);
  const parameter = use?.called.parameters.find(({ name }) => name === option);
  if (!use || !parameter) return undefined;
  const argument = use.given.find(
    ({ name }, i) => name?.text === option || (!name && i === 0 && use.called.parameters[0]?.name === option),
  );
  if (argument) return textOf(argument.value.span);
  return parameter.default === undefined ? undefined : optionText(parameter.default, parameter);
}

interface ComponentUse {
  readonly called: Component;
  readonly given: Extract<Expression, { kind: 'call' }>['arguments'];
}

/** The components of a family that an expression is made of, behind lets too. */
function usesIn(written: Written, family: Readonly<Record<string, Component>>): readonly ComponentUse[] {
  const resolved = resolve(written);
  if (resolved === 'broken') return [];
  const { expression, scope } = resolved;
  const name =
    expression.kind === 'call' ? expression.callee : expression.kind === 'name' ? expression : undefined;
  const called = name && family[name.path.map(({ text }) => text).join('.')];
  if (called) return [{ called, given: expression.kind === 'call' ? expression.arguments : [] }];
  return childrenOf(expression).flatMap((child) => usesIn({ expression: child, scope }, family));
}
