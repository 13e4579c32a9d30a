import { createHash } from 'node:crypto';
import { readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { Project, type SourceFile, ts } from 'ts-morph';
import type { HashedFile, Problem, Request } from '../protocol.ts';
import { importsOf } from './imports.ts';

/** A user's file and all that it imports, read into memory: TypeScript sees these files, "dml" and its own library. */
export interface UserProgram {
  readonly project: Project;
  readonly main: SourceFile;
  readonly sources: readonly SourceFile[];
  readonly files: readonly HashedFile[];
  readonly problems: readonly Problem[];
}

/** Where the files lie in memory, below it as below `root`. */
const folder = '/project';
const publicTypes = '/dml.d.ts';

/** Larger than any component that a person writes; TypeScript would take long over it. */
const largest = 2 * 1024 ** 2;

export const options: ts.CompilerOptions = {
  strict: true,
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2023.d.ts'],
  types: [],
  module: ts.ModuleKind.CommonJS,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  allowImportingTsExtensions: true,
  rewriteRelativeImportExtensions: true,
  paths: { dml: [publicTypes] },
  sourceMap: true,
};

export const pathOf = (file: SourceFile): string => file.getFilePath().slice(folder.length + 1);

/** @param types the declarations of "dml" */
export function openProgram({ main, root }: Request, types: string): UserProgram {
  const project = new Project({
    useInMemoryFileSystem: true,
    skipFileDependencyResolution: true,
    compilerOptions: options,
  });
  project.createSourceFile(publicTypes, types);
  const files = new Map<string, HashedFile>();
  const sources = new Map<string, SourceFile>();
  const problems: Problem[] = [];

  const add = (file: string): string | undefined => {
    const { text, hash, fault } = readText(file, root);
    files.set(file, { path: file, hash });
    if (text === undefined) return fault;
    sources.set(file, project.createSourceFile(`${folder}/${file}`, text));
    return undefined;
  };
  const fault = add(main);
  if (fault) problems.push({ path: main, line: 1, message: fault });
  for (const [file, source] of sources)
    for (const { specifier, line } of importsOf(source)) {
      const report = (message: string) => problems.push({ path: file, line, message });
      const target = targetOf(specifier, file);
      if (target.kind === 'refused') report(target.message);
      if (target.kind !== 'file' || files.has(target.path)) continue;
      const wrong = add(target.path);
      if (wrong) report(`"${specifier}": ${wrong}`);
    }
  return {
    project,
    main: sources.get(main) ?? project.createSourceFile(`${folder}/${main}`, '', { overwrite: true }),
    sources: [...sources.values()],
    files: [...files.values()],
    problems,
  };
}

type Target =
  | { readonly kind: 'dml' }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'refused'; readonly message: string };

/** Why only these: the hash of a component, and with it the identity of a run, covers the files that it can read. */
const allowed =
  'A component may import "dml" and files of the project by relative paths, so that its hash covers all that it does.';

function targetOf(specifier: string | undefined, from: string): Target {
  if (specifier === undefined)
    return { kind: 'refused', message: `An import must name its file as a text. ${allowed}` };
  if (specifier === 'dml') return { kind: 'dml' };
  if (!/^\.\.?\//.test(specifier))
    return { kind: 'refused', message: `"${specifier}" is imported. ${allowed}` };
  const file = path.posix.join(path.posix.dirname(from), specifier);
  if (file.startsWith('../')) return { kind: 'refused', message: `"${specifier}" lies outside the project.` };
  if (file.endsWith('.ts')) return { kind: 'file', path: file };
  return {
    kind: 'refused',
    message: `"${specifier}" is imported: write the name of a TypeScript file, with its .ts.`,
  };
}

interface Content {
  readonly text?: string;
  readonly hash: string | null;
  readonly fault?: string;
}

function readText(file: string, root: string): Content {
  const full = path.join(root, file);
  if (!statSync(full, { throwIfNoEntry: false })?.isFile())
    return { hash: null, fault: 'There is no such file.' };
  const inside = path.relative(realpathSync(root), realpathSync(full));
  if (inside.startsWith('..') || path.isAbsolute(inside))
    return { hash: null, fault: 'This is a link to a file outside the project.' };
  const bytes = readFileSync(full);
  const hash = createHash('sha256').update(bytes).digest('hex');
  if (bytes.length > largest) return { hash, fault: 'A component of more than 2 MB is not read.' };
  try {
    return { hash, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { hash, fault: 'This is not a text file in UTF-8.' };
  }
}
