import {
  type FunctionDeclaration,
  type InterfaceDeclaration,
  type JSDoc,
  Node,
  type ParameterDeclaration,
  type PropertySignature,
  type SourceFile,
} from 'ts-morph';
import type { Component, Family, OptionValue, Parameter } from '../registry.ts';
import { literalValue } from './literal.ts';
import { parameterType } from './types.ts';

/** Why a signature cannot become a component, and where. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** What is known of a component before its signature is read. `path` is that of its file, as messages name it. */
export interface Place {
  readonly name: string;
  readonly family: Family;
  readonly path: string;
}

export interface Reading {
  /** Absent where there is none (a helper, a contract); what is known of it where it has problems. */
  readonly component: Omit<Component, 'load'> | undefined;
  readonly problems: readonly Problem[];
}

/** No option or component may be called so: the grammar keeps these words. */
export const reserved = ['let', 'use', 'as', 'extends', 'of', 'vary', 'in', 'on', 'at', 'then'];

/** Steps and losses say what they work on; the checker decides softness from it. */
const requiredTags: Partial<Record<Family, readonly string[]>> = { loss: ['labels'], label: ['gives'] };

/** Tags with a closed choice of values, of which the first word counts. */
const tagValues: Readonly<Record<string, readonly string[]>> = {
  labels: ['hard', 'soft'],
  requires: ['hard'],
  gives: ['hard', 'soft', 'same'],
  takes: ['raters', 'labels'],
  windows: ['middle', 'image'],
};

/** The component of a built-in file: its exported function of the file's name. `path` is the file from the project's root. */
export function readComponent(file: SourceFile, family: Family, path: string): Reading {
  const name = file.getBaseNameWithoutExtension();
  const fn = file.getFunction(name);
  if (fn?.isExported()) return readFunction(fn, { name, family, path });
  const other = file.getVariableDeclaration(name);
  const problems = other?.isExported() ? [noFunction(other, { name, path })] : [];
  return { component: undefined, problems };
}

/** A component is a declared function, whose signature stands alone. */
export const noFunction = (node: Node, { name, path }: Pick<Place, 'name' | 'path'>): Problem => ({
  file: path,
  line: node.getStartLineNumber(),
  message: `'${name}' must be a function declaration (export function ${name}(…)) to be a component.`,
});

/** The component that a function is: its doc comment, and its last parameter if that is an interface `…Options`. */
export function readFunction(fn: FunctionDeclaration, { name, family, path }: Place): Reading {
  const problems: Problem[] = [];
  // An option may be declared in another file: the place of the component is told, and that of the option.
  const report = (node: Node, message: string) => {
    const line = node.getStartLineNumber();
    const other = node.getSourceFile();
    const isHere = other === fn.getSourceFile();
    problems.push({
      file: path,
      line: isHere ? line : fn.getStartLineNumber(),
      message: isHere ? message : `${message} (${other.getBaseName()}:${line})`,
    });
  };
  const docs = fn.getJsDocs().at(-1);
  const doc = describe(docs);
  if (!doc)
    report(fn, `'${name}' has no doc comment; its first sentence is what the language says about it.`);
  const tags = tagsOf(docs);
  for (const tag of requiredTags[family] ?? [])
    if (!tags[tag]) report(fn, `'${name}' has no @${tag} tag (hard or soft), which a ${family} needs.`);

  for (const [tag, values] of Object.entries(tagValues))
    if (tags[tag] !== undefined && !values.includes(tags[tag].split(' ')[0]!))
      report(fn, `@${tag} of '${name}' is '${tags[tag]}', expected ${values.join(' or ')}.`);
  const parameters = readOptions(fn, report);
  const component = {
    family,
    name,
    summary: firstSentence(doc),
    doc,
    tags: family === 'label' ? { takes: takes(fn), ...tags } : tags,
    parameters,
    file: path,
  };
  return { component, problems };
}

type Report = (node: Node, message: string) => void;

function readOptions(fn: FunctionDeclaration, report: Report): readonly Parameter[] {
  const last = fn.getParameters().at(-1);
  const options = last && optionsInterface(last);
  if (!last || !options) {
    const pattern = last?.getNameNode();
    const defaults =
      Node.isObjectBindingPattern(pattern) && pattern.getElements().some((e) => e.getInitializer());
    if (last && defaults)
      report(last, `The options of '${fn.getName()}' must be an interface whose name ends in 'Options'.`);
    return [];
  }
  const defaults = defaultsOf(last, options);
  return propertiesOf(options).flatMap((property) => {
    const initializer = defaults.get(property.getName());
    const declared = !initializer && handsOn(last) ? declaredDefault(property) : undefined;
    return readOption(property, initializer, declared, report);
  });
}

/** Of an option of "dml" that is handed on to it: its declarations have no patterns, and say the default in a tag. */
function declaredDefault(property: PropertySignature): OptionValue | undefined {
  const text = tagsOf(property.getJsDocs().at(-1)).default;
  return text === undefined ? undefined : (JSON.parse(text) as OptionValue);
}

function readOption(
  property: PropertySignature,
  initializer: Node | undefined,
  declared: OptionValue | undefined,
  report: Report,
): Parameter[] {
  const name = property.getName();
  const docs = property.getJsDocs().at(-1);
  const doc = describe(docs);
  const node = property.getTypeNode();
  const type = node && parameterType(node, tagsOf(docs));
  if (reserved.includes(name)) report(property, `Option '${name}' is a reserved word of the language.`);
  if (!doc) report(property, `Option '${name}' has no doc comment.`);
  if (!type) {
    const written = node?.getText() ?? 'unknown';
    report(
      property,
      `Option '${name}' has the type '${written}', which the language does not know. Known are number, boolean, string, unions of string literals, lists of these, Share, Duration, Pixels, Size, Interval and Mix.`,
    );
  }
  const value = initializer ? literalValue(initializer) : declared;
  if (property.hasQuestionToken() && !initializer && declared === undefined)
    report(
      property,
      `Option '${name}' has no default: give it one in the destructuring pattern, or drop its '?'.`,
    );
  if (initializer && value === undefined)
    report(
      initializer,
      `The default of option '${name}' must be a literal, found '${initializer.getText()}'.`,
    );
  return type ? [{ name, type, doc, ...withDefault(value), ...taggedParts(tagsOf(docs)) }] : [];
}

const withDefault = (value: OptionValue | undefined) => (value === undefined ? {} : { default: value });

/** What the tags of an option say of it beside its type. */
const taggedParts = ({
  head,
  shapes,
  each,
  unit,
}: Readonly<Record<string, string>>): Pick<Parameter, 'head' | 'shapes' | 'each' | 'unit'> => ({
  ...(head === undefined ? {} : { head }),
  ...(shapes === 'none' ? { shapes } : {}),
  ...(each === 'class' || each === 'rater' ? { each } : {}),
  ...(unit === undefined ? {} : { unit }),
});

/** The type of the last parameter, if it is an interface that is called `…Options`. */
function optionsInterface(parameter: ParameterDeclaration): InterfaceDeclaration | undefined {
  const node = parameter.getTypeNode();
  if (!Node.isTypeReference(node) || !node.getTypeName().getText().endsWith('Options')) return undefined;
  return interfaceOf(node.getTypeName());
}

function interfaceOf(name: Node): InterfaceDeclaration | undefined {
  const symbol = name.getSymbol();
  return (symbol?.getAliasedSymbol() ?? symbol)?.getDeclarations().find(Node.isInterfaceDeclaration);
}

/** Its own properties, then those that it inherits. */
const propertiesOf = (options: InterfaceDeclaration): readonly PropertySignature[] =>
  lineage(options).flatMap((declared) => declared.getProperties());

/** An interface and those that it extends. */
export const lineage = (options: InterfaceDeclaration): readonly InterfaceDeclaration[] => [
  options,
  ...options.getExtends().flatMap((parent) => {
    const declared = interfaceOf(parent.getExpression());
    return declared ? lineage(declared) : [];
  }),
];

/**
 * Defaults in the pattern of the options. A component that hands on all of them or the rest has the others in the
 * pattern of the function to which they go: the one that takes this interface, in the file of the interface.
 */
function defaultsOf(
  parameter: ParameterDeclaration,
  options: InterfaceDeclaration,
): ReadonlyMap<string, Node> {
  const own = patternDefaults(parameter);
  if (!handsOn(parameter)) return own;
  const shared = lineage(options).flatMap((declared) =>
    declared
      .getSourceFile()
      .getFunctions()
      .flatMap((fn) => fn.getParameters())
      .filter((other) => other !== parameter && typeNameOf(other) === declared.getName())
      .flatMap((other) => [...patternDefaults(other)]),
  );
  return new Map([...shared, ...own]);
}

function handsOn(parameter: ParameterDeclaration): boolean {
  const pattern = parameter.getNameNode();
  return (
    !Node.isObjectBindingPattern(pattern) ||
    pattern.getElements().some((element) => element.getDotDotDotToken())
  );
}

export function typeNameOf(parameter: ParameterDeclaration): string | undefined {
  const node = parameter.getTypeNode();
  return Node.isTypeReference(node) ? node.getTypeName().getText() : undefined;
}

/** The defaults that the pattern of a parameter gives, by option. */
export function patternDefaults(parameter: ParameterDeclaration): ReadonlyMap<string, Node> {
  const pattern = parameter.getNameNode();
  if (!Node.isObjectBindingPattern(pattern)) return new Map();
  return new Map(
    pattern.getElements().flatMap((element) => {
      const initializer = element.getInitializer();
      const name = element.getPropertyNameNode()?.getText() ?? element.getName();
      return initializer ? [[name, initializer] as const] : [];
    }),
  );
}

/** A step over several masks has a list as its first parameter. */
function takes(fn: FunctionDeclaration): string {
  const node = fn.getParameters()[0]?.getTypeNode();
  return node && /\[\]$|^(Readonly)?Array</.test(node.getText()) ? 'raters' : 'labels';
}

const describe = (docs: JSDoc | undefined): string => docs?.getDescription().trim().replace(/\r/g, '') ?? '';

/** Up to the first full stop that ends a sentence, on one line. */
function firstSentence(doc: string): string {
  const paragraph = doc.split('\n\n')[0]!.replace(/\s+/g, ' ');
  return /^.*?[.!?](?=\s+[A-Z(]|$)/.exec(paragraph)?.[0] ?? paragraph;
}

/** `@param` and `@returns` speak to TypeScript, the rest to the language. */
function tagsOf(docs: JSDoc | undefined): Record<string, string> {
  const tags =
    docs?.getTags().filter((tag) => !['param', 'returns', 'throws'].includes(tag.getTagName())) ?? [];
  return Object.fromEntries(
    tags.map((tag) => [tag.getTagName(), (tag.getCommentText() ?? '').trim().replace(/\s+/g, ' ')]),
  );
}
