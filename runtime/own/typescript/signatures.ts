import { Node, type SourceFile, ts } from 'ts-morph';
import { noFunction, readFunction, reserved } from '../../../compiler/signatures/read.ts';
import type { Described, Problem, ReadAnswer } from '../protocol.ts';
import { familyOf, rule } from './family.ts';
import { pathOf, type UserProgram } from './program.ts';

/** The components of a user's file, one for each exported function that is one. */
export function readSignatures(program: UserProgram): ReadAnswer {
  const { main, files } = program;
  const broken = [...program.problems, ...program.sources.flatMap(syntaxErrors)];
  if (broken.length > 0) return { files, components: [], problems: broken };
  const exported = [...main.getExportedDeclarations()].map(([name, [declaration]]) =>
    readExport(name, declaration!, main),
  );
  const components = exported.flatMap(({ component }) => component ?? []);
  const problems = exported.flatMap((each) => each.problems);
  if (components.length === 0 && problems.length === 0)
    problems.push({ path: pathOf(main), line: 1, message: `There is no component in this file. ${rule}` });
  return { files, components, problems };
}

interface Reading {
  readonly component?: Described | undefined;
  readonly problems: readonly Problem[];
}

function readExport(name: string, declaration: Node, main: SourceFile): Reading {
  const path = pathOf(main);
  const say = (message: string): Reading => ({
    problems: [{ path, line: lineIn(main, declaration), message }],
  });
  if (Node.isVariableDeclaration(declaration)) {
    const value = declaration.getInitializer();
    const isComponent =
      (Node.isArrowFunction(value) || Node.isFunctionExpression(value)) && familyOf(value) !== undefined;
    if (!isComponent) return { problems: [] };
    const { message } = noFunction(declaration, { name, path });
    return say(message);
  }
  if (!Node.isFunctionDeclaration(declaration)) return { problems: [] };
  const family = familyOf(declaration);
  if (!family) return { problems: [] };
  if (declaration.getSourceFile() !== main)
    return say(`'${name}' is a ${family} of another file: \`use\` that file, or declare it here.`);
  if (name === 'default') return say(`A ${family} is called by its name: export it by name, not as default.`);
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
    return say(`'${name}' is no name of the language: letters, digits and _ make one.`);
  if (reserved.includes(name)) return say(`'${name}' is a reserved word of the language.`);
  const { component, problems } = readFunction(declaration, { name, family, path });
  if (component?.parameters.some((parameter) => parameter.name === 'code'))
    return say(
      `No option may be called 'code': the canonical form of an experiment has the hash of the file there.`,
    );
  return { component, problems: problems.map(({ line, message }) => ({ path, line, message })) };
}

/** Where the user's file says it: in its own line, or in that of the import or export that brings it. */
function lineIn(main: SourceFile, declaration: Node): number {
  if (declaration.getSourceFile() === main) return declaration.getStartLineNumber();
  const other = declaration.getSourceFile();
  const bringing = [...main.getExportDeclarations(), ...main.getImportDeclarations()].find(
    (each) => each.getModuleSpecifierSourceFile() === other,
  );
  return bringing?.getStartLineNumber() ?? 1;
}

function syntaxErrors(file: SourceFile): readonly Problem[] {
  const { compilerNode } = file;
  const found = file.getProject().getProgram().compilerObject.getSyntacticDiagnostics(compilerNode);
  return found.slice(0, 5).map(({ start, messageText }) => ({
    path: pathOf(file),
    line: compilerNode.getLineAndCharacterOfPosition(start ?? 0).line + 1,
    message: `This cannot be read as TypeScript: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
  }));
}
