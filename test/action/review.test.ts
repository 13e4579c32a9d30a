import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { root, temporaryFolder, tiny } from '../support/dml.ts';

interface Reviewed {
  readonly exit: number | null;
  readonly out: string;
  readonly summary: string;
}

/** A repository with a commit, whose files then change; and what the step of the action makes of that. */
function reviewed(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string | undefined>>,
  env: Readonly<Record<string, string>> = {},
): Reviewed {
  const cwd = temporaryFolder();
  const bin = temporaryFolder({
    dml: `#!/bin/sh\nexec "${process.execPath}" "${path.join(root, 'dist/dml.js')}" "$@"\n`,
  });
  chmodSync(path.join(bin, 'dml'), 0o755);
  const git = (...words: string[]) => spawnSync('git', words, { cwd, encoding: 'utf8' }).stdout.trim();
  const write = (files: Readonly<Record<string, string | undefined>>) => {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(cwd, name)), { recursive: true });
      if (text === undefined) rmSync(path.join(cwd, name));
      else writeFileSync(path.join(cwd, name), text);
    }
  };
  const commit = () => {
    git('add', '-A');
    git('-c', 'user.name=a', '-c', 'user.email=a@b.c', 'commit', '-qm', 'c', '--allow-empty');
    return git('rev-parse', 'HEAD');
  };
  git('init', '-q');
  write(before);
  const base = commit();
  write(after);
  commit();
  const file = path.join(bin, 'summary.md');
  const { status, stdout } = spawnSync('bash', [path.join(root, 'action/review')], {
    cwd,
    encoding: 'utf8',
    env: {
      PATH: `${bin}:${process.env.PATH}`,
      HOME: process.env.HOME,
      NO_COLOR: '1',
      DML_BASE: base,
      GITHUB_STEP_SUMMARY: file,
      ...env,
    },
  });
  return { exit: status, out: stdout, summary: existsSync(file) ? readFileSync(file, 'utf8') : '' };
}

const soft = { loss: '0.25 ce + 0.75 sdl', batch: '4' };

test('findings annotate their lines, and the summary says what changes in meaning', () => {
  const { exit, out, summary } = reviewed(
    { 'a.dml': tiny(), 'same.dml': tiny(), 'old.dml': tiny(), 'notes.txt': 'x' },
    {
      'a.dml': tiny(soft),
      'same.dml': `# another layout\n${tiny().replaceAll('  ', '    ')}`,
      'old.dml': undefined,
      'deep/new file.dml': tiny(),
    },
  );
  expect(exit).toBe(1);
  expect(out).toMatch(/^::warning file=a\.dml,line=9,endLine=9,col=\d+,endColumn=\d+,title=DML3101::/m);
  expect(out.split('\n').filter((line) => line !== '' && !line.startsWith('::'))).toEqual([]);
  expect(summary).toMatch(/^## What changes in meaning\n\n### a\.dml\n\n````\n/);
  expect(summary).toMatch(
    /^ *loss .*0\.75 dml1.*0\.75 sdl|loss: [\s\S]*- 0\.25 ce \+ 0\.75 dml1[\s\S]*\+ 0\.25 ce \+ 0\.75 sdl/m,
  );
  expect(summary).toContain('### deep/new file.dml\n\nAdded.\n');
  expect(summary).toContain('### old.dml\n\nDeleted.\n');
  expect(summary).not.toContain('same.dml');
  expect(summary.match(/^````$/gm)).toHaveLength(2);
});

test('a file whose meaning changes through one that it uses is told', () => {
  const data = (cases: number) => `dml 1\ndataset shapes {\n  source: phantom(cases: ${cases})\n}\n`;
  const study = tiny()
    .replace(/dataset shapes \{[^}]*\}\n/, '')
    .replace('dml 1\n', 'dml 1\nuse "./data.dml"\n');
  const { exit, summary } = reviewed({ 'data.dml': data(6), 'study.dml': study }, { 'data.dml': data(8) });
  expect({ exit, summary }).toMatchObject({ summary: expect.stringContaining('### study.dml') });
  expect(summary).toMatch(/data\.source\.cases +6 +8/);
});

test('errors annotate, and what cannot be compared is said', () => {
  const { exit, out, summary } = reviewed(
    { 'a.dml': tiny() },
    { 'a.dml': tiny({ loss: '0.25 ce + 0.75 dlm1' }) },
  );
  expect(exit).toBe(1);
  expect(out).toMatch(/^::error file=a\.dml,line=9,.*There is no loss called `dlm1`/m);
  expect(summary).toContain('It cannot be said what has changed:');
});

test('where nothing changes, that is said; the step may be told not to fail, or to compare nothing', () => {
  const same = reviewed({ 'a.dml': tiny({ batch: '4' }) }, {}, { DML_FAIL: 'false' });
  expect(same).toMatchObject({
    exit: 0,
    summary: expect.stringMatching(/Nothing: all files .* in `[0-9a-f]{12}`\./),
  });
  const quiet = reviewed({ 'a.dml': tiny(soft) }, {}, { DML_FAIL: 'false', DML_BASE: '' });
  expect(quiet).toMatchObject({ exit: 0, summary: '', out: expect.stringContaining('::warning') });
  const unreadable = reviewed({ 'a.txt': '' }, {}, { DML_FAIL: 'false', DML_BASE: '' });
  expect(unreadable).toMatchObject({ exit: 2, out: expect.stringContaining('::error') });
});
