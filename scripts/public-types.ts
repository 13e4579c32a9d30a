import path from 'node:path';
import { type ExportedDeclarations, Node, Project, type Statement, ts } from 'ts-morph';
import { literalValue } from '../compiler/signatures/literal.ts';
import { patternDefaults, typeNameOf } from '../compiler/signatures/read.ts';

const api = 'runtime/api/index.ts';

/**
 * The declarations of the public API as one file that imports nothing: what `import … from "dml"` gives, and the types
 * that these need. Members marked `@internal` are left out.
 */
export function publicTypes(root: string): string {
  const declared = declarationsOf(root);
  const index = declared.getSourceFileOrThrow(path.join(root, api));
  const exported = [...index.getExportedDeclarations()].map(
    ([name, [declaration]]) => [name, statementOf(declaration!)] as const,
  );
  const statements = reachable(exported.map(([, statement]) => statement));
  const names = new Map<string, Statement>();
  for (const statement of statements)
    for (const name of namesOf(statement)) {
      const other = names.get(name);
      if (other && other !== statement)
        throw new Error(`Two declarations of the public API are called ${name}: give one another name.`);
      names.set(name, statement);
    }
  const isPublic = new Set(exported.map(([, statement]) => statement));
  const text = statements.map((statement) => print(statement, isPublic.has(statement))).join('\n\n');
  return `${header}\n\n${text}\n\nexport {};\n`;
}

const header = '/* Written by scripts/build.ts from the modules that runtime/api/index.ts exports. */';

/** What TypeScript declares for each module below the API, in a project of its own. */
function declarationsOf(root: string): Project {
  const project = new Project({
    tsConfigFilePath: path.join(root, 'tsconfig.json'),
    skipAddingFilesFromTsConfig: true,
    compilerOptions: {
      noEmit: false,
      allowImportingTsExtensions: true,
      declaration: true,
      emitDeclarationOnly: true,
      stripInternal: true,
    },
  });
  project.addSourceFileAtPath(path.join(root, api));
  project.resolveSourceFileDependencies();
  sayDefaults(project);
  const declared = new Project({
    useInMemoryFileSystem: true,
    compilerOptions: {
      noLib: true,
      allowImportingTsExtensions: true,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
    },
  });
  for (const { filePath, text } of project.emitToMemory({ emitOnlyDtsFiles: true }).getFiles())
    declared.createSourceFile(filePath.replace(/\.d\.ts$/, '.ts'), text);
  return declared;
}

/** Declarations have no patterns, so what these say is written beside each option: `@default 0.001`. */
function sayDefaults(project: Project): void {
  for (const file of project.getSourceFiles())
    for (const parameter of file.getFunctions().flatMap((fn) => fn.getParameters())) {
      const options = file.getInterface(typeNameOf(parameter) ?? '');
      const defaults = options ? patternDefaults(parameter) : [];
      for (const [name, initializer] of defaults) {
        const value = literalValue(initializer);
        const docs = options?.getProperty(name)?.getJsDocs().at(-1);
        if (value !== undefined) docs?.addTag({ tagName: 'default', text: JSON.stringify(value) });
      }
    }
}

/** These statements and those that declare what they name, in the order in which they are met. */
function reachable(first: readonly Statement[]): readonly Statement[] {
  const found = new Set<Statement>(first);
  for (const statement of found)
    for (const identifier of statement.getDescendantsOfKind(ts.SyntaxKind.Identifier)) {
      const symbol = identifier.getSymbol();
      for (const declaration of (symbol?.getAliasedSymbol() ?? symbol)?.getDeclarations() ?? [])
        if (isTopLevel(declaration)) found.add(statementOf(declaration));
    }
  return [...found];
}

const isTopLevel = (node: Node): boolean =>
  Node.isFunctionDeclaration(node) ||
  Node.isInterfaceDeclaration(node) ||
  Node.isTypeAliasDeclaration(node) ||
  Node.isClassDeclaration(node) ||
  (Node.isVariableDeclaration(node) && Node.isSourceFile(node.getVariableStatement()?.getParent()));

const statementOf = (declaration: ExportedDeclarations | Node): Statement =>
  (Node.isVariableDeclaration(declaration)
    ? declaration.getVariableStatementOrThrow()
    : declaration) as Statement;

function namesOf(statement: Statement): readonly string[] {
  if (Node.isVariableStatement(statement)) return statement.getDeclarations().map((each) => each.getName());
  return Node.hasName(statement) ? [statement.getName()] : [];
}

function print(statement: Statement, exported: boolean): string {
  const docs = Node.isJSDocable(statement) ? statement.getJsDocs().map((doc) => `${doc.getText()}\n`) : [];
  const bare = statement
    .getText()
    .replace(/^(export )?(declare )?/, '')
    .replace(/^ +(?=\*)/gm, '     ');
  const declared = /^(interface|type) /.test(bare) ? bare : `declare ${bare}`;
  return `${docs.join('')}${exported ? 'export ' : ''}${declared}`;
}
