import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import type { Command } from './command.ts';
import { reportCrash, runCommandLine, type Surroundings } from './edge.ts';
import { processTerminal } from './terminal.ts';

/** Runs the command that the words of this process ask for, one of these, and sets the exit code. */
export async function start(commands: readonly Command[]): Promise<void> {
  const stop = new AbortController();
  const argv = process.argv.slice(2);

  const surroundings: Surroundings = {
    terminal: processTerminal(() => stop.abort()),
    cwd: process.cwd(),
    env: process.env,
    interruption() {
      for (const name of ['SIGINT', 'SIGTERM'] as const) {
        process.on(name, () => {
          if (stop.signal.aborted) process.exit(130);
          stop.abort();
        });
      }
      return stop.signal;
    },
    readInput: () => text(process.stdin),
    inputLines: () => createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY }),
    question: process.stdin.isTTY && process.stderr.isTTY ? question : undefined,
  };

  process.on('uncaughtException', (error) => {
    void reportCrash(error, argv, commands, surroundings).finally(() => process.exit(2));
  });

  process.exitCode = await runCommandLine(argv, commands, surroundings);
}

async function question(asked: string): Promise<string> {
  const { createInterface: createAsking } = await import('node:readline/promises');
  const lines = createAsking({ input: process.stdin, output: process.stderr });
  try {
    return await lines.question(asked);
  } finally {
    lines.close();
  }
}
