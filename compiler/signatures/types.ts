import { Node, type TypeNode } from 'ts-morph';
import type { ParameterType } from '../registry.ts';

/** Values of the tags of one option: `@minimum 0` is `{ minimum: '0' }`. */
export type Tags = Readonly<Record<string, string>>;

/** Aliases of `compiler/registry.ts` that stand for a unit, known by their name. */
const named: Readonly<Record<string, ParameterType>> = {
  Share: { kind: 'quantity', dimension: 'share' },
  Duration: { kind: 'quantity', dimension: 'duration' },
  Pixels: { kind: 'quantity', dimension: 'length' },
  Size: { kind: 'size' },
  Interval: { kind: 'range' },
};

/** What an option of this TypeScript type may be in the language; `undefined` for a type that has no counterpart. */
export function parameterType(node: TypeNode, tags: Tags): ParameterType | undefined {
  const inner = (part: TypeNode) => parameterType(part, tags);
  if (Node.isNumberKeyword(node)) return numberType(tags);
  if (Node.isBooleanKeyword(node)) return { kind: 'boolean' };
  if (Node.isStringKeyword(node)) return { kind: 'text' };
  if (Node.isParenthesizedTypeNode(node)) return inner(node.getTypeNode());
  if (Node.isTypeOperatorTypeNode(node)) return inner(node.getTypeNode());
  if (Node.isArrayTypeNode(node)) return listOf(inner(node.getElementTypeNode()));
  if (Node.isUnionTypeNode(node)) return unionOf(node.getTypeNodes().map(inner));
  if (Node.isLiteralTypeNode(node)) {
    const literal = node.getLiteral();
    return Node.isStringLiteral(literal)
      ? { kind: 'choice', values: [literal.getLiteralValue()] }
      : undefined;
  }
  if (Node.isTypeReference(node)) {
    const name = node.getTypeName().getText();
    if (name === 'Mix') {
      const [names] = node.getTypeArguments();
      const choice = names && inner(names);
      return choice?.kind === 'choice' ? { kind: 'mix', of: choice.values } : undefined;
    }
    if (name === 'ReadonlyArray' || name === 'Array') {
      const [element] = node.getTypeArguments();
      return element && listOf(inner(element));
    }
    const aliased = named[name] ? undefined : aliasedType(node);
    return named[name] ?? (aliased && inner(aliased));
  }
  return undefined;
}

function numberType(tags: Tags): ParameterType {
  const bound = (name: string) => (tags[name] === undefined ? {} : { [name]: Number(tags[name]) });
  return {
    kind: 'number',
    integer: 'integer' in tags,
    ...bound('minimum'),
    ...bound('maximum'),
    ...bound('exclusiveMinimum'),
    ...('odd' in tags ? { odd: true } : {}),
  };
}

const listOf = (of: ParameterType | undefined): ParameterType | undefined => of && { kind: 'list', of };

/** String literals become one choice; what is left beside them makes a union. */
function unionOf(parts: readonly (ParameterType | undefined)[]): ParameterType | undefined {
  if (parts.some((part) => part === undefined)) return undefined;
  const known = parts as readonly ParameterType[];
  const values = known.flatMap((part) => (part.kind === 'choice' ? part.values : []));
  const others = known.filter((part) => part.kind !== 'choice');
  const choice: ParameterType[] = values.length > 0 ? [{ kind: 'choice', values }] : [];
  const of = [...others, ...choice];
  return of.length === 1 ? of[0] : { kind: 'union', of };
}

/** The right side of `type Name = …`, wherever it is declared. */
function aliasedType(node: Node): TypeNode | undefined {
  if (!Node.isTypeReference(node)) return undefined;
  const symbol = node.getTypeName().getSymbol();
  const declared = (symbol?.getAliasedSymbol() ?? symbol)
    ?.getDeclarations()
    .find(Node.isTypeAliasDeclaration);
  return declared?.getTypeNode();
}
