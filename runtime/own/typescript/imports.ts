import { type SourceFile, ts } from 'ts-morph';

/** An import as it is written, and where; `specifier` is `undefined` where it is computed. */
export interface Import {
  readonly specifier: string | undefined;
  readonly line: number;
}

/** Everything that a file imports: declarations, `import(…)`, types, and exports from other files. */
export function importsOf(file: SourceFile): readonly Import[] {
  const source = file.compilerNode;
  const found: Import[] = [];
  const add = (node: ts.Node | undefined, at: ts.Node) =>
    found.push({
      specifier: node && ts.isStringLiteralLike(node) ? node.text : undefined,
      line: source.getLineAndCharacterOfPosition(at.getStart(source)).line + 1,
    });
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, node);
    else if (ts.isExportDeclaration(node) && node.moduleSpecifier) add(node.moduleSpecifier, node);
    else if (ts.isExternalModuleReference(node)) add(node.expression, node);
    else if (ts.isImportTypeNode(node))
      add(ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, node);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(undefined, node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
