import { readFileSync, statSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { dml as started, temporaryFolder, tiny } from '../support/dml.ts';
import { dml } from '../support/within.ts';

const twice = tiny({ batch: '4', loss: '0.25 ce + 0.25 ce + 0.5 sdl  # kept' });
const once = tiny({ batch: '4', loss: '0.5 ce + 0.5 sdl  # kept' });

test('--fix writes what is proved to change nothing, keeps comments and links, and tells what is left', async () => {
  const cwd = temporaryFolder({ 'real.dml': twice });
  symlinkSync('real.dml', path.join(cwd, 'a.dml'));
  const { exit, out } = await started(['lint', '--fix', 'a.dml'], { cwd });
  expect(exit).toBe(1);
  expect(out).toContain('a.dml:9: fixed: Add the two (DML3111)');
  expect(out).toContain('1 warning in 1 file.');
  expect(readFileSync(path.join(cwd, 'real.dml'), 'utf8')).toBe(once);
});

test('--fix --unsafe shows what changes in meaning, and nothing is left', async () => {
  const cwd = temporaryFolder({ 'a.dml': twice });
  const { exit, out } = await dml(['lint', '--fix', '--unsafe', 'a.dml'], { cwd });
  expect(exit).toBe(0);
  expect(out).toContain('fixed (unsafe): Write `dml1` (DML3101)');
  expect(out).toMatch(/loss +0\.5 ce \+ 0\.5 sdl +0\.5 ce \+ 0\.5 dml1 +trains anew/);
  expect(readFileSync(path.join(cwd, 'a.dml'), 'utf8')).toBe(once.replace('sdl', 'dml1'));
});

test('--fix --diff shows the edits and writes nothing', async () => {
  const cwd = temporaryFolder({ 'a.dml': twice });
  const before = statSync(path.join(cwd, 'a.dml')).mtimeMs;
  const { exit, out } = await dml(['lint', '--fix', '--diff', 'a.dml', '--json'], { cwd });
  const { fixable, changed, refused } = JSON.parse(out);
  expect(exit).toBe(1);
  expect(fixable).toMatchObject([{ code: 'DML3111', file: 'a.dml', line: 9, safe: true }]);
  expect(changed[0].diff).toContain(
    '\n-  loss: 0.25 ce + 0.25 ce + 0.5 sdl  # kept\n+  loss: 0.5 ce + 0.5 sdl  # kept\n',
  );
  expect(refused).toEqual([]);
  expect(statSync(path.join(cwd, 'a.dml')).mtimeMs).toBe(before);
});

test.each([
  [['--unsafe', 'a.dml'], '--unsafe is for fixes.'],
  [['--diff', 'a.dml'], '--diff is for fixes.'],
  [['--fix', '-'], 'What comes from standard input cannot be fixed in place.'],
])('dml lint %j says what is wrong', async (words, message) => {
  const cwd = temporaryFolder({ 'a.dml': once });
  const { exit, err } = await dml(['lint', ...words], { cwd, input: once });
  expect([exit, err]).toEqual([2, expect.stringContaining(message)]);
});

test('dml explain shows the page of a rule by code or name, and what is nearest to an unknown one', async () => {
  const [byCode, byName, misspelt] = await Promise.all(
    ['DML3111', 'term-twice', 'term-twise'].map((word) => dml(['explain', word])),
  );
  expect(byCode!.out).toContain('warning DML3111 term-twice: A mix holds the same term twice.');
  expect(byCode!.out).toContain(
    'stands twice in the mix, on the same target and head: together it weighs 1.',
  );
  expect(byName!.out).toBe(byCode!.out);
  expect([misspelt!.exit, misspelt!.err]).toEqual([2, expect.stringContaining('Did you mean term-twice?')]);
});
