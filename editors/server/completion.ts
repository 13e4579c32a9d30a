import { type CompletionItem, CompletionItemKind, MarkupKind } from 'vscode-languageserver';
import { describe } from '../../compiler/check/describe.ts';
import { type Entity, lookup, namesIn, type Written } from '../../compiler/check/scope.ts';
import { settingsOf } from '../../compiler/check/settings.ts';
import { namesWithin } from '../../compiler/check/walk.ts';
import type { Component, Family } from '../../compiler/registry.ts';
import type { Name } from '../../grammar/syntax.ts';
import * as token from '../../grammar/tokens.ts';
import { calledAt, expectedAt, optionOf, unitsOf, wordsOf } from './expected.ts';
import { declarationWords, describeField, fieldsOf, targetWords } from './fields.ts';
import { componentDoc, fieldDoc, optionDoc, typeText } from './markdown.ts';
import { type Place, placeAt, type ValuePlace, wordAt } from './place.ts';
import { blockAt, type View } from './view.ts';

/** Everything that can be written at an offset; the editor narrows it down to what is typed. */
export function completionsAt(view: View, offset: number): readonly CompletionItem[] {
  const { start } = wordAt(view.source, offset);
  const place = placeAt(view.source, start);
  const items = (
    complete[place.kind] as (place: Place, view: View, offset: number) => readonly CompletionItem[]
  )(place, view, offset);
  return [...new Map(items.map((item) => [item.label, item])).values()];
}

type Completers = {
  readonly [Kind in Place['kind']]: (
    place: Extract<Place, { kind: Kind }>,
    view: View,
    offset: number,
  ) => readonly CompletionItem[];
};

const complete: Completers = {
  free: () => [],
  declaration: () => words(declarationWords, CompletionItemKind.Keyword),
  reference: ({ keyword }, view, offset) => blocks(view, extendable[keyword] ?? [], offset),
  statement({ block }) {
    const fields = Object.entries(fieldsOf(block)).map(([name, field]) => ({
      label: name,
      kind: CompletionItemKind.Field,
      insertText: block === 'sweep' ? name : `${name}: `,
      documentation: markdown(fieldDoc(name, field)),
    }));
    return block === 'sweep'
      ? [...words({ vary: 'Values of one or several paths.' }, CompletionItemKind.Keyword), ...fields]
      : fields;
  },
  path({ block, path: [name, ...parts] }, view, offset) {
    const family = name === undefined ? undefined : describeField(block, name)?.family;
    if (!family) return [];
    const used = usedIn(name!, family, view, offset);
    const isChain = ['loss', 'label', 'transform', 'schedule', 'metric', 'prediction'].includes(family);
    if (isChain && parts.length === 0) return used.map(componentItem);
    return used.filter((each) => !isChain || each.name === parts[0]).flatMap((each) => options(each, [], ''));
  },
  value: (place, view, offset) => [
    ...valuesAt(place, view, offset),
    ...names(view, (entity) => entity.kind !== 'block'),
  ],
  argument(place, view, offset) {
    const called = calledAt(place, view.registry);
    if (!called && place.callee === 'best') return Object.values(view.registry.metric).map(componentItem);
    if (!called)
      return ['distill', 'trained'].includes(place.callee) ? blocks(view, ['experiment'], offset) : [];
    const first = place.first ? optionOf(called, '') : undefined;
    return [...options(called, place.given, ': '), ...(first ? wordItems(wordsOf(first.type)) : [])];
  },
  option(place, view) {
    const called = calledAt(place, view.registry);
    const parameter = called && optionOf(called, place.option);
    if (!parameter) return [];
    const units = isNumber(place.last) ? wordItems(unitsOf(parameter.type), CompletionItemKind.Unit) : [];
    const lets = isNumber(place.last) ? [] : names(view, (entity) => entity.kind !== 'block');
    return [...units, ...wordItems(wordsOf(parameter.type)), ...lets];
  },
};

const extendable: Readonly<Record<string, readonly string[]>> = {
  dataset: ['dataset'],
  protocol: ['protocol'],
  experiment: ['protocol', 'experiment'],
  sweep: ['experiment'],
  compare: ['experiment', 'sweep'],
};

function valuesAt(place: ValuePlace, view: View, offset: number): readonly CompletionItem[] {
  const { families, field, source } = expectedAt(place, view.registry);
  const units = isNumber(place.last) ? (field?.units ?? []) : [];
  const roots = place.target
    ? Object.keys(targetWords)
    : source === 'begins'
      ? ['raters', 'mask', 'distill']
      : [];
  return [
    ...wordItems(units, CompletionItemKind.Unit),
    ...families.flatMap((family) => Object.values(view.registry[family]).map(componentItem)),
    ...roots.map((label) => ({
      label,
      kind: CompletionItemKind.Keyword,
      documentation: markdown(targetWords[label]!),
    })),
    ...(source === 'goes on' || place.target ? [] : wordItems(field?.words ?? [])),
    ...blocks(view, field?.blocks ?? [], offset),
  ];
}

const isNumber = (last: ValuePlace['last']) =>
  last?.tokenType === token.Numeral || last?.tokenType === token.Size;

const componentItem = (component: Component): CompletionItem => ({
  label: component.name,
  kind: CompletionItemKind.Function,
  detail: component.summary,
  documentation: markdown(componentDoc(component)),
});

/** Options that have not been given. */
const options = (component: Component, given: readonly string[], behind: string): readonly CompletionItem[] =>
  component.parameters
    .filter(({ name }) => !given.includes(name))
    .map((parameter) => ({
      label: parameter.name,
      kind: CompletionItemKind.Property,
      insertText: `${parameter.name}${behind}`,
      detail: typeText(parameter),
      documentation: markdown(optionDoc(parameter)),
      // In the order of the component, those that must be given first.
      sortText: `${parameter.default === undefined ? 0 : 1}${String(component.parameters.indexOf(parameter)).padStart(3, '0')}`,
    }));

const wordItems = (
  labels: readonly string[],
  kind: CompletionItemKind = CompletionItemKind.EnumMember,
): readonly CompletionItem[] => labels.map((label) => ({ label, kind }));

const words = (docs: Readonly<Record<string, string>>, kind: CompletionItemKind): readonly CompletionItem[] =>
  Object.entries(docs).map(([label, doc]) => ({ label, kind, documentation: markdown(doc) }));

const markdown = (value: string) => ({ kind: MarkupKind.Markdown, value });

function names({ scope }: View, fits: (entity: Entity) => boolean): readonly CompletionItem[] {
  return [...namesIn(scope)].flatMap(([label, entity]) =>
    fits(entity)
      ? [
          {
            label,
            kind: entity.kind === 'block' ? CompletionItemKind.Class : CompletionItemKind.Variable,
            ...(entity.kind === 'value' ? { detail: describe(entity) } : {}),
            ...(entity.kind === 'block' && entity.block.doc
              ? { documentation: markdown(entity.block.doc) }
              : {}),
          },
        ]
      : [],
  );
}

/** Blocks of these kinds, less the one that is being written. */
function blocks(view: View, keywords: readonly string[], offset: number): readonly CompletionItem[] {
  const own = blockAt(view, offset);
  return names(
    view,
    (entity) =>
      entity.kind === 'block' && entity.block !== own && keywords.includes(entity.block.keyword.text),
  );
}

/** The components of a family that the value of a field is made of, in the block at an offset or what it extends. */
function usedIn(field: string, family: Family, view: View, offset: number): readonly Component[] {
  const block = blockAt(view, offset);
  if (!block) return [];
  const base = block.bases[0] && lookup(block.bases[0].path, view.scope);
  // What is being written there has no value yet.
  const statements = block.statements.filter(({ span }) => offset < span.start || span.end < offset);
  const from = base?.kind === 'block' ? base : { block: { ...block, statements }, scope: view.scope };
  const settings = settingsOf(from.block, from.scope, { registry: view.registry, report: () => {} });
  const whole = settings?.get(field)?.whole;
  if (!whole) return [];
  const found = whole.values.flatMap((expression) => namesBehind({ expression, scope: whole.scope }));
  const called = [...new Set(found.map(({ path }) => path.map(({ text }) => text).join('.')))];
  const known = view.registry[family];
  return called.flatMap((name) => (Object.hasOwn(known, name) ? [known[name]!] : []));
}

/** Every name in a value, lets replaced by what they stand for. Lets that go round in circles are broken before. */
function namesBehind({ expression, scope }: Written): readonly Name[] {
  return namesWithin(expression).flatMap((name) => {
    const entity = lookup(name.path, scope);
    return entity?.kind === 'value' ? namesBehind(entity) : [name];
  });
}
