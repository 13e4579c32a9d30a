import { type Hover, MarkupKind } from 'vscode-languageserver';
import { resolvedAt, resolvedIn } from '../../compiler/check/mentions.ts';
import type { Entity } from '../../compiler/check/scope.ts';
import type { Component, Family } from '../../compiler/registry.ts';
import { printExpression } from '../../grammar/format.ts';
import type { Span } from '../../grammar/source.ts';
import * as token from '../../grammar/tokens.ts';
import { calledIn } from './called.ts';
import { expectedAt, familiesAt, namesAt, optionAt } from './expected.ts';
import { declarationWords, describeField, targetWords } from './fields.ts';
import { callDoc, componentDoc, fieldDoc } from './markdown.ts';
import { type Place, placeAt, type Within, wordAt } from './place.ts';
import { rangeOf } from './ranges.ts';
import { headsAt } from './used.ts';
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
  const place = placeAt(view, start);
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
      return inPath(place, word, view, start, pageOf);
    case 'reference':
      return undefined;
    case 'argument': {
      const { called } = expectedAt(place, view, start);
      const option = isNaming ? called?.options.find(({ name }) => name === word) : undefined;
      return isNaming ? option?.doc : inValue(place, word, view, start, pageOf);
    }
    case 'value':
      return inValue(place, word, view, start, pageOf);
  }
}

/** A word of a value: a component, a call, what a label source begins with, or something that its field or option takes. */
function inValue(
  place: Within,
  word: string,
  view: View,
  offset: number,
  pageOf: PageOf,
): string | undefined {
  const { takes, doc, keys } = expectedAt(place, view, offset);
  if (keys)
    return keys.some(({ name }) => name === word) ? `**${word}**: a factor, by which arms differ.` : doc;
  const families = [...familiesAt(place, takes, view), ...(takes.member ? [takes.member] : [])];
  const wanted = takes.family === 'label' ? [...families, 'label' as const] : families;
  const component = componentOf(word, wanted, view);
  if (component) return withPage(component, pageOf);
  const call = takes.calls?.find(({ name }) => name === word);
  if (call) return callDoc(call);
  if (takes.family === 'label' && Object.hasOwn(targetWords, word))
    return `**${word}**: ${targetWords[word]}`;
  if (place.last?.tokenType === token.At)
    return headsAt(view, offset).includes(word) ? `**${word}**: a head of the model.` : undefined;
  const { words = [], units = [], names } = takes;
  const known = [...words, ...units.flatMap((unit) => [unit, singular(unit)])];
  const isKnown = known.includes(word) || (names && namesAt(names, view, offset).includes(word));
  return isKnown ? doc : undefined;
}

const singular = (unit: string): string => unit.replace(/s$/, '');

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

/** `model.width`, `loss.dml1`. */
function inPath(
  { block, path }: Extract<Place, { kind: 'path' }>,
  word: string,
  view: View,
  offset: number,
  pageOf: PageOf,
): string | undefined {
  const [field] = path;
  const described = field === undefined ? undefined : describeField(block, field);
  if (!described) return undefined;
  const isPart = described.byName && path.length === 1;
  const called = isPart ? calledIn(described, word, view.registry) : undefined;
  if (called) return called.component ? withPage(called.component, pageOf) : called.doc;
  return optionAt(block, [...path, word], view, offset)?.doc;
}
