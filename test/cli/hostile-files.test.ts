import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { root, dml as started, temporaryFolder, tiny } from '../support/dml.ts';
import { dml } from '../support/within.ts';

interface Used {
  readonly exit: number | null;
  readonly err: string;
  readonly found: readonly (readonly [code: string, message: string])[];
}

/** What stands in `used.dml` is made by this; `main.dml` uses it. */
async function using(
  make: (file: string, folder: string) => void,
  command: 'check' | 'lint' = 'check',
): Promise<Used> {
  const folder = temporaryFolder();
  const cwd = path.join(folder, 'project');
  mkdirSync(cwd);
  writeFileSync(path.join(cwd, 'main.dml'), 'dml 1\nuse "./used.dml" as used\n');
  make(path.join(cwd, 'used.dml'), folder);
  const { exit, out, err } = await dml([command, 'main.dml', '--json'], { cwd });
  const { diagnostics } = JSON.parse(out);
  return {
    exit,
    err,
    found: diagnostics.map((each: { code: string; message: string }) => [each.code, each.message]),
  };
}

test.skipIf(process.platform === 'win32').each([
  ['is not there', () => {}, 'DML1205', 'There is no file'],
  ['is a folder', (file: string) => mkdirSync(file), 'DML1205', 'There is no file'],
  ['is a named pipe', (file: string) => void execFileSync('mkfifo', [file]), 'DML1205', 'There is no file'],
  ['is a device', (file: string) => symlinkSync('/dev/zero', file), 'DML1205', 'There is no file'],
  [
    'is no text',
    (file: string) => writeFileSync(file, Buffer.from([0xff, 0xfe, 0])),
    'DML1240',
    'no text in UTF-8',
  ],
  ['is the file itself', (file: string) => symlinkSync('main.dml', file), 'DML1207', 'circle'],
  [
    'is a link to itself',
    (file: string) => symlinkSync('used.dml', file),
    'DML1240',
    'links lead in a circle',
  ],
  [
    'is a link out of the project',
    (file: string, folder: string) => {
      writeFileSync(path.join(folder, 'outside.dml'), 'dml 1\n');
      symlinkSync('../outside.dml', file);
    },
    'DML1240',
    'leads out of the project',
  ],
] as const)('a used file that %s', async (_, make, code, message) => {
  for (const command of ['check', 'lint'] as const) {
    const { exit, err, found } = await using(make, command);
    expect({ exit, err }).toEqual({ exit: 1, err: '' });
    expect(found[0]).toEqual([code, expect.stringContaining(message)]);
  }
});

test('a link within the project is a file like any other', async () => {
  const { exit, found } = await using((file: string): void => {
    writeFileSync(`${file}.there`, 'dml 1\nlet a = 1\n');
    symlinkSync('used.dml.there', file);
  });
  expect({ exit, found }).toEqual({ exit: 0, found: [] });
});

const endless: readonly (readonly [what: string, make: (file: string) => void, message: string])[] = [
  ['a named pipe', (file) => execFileSync('mkfifo', [file]), 'is a named pipe, not a file'],
  ['a device', (file) => symlinkSync('/dev/zero', file), 'is a device, not a file'],
  ['a link to nowhere', (file) => symlinkSync('gone.dml', file), 'a link to a file that is not there'],
];

test.skipIf(process.platform === 'win32').each(endless)(
  '%s is told and not waited for',
  async (_, make, message) => {
    const cwd = temporaryFolder();
    make(path.join(cwd, 'a.dml'));
    for (const words of [['check'], ['fmt', '--check']]) {
      const { exit, err } = await started([...words, 'a.dml'], { cwd });
      expect(exit).toBe(2);
      expect(err).toContain(message);
    }
  },
);

test.skipIf(process.platform === 'win32')(
  'what a shell puts in place of a command has an end, and is read',
  () => {
    const cwd = temporaryFolder({ 'a.dml': tiny() });
    const words = [
      '-c',
      '"$0" "$1" fmt --check <(cat a.dml)',
      process.execPath,
      path.join(root, 'dist/dml.js'),
    ];
    const { status, stderr } = spawnSync('bash', words, { cwd, encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(status).toBe(1);
  },
);
