import path from 'node:path';
import { compileFunction } from 'node:vm';
import * as api from '../api/index.ts';
import { blame, scriptFolder } from './blame.ts';
import type { OwnProgram } from './compile.ts';

export type Exports = Readonly<Record<string, unknown>>;

/**
 * Runs a user's program: here alone its code comes to life. `"dml"` is the API of this very process, so that what a
 * component builds is of the graph that is being built.
 *
 * @returns what the file exports
 * @throws OwnError where the file throws
 */
export function evaluate(program: OwnProgram): Exports {
  const modules = new Map(program.modules.map((module) => [module.path, module]));
  const loaded = new Map<string, Record<string, unknown>>();
  const load = (file: string): Exports => {
    const known = loaded.get(file);
    if (known) return known;
    const module = modules.get(file);
    if (!module) throw new Error(`There is no module ${file}.`);
    const exports: Record<string, unknown> = {};
    loaded.set(file, exports);
    const requireFrom = (specifier: string): unknown =>
      specifier === 'dml'
        ? api
        : load(path.posix.join(path.posix.dirname(file), specifier).replace(/\.js$/, '.ts'));
    const run = compileFunction(module.code, ['exports', 'require'], {
      filename: `${scriptFolder(program.code)}${file}`,
    });
    run(exports, requireFrom);
    return exports;
  };
  return blame(program, program.file, () => load(program.main));
}
