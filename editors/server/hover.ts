import { type Hover, MarkupKind } from 'vscode-languageserver';
import { resolvedAt, resolvedIn } from '../../compiler/check/mentions.ts';
import type { Entity } from '../../compiler/check/scope.ts';
import type { Component, Family } from '../../compiler/registry.ts';
import { printExpression } from '../../grammar/format.ts';
import type { Span } from '../../grammar/source.ts';
import { calledAt, expectedAt, optionOf } from './expected.ts';
import { declarationWords, describeField, targetWords } from './fields.ts';
import { componentDoc, fieldDoc, optionDoc } from './markdown.ts';
import { type Place, placeAt, wordAt } from './place.ts';
import { rangeOf } from './ranges.ts';
import type { View } from './view.ts';

/** Address of the page about a component, if there is one. */
type PageOf = (component: Component) => string | undefined;

/** What the word at an offset is. */
export function hoverAt(view: View, offset: number, pageOf: PageOf): Hover | null {
  const { start, end } = wordAt(view.source, offset);
  if (start === end) return null;
  const span = { source: view.source, start, end };
  const text = named(view, start) ?? explained(view, span, pageOf);
  return text === undefined
    ? null
    : { contents: { kind: MarkupKind.Markdown, value: text }, range: rangeOf(span) };
}

/** What a declared name stands for. */
function named({ tree, scope }: View, offset: number): string | undefined {
  const found = resolvedAt(resolvedIn(tree, scope), offset);
  return found && entityText(found.entity, found.span.source.text.slice(found.span.start, found.span.end));
}

function entityText(entity: Entity, name: string): string | undefined {
  if (entity.kind === 'broken') return undefined;
  if (entity.kind === 'value') {
    if (entity.expression.kind === 'unreadable') return undefined;
    return code(`let ${name} = ${printExpression(entity.expression)}`);
  }
  const { block } = entity;
  const { source, start, end } = block.span;
  return [code(source.text.slice(start, end)), block.doc].filter(Boolean).join('\n\n');
}

const code = (text: string) => `\`\`\`dml\n${text}\n\`\`\``;

/** What a word of the language is: a field, an option, a component, a keyword. */
function explained(view: View, { start, end }: Span, pageOf: PageOf): string | undefined {
  const word = view.source.text.slice(start, end);
  const place = placeAt(view.source, start);
  const isNaming = /^\s*:/.test(view.source.text.slice(end));
  switch (place.kind) {
    case 'free':
      return undefined;
    case 'declaration':
      return Object.hasOwn(declarationWords, word) ? `**${word}**: ${declarationWords[word]}` : undefined;
    case 'statement': {
      const field = describeField(place.block, word);
      return field && fieldDoc(word, field);
    }
    case 'path':
      return optionIn(place, word, view, pageOf);
    case 'reference':
      return undefined;
    case 'argument': {
      const called = calledAt(place, view.registry);
      const option = isNaming ? called && optionOf(called, word) : undefined;
      return option && optionDoc(option);
    }
    case 'option':
      return undefined;
    case 'value': {
      const { families } = expectedAt(place, view.registry);
      const wanted = place.target ? [...families, 'label' as const] : families;
      const component = componentOf(word, wanted.length > 0 ? wanted : ['label'], view);
      if (component) return withPage(component, pageOf);
      if (Object.hasOwn(targetWords, word)) return `**${word}**: ${targetWords[word]}`;
      const [name] = place.field;
      const field = name === undefined ? undefined : describeField(place.block ?? '', name);
      return field?.words?.includes(word) ? fieldDoc(name!, field) : undefined;
    }
  }
}

function withPage(component: Component, pageOf: PageOf): string {
  const page = pageOf(component);
  return page === undefined ? componentDoc(component) : `${componentDoc(component)}\n\n[Reference](${page})`;
}

const componentOf = (
  name: string,
  families: readonly Family[],
  { registry }: View,
): Component | undefined => {
  const family = families.find((each) => Object.hasOwn(registry[each], name));
  return family && registry[family][name];
};

/** `model.width`: the option of whichever component of the family has it. */
function optionIn(
  place: Extract<Place, { kind: 'path' }>,
  word: string,
  view: View,
  pageOf: PageOf,
): string | undefined {
  const [field, part] = place.path;
  const family = field === undefined ? undefined : describeField(place.block, field)?.family;
  if (!family) return undefined;
  const component = componentOf(part ?? word, [family], view);
  if (part === undefined && component) return withPage(component, pageOf);
  const options = component
    ? component.parameters.filter(({ name }) => name === word)
    : Object.values(view.registry[family]).flatMap(({ parameters }) =>
        parameters.filter(({ name }) => name === word),
      );
  const [option] = options;
  return option && optionDoc(option);
}
