import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { projectRoot } from '../compiler/check/check.ts';
import type { Signatures } from '../compiler/registry.ts';
import { importedBy, type Place, readSignatures } from '../runtime/own/read.ts';
import type { Context } from './command.ts';
import type { Reader } from './reader.ts';

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

/** The same of files as they were: they are written into a folder of their own, with all that they import, and read there. */
export function pastSignatures(
  reader: Pick<Reader, 'read'>,
  { env }: Context,
): (path: string) => Signatures | undefined {
  return (file) => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'dml-past-'));
    // What is read here is of no use later: nothing of it goes to the user's cache.
    const place: Place = { cwd: folder, root: '.', env: { ...env, DML_HOME: path.join(folder, '.home') } };
    const write = (each: string): boolean => {
      const text = reader.read(each)?.text;
      if (text === undefined) return false;
      mkdirSync(path.join(folder, path.dirname(each)), { recursive: true });
      writeFileSync(path.join(folder, each), text);
      return true;
    };
    try {
      if (!write(file)) return undefined;
      for (let known = new Set([file]); ; ) {
        const signatures = readSignatures(file, place, () => undefined);
        const fresh = importedBy(file, place).filter((each) => !known.has(each));
        if (fresh.filter(write).length === 0) return signatures;
        known = new Set([...known, ...fresh]);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
}
