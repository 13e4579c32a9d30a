import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Context } from './command.ts';
import { UsageError } from './errors.ts';
import { atRevision, isRevision } from './git.ts';
import { onDisk, type Reader } from './reader.ts';
import { parseTarget, type Target } from './target.ts';

/** One of two things to compare, and where its files are read. */
export interface Side {
  readonly target: Target;
  readonly reader: Reader;
}

/**
 * The two sides that some words mean: two targets; a revision of git and a target, which is compared with the working
 * tree; or two revisions and a target. The folder of a run stands for the experiment that it ran.
 */
export function sidesOf(words: readonly string[], context: Context): readonly [Side, Side] {
  const [first = '', second = '', third] = words;
  if (words.length > 3)
    throw new UsageError(
      `There are ${words.length} words to compare.`,
      'Write two, or two revisions of git and a FILE[#name].',
    );
  const { cwd } = context;
  const disk = onDisk(context);
  if (third !== undefined) {
    const target = parseTarget(third);
    for (const word of [first, second]) if (!isRevision(word, cwd)) throw unknown(word);
    return [
      { target, reader: atRevision(first, context) },
      { target, reader: atRevision(second, context) },
    ];
  }
  const isFile = (word: string) => existsSync(path.resolve(cwd, parseTarget(word).file));
  if (!isFile(first) && isFile(second) && isRevision(first, cwd)) {
    const target = parseTarget(second);
    return [
      { target, reader: atRevision(first, context) },
      { target, reader: disk },
    ];
  }
  return [
    { target: targetOf(first, cwd), reader: disk },
    { target: targetOf(second, cwd), reader: disk },
  ];
}

/** What git gives to a driver: path, then file, hash and mode of both sides. `undefined` for a side without a file. */
export function sidesOfDriver(
  words: readonly string[],
  context: Context,
): readonly [Side | undefined, Side | undefined] {
  const [name, before, , , after] = words;
  if (name === undefined || before === undefined || after === undefined)
    throw new UsageError(
      `--git-driver needs the seven words that git gives, and got ${words.length}.`,
      'Set it up with: git config diff.dml.command "dml diff --git-driver"',
    );
  const target = parseTarget(name);
  const disk = onDisk(context);
  /** What the file uses is read from the working tree: git hands over this one file. */
  const reader = (file: string): Reader => ({
    ...disk,
    source: async (shown) => ({ ...(await disk.source(file)), path: shown }),
  });
  const side = (file: string) => (file === '/dev/null' ? undefined : { target, reader: reader(file) });
  return [side(before), side(after)];
}

function targetOf(word: string, cwd: string): Target {
  const target = parseTarget(word);
  const isFolder = statSync(path.resolve(cwd, target.file), { throwIfNoEntry: false })?.isDirectory();
  if (!isFolder) return target;
  const file = path.join(target.file, 'experiment.yaml');
  if (existsSync(path.resolve(cwd, file))) return { ...target, file };
  throw new UsageError(
    `${word} is a folder, and not that of a run: it holds no experiment.yaml.`,
    'Name a file, or a folder such as runs/small/1a2b3c4d5e6f/fold0-seed0.',
  );
}

const unknown = (word: string) =>
  new UsageError(`git knows no revision ${word}.`, 'Write dml diff REVISION [REVISION] FILE.');
