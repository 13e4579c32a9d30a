import { describe, expect, test } from 'vitest';
import { choice, command, option, type Report, repeated, toggle } from '../../cli/command.ts';
import { runCommandLine } from '../../cli/edge.ts';
import { UsageError } from '../../cli/errors.ts';
import { recordingTerminal, surroundings } from '../support/terminal.ts';

const outcomes: Readonly<Record<string, () => Report>> = {
  fine: () => ({ exit: 0, data: { answer: 42 }, text: 'It is 42.\n' }),
  found: () => ({ exit: 1, data: { found: ['x'] }, text: 'x\n' }),
  failed: () => ({
    exit: 2,
    data: { done: 1 },
    text: 'one done\n',
    failure: { message: 'The second failed.', help: 'Look.' },
  }),
  usage: () => {
    throw new UsageError('There is no file a.dml.', 'Did you mean b.dml?');
  },
  full: () => {
    throw Object.assign(new Error('ENOSPC: no space left on device, write'), {
      code: 'ENOSPC',
      path: 'runs/x',
    });
  },
  bug: () => {
    throw new TypeError('undefined is not a function');
  },
};

let seen: unknown;
const probe = command({
  name: 'probe',
  summary: 'Tells how it was called',
  arguments: [['<outcome>', 'what happens']],
  flags: {
    engine: choice('name', ['auto', 'native'], 'engine'),
    set: repeated('path=value', 'change a value'),
    output: option('file', 'where to', 'o'),
    force: toggle('again'),
  },
  examples: [['dml probe fine', 'the answer']],
  run: async ({ arguments: [outcome = ''], flags }) => {
    seen = flags;
    return outcomes[outcome]!();
  },
});

async function dml(words: string, env: Record<string, string> = {}) {
  const { terminal, written } = recordingTerminal();
  const exit = await runCommandLine(
    words.split(' ').filter(Boolean),
    [probe],
    surroundings({ terminal, env }),
  );
  return { exit, ...written };
}

test('flags have their types, and their initial values where they are not given', async () => {
  await dml('probe fine --set a=1 --set b=2 -o x --engine native --force');
  expect(seen).toEqual({ set: ['a=1', 'b=2'], output: 'x', engine: 'native', force: true });
  await dml('probe fine');
  expect(seen).toEqual({ set: [], output: undefined, engine: undefined, force: false });
});

test('a report is printed as text for people and as data for machines', async () => {
  expect(await dml('probe fine')).toEqual({ exit: 0, out: 'It is 42.\n', err: '' });
  const { exit, out } = await dml('probe fine --json');
  expect(exit).toBe(0);
  expect(JSON.parse(out)).toEqual({ command: 'probe', exit: 0, diagnostics: [], answer: 42 });
});

describe('every failure is one message, and JSON where that is asked for', () => {
  test.each([
    ['probe found', 1, ''],
    ['probe failed', 2, 'error: The second failed.\nhelp: Look.\n'],
    ['probe usage', 2, 'error: There is no file a.dml.\nhelp: Did you mean b.dml?\n'],
    ['probe full', 2, 'error: runs/x: The disk is full.\nhelp: Free some space'],
    ['probe', 2, "error: Missing required argument 'outcome'\n"],
    ['prob fine', 2, "error: Unknown command 'prob'\nhelp: Did you mean probe?\n"],
    ['probe fine --forse', 2, "error: Unknown option '--forse'\nhelp: Did you mean --force?\n"],
    ['probe fine extra', 2, 'error: Too many arguments'],
    ['probe fine --engine tpu', 2, 'error: Option'],
    ['probe fine --format yaml', 2, 'error: Option'],
    ['probe fine --set', 2, 'error: Option'],
    ['--nonsense', 2, "error: Unknown option '--nonsense'"],
  ])('dml %s', async (words, exit, message) => {
    const text = await dml(words);
    expect(text.exit).toBe(exit);
    expect(text.err.slice(0, message.length)).toBe(message);
    expect(text.err).not.toMatch(/^\s+at /m);
    for (const flags of ['--json', '--format json', '--format=json']) {
      const machine = await dml(`${flags} ${words}`);
      expect(machine.exit).toBe(exit);
      const data = JSON.parse(machine.out) as { exit: number; error?: { message: string } };
      expect(data.exit).toBe(exit);
      if (message) expect(text.err).toContain(data.error?.message);
    }
  });

  test('--json may stand before the command', async () => {
    expect(JSON.parse((await dml('--json probe fine')).out)).toMatchObject({ answer: 42 });
  });
});

test('a bug shows its message, and its stack where it is asked for', async () => {
  const short = await dml('probe bug');
  expect(short.exit).toBe(2);
  expect(short.err).toBe(
    'error: undefined is not a function\nThis is a bug in dml. Run it again with DML_DEBUG=1 for the stack.\n',
  );
  expect((await dml('probe bug', { DML_DEBUG: '1' })).err).toMatch(/^\s+at /m);
});

test('without a command there is help, and exit 2', async () => {
  const { exit, err } = await dml('');
  expect(exit).toBe(2);
  expect(err).toContain('Usage: dml');
  expect((await dml('--help')).exit).toBe(0);
});

test('the help of a command has its examples', async () => {
  const { exit, out } = await dml('probe --help');
  expect(exit).toBe(0);
  expect(out).toContain('dml probe fine  # the answer');
});
