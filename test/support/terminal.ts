import picocolors from 'picocolors';
import type { Surroundings } from '../../cli/edge.ts';
import type { Channel, Terminal } from '../../cli/terminal.ts';

/** A terminal that keeps what is written. */
export function recordingTerminal({ interactive = false, columns = 80 } = {}) {
  const written = { out: '', err: '' };
  const channel = (name: 'out' | 'err'): Channel => ({
    write: (text) => {
      written[name] += text;
    },
    interactive,
    columns,
    colors: picocolors.createColors(false),
  });
  const terminal: Terminal = { out: channel('out'), err: channel('err') };
  return { terminal, written };
}

/** What is on the screen after the control sequences of a progress bar have done their work. */
export function screen(text: string): string {
  return text
    .split('\n')
    .map((line) => line.slice(line.lastIndexOf('\x1b[2K') + 1).replace(/^\[2K/, ''))
    .join('\n');
}

/** What a process would give a command line, with nobody at the terminal. */
export function surroundings(changes: Partial<Surroundings> = {}): Surroundings {
  return {
    terminal: recordingTerminal().terminal,
    cwd: '/',
    env: {},
    interruption: () => new AbortController().signal,
    readInput: async () => '',
    inputLines: async function* () {},
    ...changes,
  };
}
