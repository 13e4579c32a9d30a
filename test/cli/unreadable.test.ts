import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { dml, temporaryFolder } from '../support/dml.ts';

const wrong = 'dml 1\n\nlet a = 0.5 dlm1\n';
const loose = 'dml 1\nlet   b = 1\n';

/** What is in the place of a file, and what is said of it. */
const unreadable: Readonly<Record<string, readonly [make: (file: string) => void, message: string]>> = {
  'binary.dml': [(file) => writeFileSync(file, Buffer.from([0xff, 0xfe, 0])), 'is not a text file in UTF-8.'],
  'device.dml': [(file) => symlinkSync('/dev/zero', file), 'is a device, not a file.'],
  'folder.dml': [(file) => symlinkSync('.', file), 'This is a folder, not a file.'],
  'gone.dml': [(file) => symlinkSync('nowhere', file), 'is a link to a file that is not there.'],
  'itself.dml': [(file) => symlinkSync('itself.dml', file), 'Symbolic links lead in a circle here.'],
  'pipe.dml': [(file) => execFileSync('mkfifo', [file]), 'is a named pipe, not a file.'],
};

/** Some of them, between a file with a finding and one that is not formatted. */
function folderWith(names: readonly string[]): string {
  const cwd = temporaryFolder({ 'a.dml': wrong, 'z.dml': loose });
  for (const name of names) unreadable[name]![0](path.join(cwd, name));
  return cwd;
}

test.skipIf(process.platform === 'win32').each(['check', 'lint', 'lint --fix', 'fmt --check'])(
  '%s tells of each file that cannot be read, and of all others',
  async (words) => {
    const cwd = folderWith(Object.keys(unreadable));
    const { exit, out, err } = await dml([...words.split(' '), '.', '--json'], { cwd });
    const { diagnostics, changed, error } = JSON.parse(out);
    expect({ exit, err, error }).toEqual({ exit: 2, err: '', error: undefined });
    const told = diagnostics.filter(({ code }: { code: string }) => code === 'DML1240');
    expect(told).toEqual(
      Object.entries(unreadable).map(([file, [, message]]) =>
        expect.objectContaining({
          file,
          severity: 'error',
          message: expect.stringContaining(message),
          help: expect.stringMatching(/\S/),
        }),
      ),
    );
    if (words.startsWith('fmt')) expect(changed).toEqual([{ file: 'z.dml' }]);
    else expect(diagnostics).toContainEqual(expect.objectContaining({ file: 'a.dml', code: 'DML1201' }));
  },
);

test('people see it as one finding more, and the exit is that of what could not be done', async () => {
  const cwd = folderWith(['binary.dml']);
  const { exit, out, err } = await dml(['check', '.'], { cwd });
  expect({ exit, err }).toEqual({ exit: 2, err: '' });
  expect(out).toContain('error[DML1240]: binary.dml is not a text file in UTF-8.\n --> binary.dml:1:1\n');
  expect(out).toMatch(/2 errors.* in 3 files\./);
});

test('files that can be read are formatted, those with errors and those that cannot be read are not', async () => {
  const cwd = folderWith(['binary.dml']);
  writeFileSync(path.join(cwd, 'broken.dml'), 'dml 1\nlet   = \n');
  const { exit, out } = await dml(['fmt', '.'], { cwd });
  expect(exit).toBe(2);
  expect(out).toContain('z.dml formatted\n');
  expect(readFileSync(path.join(cwd, 'z.dml'), 'utf8')).toBe('dml 1\n\nlet b = 1\n');
  expect(readFileSync(path.join(cwd, 'broken.dml'), 'utf8')).toBe('dml 1\nlet   = \n');
});

test('the only file that was named is told as what could not be done', async () => {
  const cwd = folderWith(['binary.dml']);
  const { exit, out } = await dml(['check', 'binary.dml', '--json'], { cwd });
  expect(exit).toBe(2);
  expect(JSON.parse(out)).toMatchObject({
    diagnostics: [],
    error: {
      message: 'binary.dml is not a text file in UTF-8.',
      file: 'binary.dml',
      help: 'Name a .dml file.',
    },
  });
});

test('a name among others that is not there is told beside their findings', async () => {
  const cwd = temporaryFolder({ 'a.dml': wrong });
  const { exit, out } = await dml(['check', 'a.dml', 'b.dml'], { cwd });
  expect(exit).toBe(2);
  expect(out).toContain('There is no file b.dml.');
  expect(out).toContain('There is nothing called `dlm1` here.');
});

test.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
  'a file and a folder that may not be looked into are told beside the findings of others',
  async () => {
    const cwd = temporaryFolder({ 'a.dml': wrong, 'm.dml': loose });
    mkdirSync(path.join(cwd, 'closed'));
    chmodSync(path.join(cwd, 'm.dml'), 0);
    chmodSync(path.join(cwd, 'closed'), 0);
    const { exit, out } = await dml(['check', '.'], { cwd });
    chmodSync(path.join(cwd, 'closed'), 0o700);
    expect(exit).toBe(2);
    expect(out.match(/permission denied/g)).toHaveLength(2);
    expect(out).toContain('There is nothing called `dlm1` here.');
  },
);
