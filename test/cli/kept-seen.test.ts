import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { dml, temporaryFolder, tiny } from '../support/dml.ts';

const files = 60;
const rest = tiny({ loss: '1 ce + 1 sdl' });

interface Found {
  readonly diagnostics: readonly { readonly file: string; readonly code: string }[];
}

function setup() {
  const cwd = temporaryFolder({
    ...Object.fromEntries(Array.from({ length: files }, (_, i) => [`f${i}.dml`, rest])),
    'user.dml': tiny({ train: 'later.long' }).replace('dml 1\n', 'dml 1\nuse "later.dml" as later\n'),
  });
  const env = { DML_HOME: temporaryFolder() };
  return {
    lint: async () => {
      const { exit, out } = await dml(['lint', '.', '--json'], { cwd, env });
      return { exit, found: (JSON.parse(out) as Found).diagnostics };
    },
    check: async () => (await dml(['check', '.'], { cwd, env })).out,
    /** What the user's folder holds of it. */
    kept: () => {
      const folder = path.join(env.DML_HOME, 'own/seen');
      return readdirSync(folder).map((name) => path.join(folder, name));
    },
    put: (file: string, text: string) => writeFileSync(path.join(cwd, file), text),
    remove: (file: string) => rmSync(path.join(cwd, file)),
  };
}

const withCode = (found: Found['diagnostics'], wanted: string) =>
  found.filter(({ code }) => code === wanted).map(({ file }) => file);

describe('what was seen in many files is kept until they change', () => {
  test('it is told again from there, but for a file that changed', async () => {
    const { lint, kept, put } = setup();
    const first = await lint();
    expect(withCode(first.found, 'DML3101')).toHaveLength(files);
    expect(await lint()).toEqual(first);
    const [store, ...more] = kept();
    expect(more).toEqual([]);
    // What is told must come from there if it can be changed there.
    writeFileSync(store!, readFileSync(store!, 'utf8').replaceAll('DML3101', 'DML3999'));
    expect(withCode((await lint()).found, 'DML3999')).toHaveLength(files);
    put('f7.dml', rest.replace('1 sdl', '2 sdl'));
    expect(withCode((await lint()).found, 'DML3101')).toEqual(['f7.dml']);
  });

  test('a store that is damaged is as good as none', async () => {
    const { lint, kept } = setup();
    const first = await lint();
    writeFileSync(kept()[0]!, '{"damaged');
    expect(await lint()).toEqual(first);
    expect(await lint()).toEqual(first);
  });

  test('a file that uses one which came, changed or went is looked at anew', async () => {
    const { lint, put, remove } = setup();
    const ofUser = async () =>
      (await lint()).found.filter(({ file }) => file === 'user.dml').map(({ code }) => code);
    const before = await ofUser();
    expect(before).toContain('DML1205');
    put('later.dml', 'dml 1\n\nlet long = 30 steps\n');
    const right = await ofUser();
    expect(right).not.toContain('DML1205');
    put('later.dml', 'dml 1\n\nlet long = 30 pixels\n');
    expect(await ofUser()).not.toEqual(right);
    remove('later.dml');
    expect(await ofUser()).toEqual(before);
  });

  test('each command keeps its own, check the laws of losses with it', async () => {
    const { check, lint, kept } = setup();
    const text = await check();
    expect(text).toContain('the gradient stays finite');
    await lint();
    expect(await check()).toBe(text);
    expect(kept()).toHaveLength(2);
  });
});
