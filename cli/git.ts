import { spawnSync } from 'node:child_process';
import path from 'node:path';
import type { Source } from '../grammar/source.ts';
import { signaturesOfCode } from '../runtime/own/read.ts';
import type { Context } from './command.ts';
import { UsageError } from './errors.ts';
import { pastSignatures } from './own-signatures.ts';
import type { Reader } from './reader.ts';

/** Reads files as they are in a revision of the git repository that `cwd` lies in. */
export function atRevision(revision: string, context: Context): Reader {
  const { cwd } = context;
  const show = (file: string): string | undefined => {
    const relative = path.relative(cwd, path.resolve(cwd, file)).split(path.sep).join('/');
    const { status, stdout } = git(['show', `${revision}:./${relative}`], cwd);
    return status === 0 ? stdout : undefined;
  };
  const read = (file: string): Source | undefined => {
    const text = show(file);
    return text === undefined ? undefined : { path: file, text };
  };
  return {
    async source(file) {
      const found = read(file);
      if (found) return found;
      throw new UsageError(
        `There is no ${file} in the revision ${revision}.`,
        `git log --follow -- ${file} lists the revisions that have it.`,
      );
    },
    read,
    components: () => pastSignatures({ read }, context),
    byCode: (code) => signaturesOfCode(code, context.env),
  };
}

/** Whether git knows a word as a revision. */
export function isRevision(word: string, cwd: string): boolean {
  return git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${word}^{commit}`], cwd).status === 0;
}

function git(words: readonly string[], cwd: string): { status: number | null; stdout: string } {
  const { status, stdout, error } = spawnSync('git', words, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 ** 2,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  if ((error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT')
    throw new UsageError('git is not installed.', 'Name two files instead of a revision.');
  return { status, stdout: stdout ?? '' };
}
