import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Call, type Ended, environment, root, temporaryFolder } from './dml.ts';
import { recordingTerminal, surroundings } from './terminal.ts';

/** As built, since the sources would be translated anew for each file of tests. */
const { commands, runCommandLine }: typeof import('../../cli/command-line.ts') = await import(
  pathToFileURL(path.join(root, 'dist/command-line.js')).href
);

/**
 * Runs `dml` within the process of the test, through the entry that its own process uses: for what a command finds,
 * prints and writes. How a process starts, reads, is interrupted and ends is for `dml` of `dml.ts`.
 */
export async function dml(
  words: readonly string[],
  { cwd = temporaryFolder(), env = {}, input = '' }: Pick<Call, 'cwd' | 'env' | 'input'> = {},
): Promise<Ended> {
  const { terminal, written } = recordingTerminal();
  const given = surroundings({
    terminal,
    cwd,
    env: { ...environment, ...env },
    readInput: async () => input,
    inputLines: async function* () {
      yield* input.split('\n');
    },
  });
  const exit = await runCommandLine(words, commands, given);
  return { exit, ...written };
}

/** Asks a command for arrays many questions at once, a line each, and reads its answers. */
export async function askLines<Answer>(
  command: 'eval' | 'labels' | 'score',
  questions: readonly unknown[],
): Promise<{ readonly exit: number | null; readonly answers: readonly Answer[] }> {
  const input = questions.map((question) => JSON.stringify(question)).join('\n');
  const { out, exit } = await dml([command, '--jsonl', '-'], { input });
  const lines = out.trim().split('\n');
  return { exit, answers: lines.map((line) => JSON.parse(line) as Answer) };
}
