import {
  type Node,
  type Symbol as Property,
  type SourceFile,
  SymbolFlags,
  type Type,
  TypeFormatFlags,
} from 'ts-morph';

export type Schema = Readonly<Record<string, unknown>>;

/**
 * JSON Schemas of types that a file exports, and of all that these name, with their doc comments. An object holds what is
 * declared and nothing else, but for types in `open`. JSON writes null for a number that is none: so may a number be,
 * unless its doc comment says `@integer`.
 */
export function definitionsOf(
  file: SourceFile,
  names: readonly string[],
  open: readonly string[] = [],
): Readonly<Record<string, Schema>> {
  const definitions = new Map<string, Schema>();

  const named = (type: Type, at: Node): Schema => {
    const symbol = symbolOf(type);
    const name = symbol?.getName();
    if (symbol === undefined || name === undefined) return structure(type, at, false);
    if (!definitions.has(name)) {
      definitions.set(name, {});
      definitions.set(name, { ...described(symbol), ...structure(type, at, open.includes(name)) });
    }
    return { $ref: `#/$defs/${name}` };
  };

  const structure = (type: Type, at: Node, isOpen: boolean): Schema => {
    if (type.isUnion()) return union(type.getUnionTypes(), at);
    const element = type.isReadonlyArray() ? type.getTypeArguments()[0] : type.getArrayElementType();
    if (element) return { type: 'array', items: named(element, at) };
    const values = type.getStringIndexType();
    if (values) return { type: 'object', additionalProperties: named(values, at) };
    return type.isObject() ? object(type, at, isOpen) : plain(type);
  };

  const union = (types: readonly Type[], at: Node): Schema => {
    const parts = types.filter((part) => !part.isUndefined());
    const literals = parts.filter((part) => part.isLiteral()).map(literalOf);
    if (literals.length === parts.length) return { enum: literals };
    const [only, ...more] = parts.filter((part) => !part.isLiteral()).map((part) => named(part, at));
    const all = [only!, ...more, ...(literals.length > 0 ? [{ enum: literals }] : [])];
    return all.length === 1 ? all[0]! : { anyOf: all };
  };

  const object = (type: Type, at: Node, isOpen: boolean): Schema => {
    const properties = type.getProperties();
    return {
      type: 'object',
      properties: Object.fromEntries(
        properties.map((property) => {
          const isInteger = property.getJsDocTags().some((tag) => tag.getName() === 'integer');
          const schema = isInteger ? { type: 'integer' } : named(property.getTypeAtLocation(at), at);
          return [property.getName(), { ...described(property), ...schema }];
        }),
      ),
      required: properties.filter((each) => !each.isOptional()).map((each) => each.getName()),
      ...(isOpen ? {} : { additionalProperties: false }),
    };
  };

  for (const name of names) {
    const declaration = file.getInterface(name) ?? file.getTypeAliasOrThrow(name);
    named(declaration.getType(), declaration);
  }
  return Object.fromEntries([...definitions].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What a type is called that is declared for itself; types made of others by `Readonly` and the like are not. */
function symbolOf(type: Type): Property | undefined {
  const alias = type.getAliasSymbol();
  if (alias) return type.getAliasTypeArguments().length === 0 ? alias : undefined;
  const symbol = type.getSymbol();
  return symbol?.hasFlags(SymbolFlags.Interface) && type.getTypeArguments().length === 0 ? symbol : undefined;
}

function plain(type: Type): Schema {
  if (type.isLiteral()) return { const: literalOf(type) };
  if (type.isString()) return { type: 'string' };
  if (type.isNumber()) return { type: ['number', 'null'] };
  if (type.isNull()) return { type: 'null' };
  if (type.isUnknown()) return {};
  throw new Error(`JSON has no ${type.getText(undefined, TypeFormatFlags.NoTruncation)}.`);
}

const literalOf = (type: Type): unknown =>
  type.isBooleanLiteral() ? type.getText() === 'true' : type.getLiteralValue();

function described(symbol: Property): Schema {
  const text = symbol.compilerSymbol
    .getDocumentationComment(undefined)
    .map((part) => part.text)
    .join('');
  return text ? { description: text.replaceAll('\n', ' ') } : {};
}
