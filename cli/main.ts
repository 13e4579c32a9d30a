#!/usr/bin/env node
import { text } from 'node:stream/consumers';
import { commands } from './commands.ts';
import { runCommandLine } from './edge.ts';
import { processTerminal } from './terminal.ts';

const stop = new AbortController();

function interruption(): AbortSignal {
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (stop.signal.aborted) process.exit(130);
      stop.abort();
    });
  }
  return stop.signal;
}

process.exitCode = await runCommandLine(process.argv.slice(2), commands, {
  terminal: processTerminal(() => stop.abort()),
  cwd: process.cwd(),
  env: process.env,
  interruption,
  readInput: () => text(process.stdin),
});
