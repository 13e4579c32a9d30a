import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { commands } from '../../cli/commands.ts';
import { runCommandLine } from '../../cli/edge.ts';
import { encodeNpy } from '../../runtime/arrays/npy.ts';
import { temporaryFolder, tiny } from '../support/dml.ts';
import { recordingTerminal } from '../support/terminal.ts';

/** What may lie where a file is expected. Nothing of it can be read by anyone, root included. */
const places: Readonly<Record<string, (file: string) => void>> = {
  'nothing at all': () => {},
  'a folder': (file) => mkdirSync(file),
  'a link to nowhere': (file) => symlinkSync('gone', file),
  'a link to itself': (file) => symlinkSync(path.basename(file), file),
  'a named pipe': (file) => execFileSync('mkfifo', [file]),
  'an endless device': (file) => symlinkSync('/dev/zero', file),
  'bytes that are no text': (file) => writeFileSync(file, Buffer.from([0xff, 0xfe, 0x00, 0x80])),
};

/** Every command that reads a file, `F` in the place of it. */
const calls = [
  'run F.dml',
  'plan F.dml',
  'check F.dml',
  'lint F.dml',
  'lint --fix F.dml',
  'fmt F.dml',
  'fmt --upgrade F.dml',
  'diff F.dml right.dml',
  'diff right.dml F.dml',
  'explain F.dml',
  'compile F.dml --emit yaml',
  'compile F.yaml --emit yaml',
  'eval ce --logits F.npy --labels right.npy',
  'eval ce --logits right.npy --labels F.npy',
  'eval ce --jsonl F.jsonl',
  'eval ce --use F.ts --logits right.npy --labels right.npy',
  'labels mask --mask F.npy',
  'labels mask --jsonl F.jsonl',
  'score --prediction F.npy --truth right.npy --metrics dice',
  'score --jsonl F.jsonl',
  'schema --use F.ts',
  'allow F.ts',
];

const halves = { shape: [1, 4, 2], data: new Float32Array(8).fill(0.5) } as const;

async function answered(words: readonly string[], cwd: string) {
  const { terminal, written } = recordingTerminal();
  const exit = await runCommandLine([...words, '--format', 'json'], commands, {
    terminal,
    cwd,
    env: { HOME: cwd },
    interruption: () => new AbortController().signal,
    readInput: async () => '',
    inputLines: async function* () {},
  });
  return { exit, err: written.err, out: written.out };
}

describe.skipIf(process.platform === 'win32').each(Object.entries(places))('%s', (what, make) => {
  // Questions of which a line is no JSON are answered line by line.
  const isStream = (call: string) => call.includes('--jsonl') && what.startsWith('bytes');
  test.each(calls.filter((call) => !isStream(call)))('%s is answered by one message', async (call) => {
    const cwd = temporaryFolder({ 'right.dml': tiny() });
    writeFileSync(path.join(cwd, 'right.npy'), encodeNpy(halves));
    const words = call.split(' ');
    make(path.join(cwd, words.find((word) => word.startsWith('F.'))!));
    const { exit, err, out } = await answered(words, cwd);
    const { error, diagnostics } = JSON.parse(out);
    expect({ exit, err }).toEqual({ exit: 2, err: '' });
    const told = error ?? diagnostics[0];
    expect(told).toMatchObject({ message: expect.stringMatching(/\.$/), help: expect.stringMatching(/\w/) });
    expect(told.file ?? told.message).toContain('F.');
  });
});
