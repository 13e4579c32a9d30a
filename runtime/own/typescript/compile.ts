import { ts } from 'ts-morph';
import type { CompileAnswer, Module, TypeFault } from '../protocol.ts';
import { options, pathOf, type UserProgram } from './program.ts';

/** What a user looks at while trying something out; Node has it, TypeScript's library of the language has not. */
const environment = 'declare const console: { log(...data: readonly unknown[]): void };';

/** Checks the types of a user's program, and turns it into JavaScript if they hold. */
export function compile({ project, sources, files, problems }: UserProgram): CompileAnswer {
  const refused = problems.map(({ path, line, message }): TypeFault => {
    const source = sources.find((each) => pathOf(each) === path)?.compilerNode;
    const start = source ? source.getPositionOfLineAndCharacter(line - 1, 0) : 0;
    const text = source?.text ?? '';
    const length = text.slice(start).split(/\r?\n/, 1)[0]!.length;
    return { path, text, start, length, code: 'import', message };
  });
  if (refused.length > 0) return { files, errors: refused, modules: [] };
  project.createSourceFile('/environment.d.ts', environment);
  const program = project.getProgram().compilerObject;
  const errors = ts
    .getPreEmitDiagnostics(program)
    .filter(({ category }) => category === ts.DiagnosticCategory.Error)
    .map((error): TypeFault => {
      const source = sources.find(({ compilerNode }) => compilerNode === error.file);
      return {
        path: source ? pathOf(source) : (error.file?.fileName ?? ''),
        text: error.file?.text ?? '',
        start: error.start ?? 0,
        length: error.length ?? 0,
        code: `TS${error.code}`,
        message: ts.flattenDiagnosticMessageText(error.messageText, '\n'),
      };
    });
  if (errors.length > 0) return { files, errors, modules: [] };
  const modules = sources.map((source): Module => {
    const { outputText, sourceMapText = '' } = ts.transpileModule(source.getFullText(), {
      fileName: source.getBaseName(),
      compilerOptions: { ...options, paths: {}, lib: [] },
    });
    return { path: pathOf(source), code: withoutMapComment(outputText), map: sourceMapText };
  });
  return { files, errors, modules };
}

const withoutMapComment = (code: string): string => code.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n');
