import { spawn } from 'node:child_process';

export interface Finished {
  /** `null` if the process was ended by a signal, or could not be started. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** It could not be started at all: there is no such program. */
  readonly absent: boolean;
}

/** Runs a program to its end and gives what it said; never rejects. */
export const runProgram = (
  program: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<Finished> =>
  new Promise((resolve) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    const texts = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      texts.stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      texts.stderr += text;
    });
    child.on('error', () => resolve({ code: null, signal: null, ...texts, absent: true }));
    child.on('close', (code, signal) => resolve({ code, signal, ...texts, absent: false }));
  });

/** The last lines of what a program said, for a message. */
export const lastLines = (text: string, count = 5): string =>
  text.trimEnd().split('\n').slice(-count).join('\n');
