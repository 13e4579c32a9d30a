import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { root, dml as started, temporaryFolder, tiny } from '../support/dml.ts';
import { dml } from '../support/within.ts';

const cases = path.join(root, 'test/compiler/upgrade/cases');
const text = (file: string) => readFileSync(file, 'utf8');

test('fmt --upgrade rewrites the sketch, adds missing version lines, and says what that means', async () => {
  const cwd = temporaryFolder({ 'newest.dml': tiny() });
  for (const name of ['sketch', 'no-version'])
    cpSync(path.join(cases, name, 'before.dml'), path.join(cwd, `${name}.dml`));
  const shown = await started(['fmt', '--upgrade', '--check', '.'], { cwd });
  expect(shown.exit).toBe(1);
  expect(text(path.join(cwd, 'sketch.dml'))).toBe(text(path.join(cases, 'sketch/before.dml')));
  const { exit, out } = await dml(['fmt', '--upgrade', '.'], { cwd });
  expect(exit).toBe(0);
  expect(out).toContain('no-version.dml upgraded from no version to version 1: the same in meaning\n');
  expect(out).toContain(
    'sketch.dml upgraded from no version to version 1: what it meant cannot be said, as it could not be read as it was\n',
  );
  expect(text(path.join(cwd, 'sketch.dml'))).toBe(text(path.join(cases, 'sketch/after.dml')));
  expect((await dml(['check', 'sketch.dml', 'no-version.dml'], { cwd })).exit).toBe(0);
  expect((await dml(['fmt', '--upgrade', '--check', 'sketch.dml'], { cwd })).exit).toBe(0);
});

test('a file of a newer version needs a newer dml, and one that cannot be rewritten is left as it is', async () => {
  const cwd = temporaryFolder({ 'newer.dml': 'dml 2\nexperiment a { batch: 2 }\n' });
  for (const flags of [[], ['--check'], ['--upgrade']]) {
    const { exit, out } = await dml(['fmt', ...flags, 'newer.dml'], { cwd });
    expect(exit).toBe(2);
    expect(out).toMatch(/error\[DML1251][\s\S]*It needs a newer `dml`/);
  }
  expect(text(path.join(cwd, 'newer.dml'))).toBe('dml 2\nexperiment a { batch: 2 }\n');
  const broken = 'experiment a {\n  batch 4\n  loss 0.25 ce +\n}\n';
  writeFileSync(path.join(cwd, 'broken.dml'), broken);
  expect((await dml(['fmt', '--upgrade', 'broken.dml'], { cwd })).exit).toBe(2);
  expect(text(path.join(cwd, 'broken.dml'))).toBe(broken);
});
