import { type CompletionItem, CompletionItemKind, MarkupKind } from 'vscode-languageserver';
import { describe } from '../../compiler/check/describe.ts';
import { type Entity, namesIn } from '../../compiler/check/scope.ts';
import type { CallFacts } from '../../compiler/check/takes.ts';
import type { Component } from '../../compiler/registry.ts';
import type { Called } from './called.ts';
import { callDoc, componentDoc } from './markdown.ts';
import { blockAt, type View } from './view.ts';

const markdown = (value: string) => ({ kind: MarkupKind.Markdown, value });

export const componentItem = (component: Component): CompletionItem => ({
  label: component.name,
  kind: CompletionItemKind.Function,
  detail: component.summary,
  documentation: markdown(componentDoc(component)),
});

export const callItem = (call: CallFacts): CompletionItem => ({
  label: call.name,
  kind: CompletionItemKind.Function,
  detail: call.doc,
  documentation: markdown(callDoc(call)),
});

/** Options that have not been given, in their order, those that must be given first. */
export const optionItems = (
  { options }: Called,
  given: readonly string[],
  behind: string,
): readonly CompletionItem[] =>
  options.flatMap(({ name, expected, doc, isRequired }, i) =>
    given.includes(name)
      ? []
      : {
          label: name,
          kind: CompletionItemKind.Property,
          insertText: `${name}${behind}`,
          detail: expected,
          documentation: markdown(doc),
          sortText: `${isRequired ? 0 : 1}${String(i).padStart(3, '0')}`,
        },
  );

export const wordItems = (
  labels: readonly string[],
  kind: CompletionItemKind = CompletionItemKind.EnumMember,
): readonly CompletionItem[] => labels.map((label) => ({ label, kind }));

/** Words with what they mean. */
export const docItems = (
  docs: Readonly<Record<string, string>>,
  kind: CompletionItemKind,
): readonly CompletionItem[] =>
  Object.entries(docs).map(([label, doc]) => ({ label, kind, documentation: markdown(doc) }));

/** What is declared and fits. */
export const names = ({ scope }: View, fits: (entity: Entity) => boolean): readonly CompletionItem[] =>
  [...namesIn(scope)].flatMap(([label, entity]) =>
    fits(entity)
      ? {
          label,
          kind: entity.kind === 'block' ? CompletionItemKind.Class : CompletionItemKind.Variable,
          ...(entity.kind === 'value' ? { detail: describe(entity) } : {}),
          ...(entity.kind === 'block' && entity.block.doc
            ? { documentation: markdown(entity.block.doc) }
            : {}),
        }
      : [],
  );

/** Blocks of these kinds, less the one that is being written. */
export function blockItems(
  view: View,
  keywords: readonly string[],
  offset: number,
): readonly CompletionItem[] {
  const own = blockAt(view, offset);
  return names(
    view,
    (entity) =>
      entity.kind === 'block' && entity.block !== own && keywords.includes(entity.block.keyword.text),
  );
}
