import { type CompletionItem, CompletionItemKind, MarkupKind } from 'vscode-languageserver';
import type { Takes } from '../../compiler/check/takes.ts';
import * as token from '../../grammar/tokens.ts';
import { type Expected, expectedAt, familiesAt, namesAt, usedPartsAt } from './expected.ts';
import { declarationWords, describeField, fieldsOf, targetWords } from './fields.ts';
import { blockItems, callItem, componentItem, docItems, names, optionItems, wordItems } from './items.ts';
import { fieldDoc } from './markdown.ts';
import { type Place, placeAt, type Within, wordAt } from './place.ts';
import { headsAt, metricsAt, testsAt } from './used.ts';
import type { View } from './view.ts';

/** Everything that can be written at an offset; the editor narrows it down to what is typed. */
export function completionsAt(view: View, offset: number): readonly CompletionItem[] {
  const { start } = wordAt(view.source, offset);
  const place = placeAt(view, start);
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
  declaration: () => docItems(declarationWords, CompletionItemKind.Keyword),
  reference: ({ keyword, path }, view, offset) =>
    inSpace(path, blockItems(view, extendable[keyword] ?? [], offset)),
  statement({ block, varied }) {
    const fields = Object.entries(fieldsOf(block)).map(([name, field]) => ({
      label: name,
      kind: CompletionItemKind.Field,
      insertText: varied ? name : `${name}: `,
      documentation: { kind: MarkupKind.Markdown, value: fieldDoc(name, field) },
    }));
    const vary = docItems({ vary: 'Values of one or several paths.' }, CompletionItemKind.Keyword);
    return block === 'sweep' && !varied ? [...vary, ...fields] : fields;
  },
  path({ block, path }, view, offset) {
    const [name] = path;
    if (name === undefined) return [];
    const parts = usedPartsAt(block, path, view, offset);
    return describeField(block, name)?.byName && path.length === 1
      ? parts.map(({ name, component, doc }) => (component ? componentItem(component) : partItem(name, doc)))
      : parts.flatMap((part) => optionItems(part, [], ''));
  },
  value: (place, view, offset) => valuesAt(place, expectedAt(place, view, offset), view, offset),
  argument(place, view, offset) {
    const { given, index } = place.brackets.at(-1)!;
    const expected = expectedAt(place, view, offset);
    const options = expected.called ? optionItems(expected.called, given, ': ') : [];
    return index === 0 ? [...options, ...valuesAt(place, expected, view, offset)] : options;
  },
};

const partItem = (label: string, doc: string): CompletionItem => ({
  label,
  kind: CompletionItemKind.Function,
  documentation: { kind: MarkupKind.Markdown, value: doc },
});

const extendable: Readonly<Record<string, readonly string[]>> = {
  dataset: ['dataset'],
  protocol: ['protocol'],
  experiment: ['protocol', 'experiment'],
  sweep: ['experiment'],
  compare: ['experiment', 'sweep'],
};

function valuesAt(
  place: Within,
  { takes, example, keys }: Expected,
  view: View,
  offset: number,
): readonly CompletionItem[] {
  const { last, path } = place;
  if (keys) {
    const given = place.brackets.at(-1)!.given;
    const open = keys.filter(({ name }) => !given.includes(name));
    return open.map(({ name }) => ({
      label: name,
      kind: CompletionItemKind.Property,
      insertText: `${name}: `,
    }));
  }
  if (last?.tokenType === token.At) return wordItems(headsAt(view, offset));
  const isMember = last?.tokenType === token.Dot;
  if (isMember && (takes.member || takes.tested) && !view.scope.spaces.has(path[0] ?? ''))
    return scoresBehind(path, takes, view, offset);
  const lets = names(view, (entity) => entity.kind !== 'block');
  const all = [...wordsAt(place, takes, view, offset), ...examplesAt(place, takes, example), ...lets];
  return isMember ? inSpace(path, all) : all;
}

/** What goes on behind a dot: the metrics, and behind an arm its test sets. */
function scoresBehind(
  path: readonly string[],
  { member }: Takes,
  view: View,
  offset: number,
): readonly CompletionItem[] {
  const tests = testsAt(view, offset);
  const isOnTest = tests.includes(path.at(-1)!);
  if (!member && !isOnTest) return [];
  const sets = member && !isOnTest ? wordItems(tests, CompletionItemKind.Class) : [];
  return [...metricsAt(view, offset).map(componentItem), ...sets];
}

/** What a field or option takes at a place: units behind a number, components, words, names. */
function wordsAt(place: Within, takes: Takes, view: View, offset: number): readonly CompletionItem[] {
  const { last } = place;
  const families = familiesAt(place, takes, view);
  const isFlow = takes.family === 'label' && last?.tokenType === token.Flow;
  const components = families.flatMap((family) =>
    takes.measured && family === 'metric' ? metricsAt(view, offset) : Object.values(view.registry[family]),
  );
  const { words = [], calls = [], units = [], blocks = [] } = takes;
  const docs = Object.fromEntries(
    words.flatMap((word) =>
      takes.family === 'label' && targetWords[word] ? [[word, targetWords[word]]] : [],
    ),
  );
  const own = isFlow
    ? []
    : [
        ...docItems(docs, CompletionItemKind.Keyword),
        ...calls.map(callItem),
        ...wordItems(words.filter((word) => !Object.hasOwn(docs, word))),
      ];
  return [
    ...wordItems(isNumber(last) ? units : [], CompletionItemKind.Unit),
    ...components.map(componentItem),
    ...own,
    ...wordItems(takes.names ? namesAt(takes.names, view, offset) : []),
    ...blockItems(view, blocks, offset),
    ...(takes.tested ? wordItems(testsAt(view, offset), CompletionItemKind.Class) : []),
  ];
}

/** Something that may be written where a value begins that no names say. */
function examplesAt(
  { last }: Within,
  { family, blocks, calls, names: kind, words = [] }: Takes,
  example: string | undefined,
): readonly CompletionItem[] {
  const isBegun = [token.Colon, token.LeftParenthesis].some((type) => type === last?.tokenType);
  const isNamed = family || blocks || calls || kind;
  return isBegun && !isNamed && example !== undefined && !words.includes(example)
    ? wordItems([example], CompletionItemKind.Value)
    : [];
}

/** Of names with those of namespaces, the ones of the namespace before a dot. */
function inSpace(path: readonly string[], items: readonly CompletionItem[]): readonly CompletionItem[] {
  if (path.length === 0) return items;
  const space = `${path.join('.')}.`;
  return items.flatMap((item) =>
    item.label.startsWith(space) ? [{ ...item, label: item.label.slice(space.length) }] : [],
  );
}

const isNumber = (last: Within['last']) =>
  last?.tokenType === token.Numeral || last?.tokenType === token.Size;
