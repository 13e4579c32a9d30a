import { projectRoot } from '../compiler/check/check.ts';
import { ownComponent, withOwn } from '../compiler/check/own.ts';
import type { Registry, Signatures } from '../compiler/registry.ts';
import { readSignatures, signaturesOfCode } from '../runtime/own/read.ts';
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

/**
 * A registry with the user's own components that a canonical file names by their code, as far as their files have been
 * read on this machine.
 */
export function withOwnByCode(registry: Registry, text: string, { env }: Context): Registry {
  const codes = [...new Set(text.match(/(?<=\bcode: )[0-9a-f]{64}\b/g) ?? [])];
  return withOwn(
    registry,
    codes.flatMap((code) => {
      const signatures = signaturesOfCode(code, env);
      return (signatures?.components ?? []).map((described) => ownComponent(described, described.name, code));
    }),
  );
}
