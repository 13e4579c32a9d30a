import type { Source, Span } from '../../grammar/source.ts';
import type { Use } from '../../grammar/syntax.ts';
import type { Component, Family, Registry, Signatures } from '../registry.ts';
import type { Context } from './context.ts';
import { familyNames } from './describe.ts';
import { messages } from './messages.ts';

/** A component of a user's TypeScript file, below the name by which it is called, and the `use` that brings it. */
export interface OwnComponent {
  readonly component: Component;
  readonly span: Span;
}

/**
 * The components that a `use` of a TypeScript file brings. What is wrong in that file is reported at its place there.
 *
 * @param known those of other files: a name means one thing in a file and all that it uses
 */
export function ownComponents(
  use: Use,
  source: Source,
  { components, code, problems }: Signatures,
  known: readonly OwnComponent[],
  { registry, report }: Context,
): readonly OwnComponent[] {
  for (const { line, message } of problems)
    report(messages.at(lineSpan(source, line), 'DML1232', { message }));
  return components.flatMap((described) => {
    const name = use.alias ? `${use.alias.text}.${described.name}` : described.name;
    const { family } = described;
    const before = known.find(({ component }) => component.name === name && component.family === family);
    if (before?.component.file === described.file) return [];
    if (before) {
      const related = [{ span: before.span, message: 'from here' }];
      report(messages.at(use.span, 'DML1204', { name, path: use.path.value }, { related }));
      return [];
    }
    if (Object.hasOwn(registry[family], name)) {
      const values = { name, family: familyNames[family], path: use.path.value };
      report(messages.at(use.span, 'DML1233', values));
      return [];
    }
    return [{ component: ownComponent(described, name, code), span: use.span }];
  });
}

/** A component below the name by which it is called. It cannot be loaded: whoever may run it replaces `load`. */
export const ownComponent = (
  described: Signatures['components'][number],
  name: string,
  code: string,
): Component => ({
  ...described,
  name,
  code,
  load: () => Promise.reject(new Error(`${described.file} has not been allowed to run.`)),
});

/** A registry with a user's components beside those of the language. */
export function withOwn(registry: Registry, own: readonly Component[]): Registry {
  if (own.length === 0) return registry;
  const families = (Object.keys(registry) as Family[]).map((family) => {
    const added = own.filter((component) => component.family === family);
    const named = added.map((component) => [component.name, component] as const);
    return [family, { ...registry[family], ...Object.fromEntries(named) }] as const;
  });
  return Object.fromEntries(families) as Record<Family, Registry[Family]>;
}

/** A line of a source, from its first letter to its last. */
function lineSpan(source: Source, line: number): Span {
  const lines = source.text.split('\n');
  const before = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  const text = lines[line - 1] ?? '';
  const start = before + (text.length - text.trimStart().length);
  return { source, start, end: Math.max(start, before + text.trimEnd().length) };
}
