import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dml, temporaryFolder } from '../support/dml.ts';

const study = (rate: string, batch: number) => `dml 1
use "./sets.dml"
experiment small {
  data: shapes  labels: raters |> average  model: unet  loss: 0.25 ce + 0.75 dml1
  optimizer: sgd(rate: ${rate})  train: 10 epochs  batch: ${batch}
}
`;
const sets = (cases: number) => `dml 1\ndataset shapes { source: phantom(cases: ${cases}) }\n`;

let folder: string;
const git = (...words: string[]) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...words], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' },
  });
const write = (file: string, text: string) => writeFileSync(path.join(folder, file), text);

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'dml-sides-'));
  git('init', '-q', '-b', 'main');
  write('study.dml', study('1e-2', 1));
  write('sets.dml', sets(20));
  git('add', '.');
  git('commit', '-qm', 'first');
  write('study.dml', study('0.01', 4));
  write('sets.dml', sets(30));
  git('commit', '-qam', 'second');
  write('study.dml', `# a comment\n${study('1%', 4)}`);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('dml diff takes revisions of git', () => {
  test('a file against the working tree, in meaning: a comment and a spelling are no difference', async () => {
    const { exit, out } = await dml(['diff', 'HEAD', 'study.dml'], { cwd: folder });
    expect([exit, out]).toEqual([0, 'The same in meaning. What differs in the text decides nothing.\n']);
  });

  test('files that are used are read at the revision, too', async () => {
    const { exit, out } = await dml(['diff', 'HEAD~1', 'study.dml', '--json'], { cwd: folder });
    expect(exit).toBe(1);
    const { compared } = JSON.parse(out) as { compared: { changes: { path: string; after: string }[] }[] };
    expect(compared[0]!.changes.map((change) => [change.path, change.after])).toEqual([
      ['data.source.cases', '30'],
      ['batch', '4'],
    ]);
  });

  test('what is trained anew is told what it costs: four images a step are four times the work', async () => {
    const { out } = await dml(['diff', '--json', 'HEAD~1', '--', 'study.dml'], { cwd: folder });
    const { before, after } = JSON.parse(out).compared[0].costs;
    expect(after.parameters).toBe(before.parameters);
    expect(after.flops / before.flops).toBeGreaterThan(3.9);
    expect(after.peakBytes.train).toBeGreaterThan(2 * before.peakBytes.train);
    // 24 of 30 cases in whole batches of 4, and 16 of 20 by one.
    expect([before.steps, after.steps]).toEqual([160, 60]);
  });

  test('where the data are not there, what it costs is not told, and why', async () => {
    const absent = study('1e-2', 1)
      .replace('raters |> average', 'mask')
      .replace(
        'use "./sets.dml"',
        'dataset shapes { source: folder("cells", images: "{case}.png", masks: "{case}-mask.png") }',
      );
    const cwd = temporaryFolder({ 'a.dml': absent, 'b.dml': absent.replace('batch: 1', 'batch: 2') });
    const { exit, out } = await dml(['diff', 'a.dml', 'b.dml'], { cwd });
    expect(exit).toBe(1);
    expect(out).toMatch(/batch +1 +2 +trains anew/);
    expect(out).toMatch(/^What a step costs is not told: .*data/m);
  });

  test('two revisions, and one experiment of the file', async () => {
    const { exit, out } = await dml(['diff', 'HEAD~1', 'main', 'study.dml#small'], { cwd: folder });
    expect(exit).toBe(1);
    expect(out).toContain('batch');
  });

  test.each([
    [['HEAD~9', 'study.dml'], 'HEAD~9'],
    [['HEAD~9', 'HEAD', 'study.dml'], 'git knows no revision HEAD~9.'],
    [['HEAD', 'new.dml'], 'HEAD'],
    [['a', 'b', 'c', 'd'], 'There are 4 words to compare.'],
    [['.', 'study.dml'], 'it holds no experiment.yaml'],
  ])('dml diff %s is answered by one message', async (words, message) => {
    write('new.txt', '');
    const { exit, err } = await dml(['diff', ...words], { cwd: folder });
    expect(exit).toBe(2);
    expect(err).toContain(message);
    expect(err.split('\n').filter((line) => line.startsWith('error'))).toHaveLength(1);
  });

  test('a file that the revision lacks is said so', async () => {
    write('new.dml', study('1e-2', 1));
    const { exit, err } = await dml(['diff', 'HEAD', 'new.dml'], { cwd: folder });
    expect([exit, err]).toEqual([2, expect.stringContaining('There is no new.dml in the revision HEAD.')]);
    rmSync(path.join(folder, 'new.dml'));
  });
});

test('git shows meaning through the driver, for files that change, come and go', async () => {
  const driver = `"${process.execPath}" "${path.resolve(import.meta.dirname, '../../dist/dml.js')}" diff --git-driver`;
  write('.gitattributes', '*.dml diff=dml\n');
  const shown = (...words: string[]) => git('-c', `diff.dml.command=${driver}`, ...words);
  expect(shown('diff', 'HEAD~1', '--', 'study.dml')).toContain('batch');
  expect(shown('diff', 'HEAD', '--', 'study.dml')).toContain('The same in meaning.');
  write('other.dml', study('1e-2', 1));
  git('add', 'other.dml');
  expect(shown('diff', '--cached', '--', 'other.dml')).toBe('other.dml: added\n');
  git('rm', '-qf', 'other.dml');
});

test('the folder of a run stands for its experiment, and runs on disk are told what becomes of them', async () => {
  const run = path.join(folder, 'runs/small/aaaaaaaaaaaa/fold0-seed0');
  mkdirSync(run, { recursive: true });
  const emitted = await dml(
    ['compile', 'study.dml#small', '--emit', 'yaml', '-o', `${run}/experiment.yaml`],
    {
      cwd: folder,
    },
  );
  expect(emitted.exit).toBe(0);
  const same = await dml(['diff', run, 'study.dml#small'], { cwd: folder });
  expect([same.exit, same.out]).toEqual([
    0,
    'The same in meaning. What differs in the text decides nothing.\n',
  ]);
});
