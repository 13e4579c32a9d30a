import { projectRoot } from '../compiler/check/check.ts';
import type { Signatures } from '../compiler/registry.ts';
import { readSignatures } from '../runtime/own/read.ts';
import type { Context } from './command.ts';

/**
 * What the TypeScript files bring that a file uses: read from a cache, and on a miss by a process of its own, which is
 * said. Nothing of them is run. Each is read once, however many experiments use it.
 */
export function ownSignatures(
  file: string,
  { cwd, env, format, terminal }: Context,
): (path: string) => Signatures | undefined {
  const root = projectRoot(file);
  const tell = (path: string) => {
    if (format === 'text')
      terminal.err.write(`Reading the signatures in ${path} (once, until it changes) …\n`);
  };
  return (path) => readSignatures(path, { cwd, root, env }, tell);
}
