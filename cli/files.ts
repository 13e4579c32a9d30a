import { type Dirent, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { nearest } from '../grammar/nearest.ts';
import { type Source, Unreadable } from '../grammar/source.ts';
import type { Context } from './command.ts';
import { describe, UnreadableFile, UsageError } from './errors.ts';

/** What `-` is called in messages: what its first words that are no comment say that it is. */
const inputName = (text: string): string =>
  `standard-input.${/^[ \t]*[^\s#-].*$/m.exec(text)?.[0].match(/^\s*dml\s*:/) ? 'yaml' : 'dml'}`;

/** Folders that are never searched for files: what is installed, hidden, or written by runs. */
const passedOver = /^(\..*|node_modules|runs|dist)$/;

/** Reads a file that was named on the command line, `-` for standard input. */
export async function readSource(file: string, { cwd, readInput }: Context): Promise<Source> {
  if (file === '-') {
    const text = await readInput();
    return { path: inputName(text), text };
  }
  try {
    const full = path.resolve(cwd, file);
    demandEnds(full, file);
    // Not in a thread of its own: that takes ten times as long as reading a short file does.
    return { path: file, text: decode(readFileSync(full), file) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw await missing(file, cwd);
    const { message, help, stack } = describe(error);
    throw stack === undefined ? new UnreadableFile(message, help, file) : error;
  }
}

/** What the shell makes of `<(git show …)`, and of standard input, has an end; other pipes and devices may have none. */
export function demandEnds(
  full: string,
  file: string,
  help = 'Name a .dml file, or - for standard input.',
): void {
  const stat = statSync(full, { throwIfNoEntry: false });
  const hasEnd =
    !stat || stat.isFile() || stat.isDirectory() || /^\/(dev|proc\/\w+)\/(fd\/|stdin$)/.test(full);
  if (hasEnd) return;
  const kind = stat.isFIFO() ? 'a named pipe' : stat.isSocket() ? 'a socket' : 'a device';
  throw new UnreadableFile(`${file} is ${kind}, not a file.`, help, file);
}

/** The files that were named, and all `.dml` files in the folders that were named, in their order. */
export async function listFiles(named: readonly string[], { cwd }: Context): Promise<readonly string[]> {
  const lists = await Promise.all(
    named.map(async (name) => {
      const stat = name === '-' ? undefined : statSync(path.resolve(cwd, name), { throwIfNoEntry: false });
      if (!stat?.isDirectory()) return [name];
      const found = await filesBelow(path.resolve(cwd, name));
      if (found.length === 0) throw new UsageError(`There is no .dml file in ${name}.`, 'Write one: dml new');
      return found.map((file) => path.join(name, path.relative(path.resolve(cwd, name), file)));
    }),
  );
  return [...new Set(lists.flat())];
}

/**
 * The text at a path that a file uses; `undefined` if there is none, `Unreadable` thrown for what is no text, may not be
 * read, or lies elsewhere than its path says, by a link out of the folder that no `use` may leave.
 */
export const usedFiles =
  ({ cwd }: Pick<Context, 'cwd'>) =>
  (file: string, root?: string): Source | undefined => {
    const full = path.resolve(cwd, file);
    if (!isFile(full, file)) return undefined;
    if (root !== undefined && leadsOut(full, path.resolve(cwd, root)))
      throw new Unreadable(file, 'it is a link that leads out of the project');
    const text = textOf(bytesOf(full, file));
    if (text === undefined) throw new Unreadable(file, 'it is no text in UTF-8');
    return { path: file, text };
  };

/** Whether a path below a folder is really elsewhere. */
function leadsOut(file: string, folder: string): boolean {
  const inside = path.relative(realpathSync(folder), realpathSync(file));
  return inside.split(path.sep)[0] === '..' || path.isAbsolute(inside);
}

function isFile(full: string, file: string): boolean {
  try {
    return statSync(full, { throwIfNoEntry: false })?.isFile() ?? false;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Unreadable(file, code === 'ELOOP' ? 'its links lead in a circle' : `the system says ${code}`);
  }
}

function bytesOf(full: string, file: string): Uint8Array {
  try {
    return readFileSync(full);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Unreadable(file, code === 'EACCES' ? 'permission denied' : `the system says ${code}`);
  }
}

/** Absolute paths of the `.dml` files below a folder; none where it cannot be read. */
export function filesIn(folder: string): readonly string[] {
  let entries: readonly Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
  return entries.flatMap((entry) => {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) return passedOver.test(entry.name) ? [] : filesIn(full);
    return entry.name.endsWith('.dml') ? [full] : [];
  });
}

function decode(bytes: Uint8Array, file: string): string {
  const text = textOf(bytes);
  if (text === undefined)
    throw new UnreadableFile(`${file} is not a text file in UTF-8.`, 'Name a .dml file.', file);
  return text;
}

/** `undefined` of bytes that are no UTF-8, or have a zero among them. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}

/** A folder that may not be looked into stands for what is in it: whoever reads it is told why. */
async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => undefined);
  if (!entries) return [folder];
  const lists = await Promise.all(
    entries
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map(async (entry) => {
        const full = path.join(folder, entry.name);
        if (entry.isDirectory()) return passedOver.test(entry.name) ? [] : filesBelow(full);
        return entry.name.endsWith('.dml') ? [full] : [];
      }),
  );
  return lists.flat();
}

async function missing(file: string, cwd: string): Promise<UnreadableFile> {
  const folder = path.dirname(file);
  const there = await readdir(path.resolve(cwd, folder)).catch(() => undefined);
  if (!there) return new UnreadableFile(`There is no folder ${folder}.`, 'Check the path.', file);
  const base = path.basename(file);
  if (there.includes(base))
    return new UnreadableFile(
      `${file} is a link to a file that is not there.`,
      'Check where it points to.',
      file,
    );
  const known = there.filter((name) => name.endsWith('.dml'));
  const best = nearest(base, known);
  const help = best
    ? `Did you mean ${path.join(folder, best)}?`
    : known.length > 0
      ? `Here are: ${known.join(', ')}`
      : 'Write a starting file: dml new';
  return new UnreadableFile(`There is no file ${file}.`, help, file);
}
