import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { commands } from '../../cli/commands.ts';
import { isQuick } from '../../cli/quick-names.ts';
import { dml, temporaryFolder, tiny } from '../support/dml.ts';

/** A home, a file, and what `dml check` says of it there. */
function setting() {
  const home = temporaryFolder();
  const cwd = temporaryFolder({ 'a.dml': tiny() });
  const code = path.join(home, 'code');
  const kept = () => (existsSync(code) ? readdirSync(code) : []).map((name) => path.join(code, name));
  const check = (more: readonly string[] = []) =>
    dml(['check', 'a.dml', ...more], { cwd, env: { DML_HOME: home } });
  return { home, kept, check };
}

test('compiled code is kept for each command, and added to by its first three runs', async () => {
  const { kept, check } = setting();
  const first = await check();
  expect(kept()).toHaveLength(1);
  const [file] = kept();
  expect(path.basename(file!)).toMatch(/^quick-\w+-check-[0-9a-f]{8}-[0-9a-f]+$/);
  await check(['--json']);
  await check();
  const complete = readFileSync(file!);
  expect(await check()).toEqual(first);
  expect(readFileSync(file!).equals(complete)).toBe(true);
});

test('its texts are those of the source, beyond ASCII as well', async () => {
  const cwd = temporaryFolder({ 'a.dml': 'dml 1\nexperiment a { vary batch in [1, 2] }\n' });
  const { out } = await dml(['check', 'a.dml'], { cwd });
  expect(out).toContain('Write `sweep … of …` with it.');
});

test('damaged code is not run', async () => {
  const { kept, check } = setting();
  const first = await check();
  const [file] = kept();
  const good = readFileSync(file!);
  const damaged = Buffer.from(good);
  for (let at = 40; at < damaged.length; at += 97) damaged[at]! ^= 0x5a;
  for (const bytes of [damaged, good.subarray(0, 1000), Buffer.alloc(0)]) {
    writeFileSync(file!, bytes);
    expect(await check()).toEqual(first);
  }
});

test('where nothing can be kept, everything works', async () => {
  const { home, kept, check } = setting();
  writeFileSync(path.join(home, 'code'), 'a file in place of the folder');
  expect((await check()).exit).toBe(0);
  expect(() => kept()).toThrow('ENOTDIR');
});

test('what could not work keeps nothing', async () => {
  const { kept, check } = setting();
  expect((await check(['--bogus'])).exit).toBe(2);
  expect(kept()).toEqual([]);
});

test('the quick commands are commands', () => {
  const names = commands.map(({ name }) => name);
  expect(names.filter(isQuick).sort()).toEqual(['check', 'diff', 'fmt', 'lint']);
  expect(isQuick('run')).toBe(false);
  expect(isQuick(undefined)).toBe(false);
});
