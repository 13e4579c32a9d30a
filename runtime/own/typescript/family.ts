import { type FunctionDeclaration, Node, type ParameterDeclaration, type TypeNode } from 'ts-morph';
import type { Family } from '../../../compiler/registry.ts';

/** Types of "dml" that tell what a function is: as its first parameter, or as what it returns. */
const byParameter: ReadonlyMap<string, Family> = new Map([
  ['LossInputs', 'loss'],
  ['ModelInputs', 'model'],
  ['LabelMap', 'label'],
]);
const byResult: ReadonlyMap<string, Family> = new Map([['Metric', 'metric']]);

/** How a function becomes a component, for messages. */
export const rule =
  'A loss is an exported function whose first parameter is LossInputs of "dml", of a model it is ModelInputs, of a label step LabelMap or readonly LabelMap[]; a metric returns Metric.';

type Signature = Pick<FunctionDeclaration, 'getParameters' | 'getReturnTypeNode'>;

/** The family that a function belongs to, by its written types; `undefined` for a helper. */
export function familyOf(fn: Signature): Family | undefined {
  const [first] = fn.getParameters();
  return (
    byParameter.get((first && publicName(elementOf(typeOf(first)))) ?? '') ??
    byResult.get(publicName(fn.getReturnTypeNode()) ?? '')
  );
}

const typeOf = (parameter: ParameterDeclaration) => parameter.getTypeNode();

/** `readonly LabelMap[]` and `ReadonlyArray<LabelMap>` are lists of `LabelMap`. */
function elementOf(node: TypeNode | undefined): TypeNode | undefined {
  if (Node.isTypeOperatorTypeNode(node)) return elementOf(node.getTypeNode());
  if (Node.isArrayTypeNode(node)) return node.getElementTypeNode();
  if (Node.isTypeReference(node) && /^(Readonly)?Array$/.test(node.getTypeName().getText()))
    return node.getTypeArguments()[0];
  return node;
}

/** The name that a type has in "dml", from `LossInputs`, `dml.LossInputs`, or what an import calls it here. */
function publicName(node: TypeNode | undefined): string | undefined {
  if (!Node.isTypeReference(node)) return undefined;
  const name = node.getTypeName();
  const imports = node
    .getSourceFile()
    .getImportDeclarations()
    .filter((each) => each.getModuleSpecifierValue() === 'dml');
  if (Node.isQualifiedName(name)) {
    const space = name.getLeft().getText();
    return imports.some((each) => each.getNamespaceImport()?.getText() === space)
      ? name.getRight().getText()
      : undefined;
  }
  const local = name.getText();
  return imports
    .flatMap((each) => each.getNamedImports())
    .find((each) => (each.getAliasNode()?.getText() ?? each.getName()) === local)
    ?.getName();
}
