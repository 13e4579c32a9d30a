import { expect, test } from 'vitest';
import { codesOf, lintText } from './support.ts';

const bad = 'experiment a extends base { labels: mean\n  loss: sdl }';
const ignore = '# dml-ignore DML3101: compared on purpose';

test.each([
  [
    'on the line before the statement',
    `experiment a extends base { labels: mean\n  ${ignore}\n  loss: sdl }`,
  ],
  ['before the declaration', `${ignore}\n${bad}`],
  ['on its own line', `experiment a extends base { labels: mean\n  loss: sdl ${ignore}\n }`],
  ['with other comments between', `${ignore}\n# more\n${bad}`],
  [
    'at the let that holds the loss',
    `${ignore}\nlet mix = sdl\nexperiment a extends base { labels: mean  loss: mix }`,
  ],
])('a finding is suppressed by a comment %s', async (_, text) => {
  expect(await codesOf(text)).toEqual([]);
});

test.each([
  ['without a reason', '# dml-ignore DML3101', ['DML3001', 'DML3101']],
  ['without a code', '# dml-ignore: for now', ['DML3001', 'DML3101']],
  ['with another code', '# dml-ignore DML3110: for now', ['DML3002', 'DML3101']],
  ['with a code that there is not', '# dml-ignore DML3999: for now', ['DML3003', 'DML3101']],
])('a comment %s suppresses nothing and is a finding', async (_, comment, codes) => {
  expect(await codesOf(`${comment}\n${bad}`)).toEqual(codes);
});

test('a comment counts for one statement, not for the next ones', async () => {
  expect(await codesOf(`${ignore}\nlet n = 1\n${bad}`)).toEqual(['DML3002', 'DML3501', 'DML3101']);
});

test('one comment suppresses several codes, and the one that is not there is found', async () => {
  expect(await codesOf(`# dml-ignore DML3101, DML3110: both\n${bad}`)).toEqual(['DML3002']);
});

test('the comment of a file that is used counts, and what is idle in it is left to its own check', async () => {
  const files = { 'mixes.dml': `dml 1\n${ignore}\nlet mix = sdl\n# dml-ignore DML3101: idle\nlet n = 1` };
  expect(
    await codesOf('use "./mixes.dml" experiment a extends base { labels: mean  loss: mix }', files),
  ).toEqual([]);
});

test('an error is never suppressed', async () => {
  expect(
    await codesOf('# dml-ignore DML1203: no\nexperiment a extends base { labels: mean  loss: dlm1 }'),
  ).toEqual(['DML1203']);
});

test('a misspelt code is told with the one that was meant, and can be mended', async () => {
  const { diagnostics } = await lintText(`# dml-ignore DML31O1: compared on purpose\n${bad}`);
  expect(diagnostics[0]).toMatchObject({
    code: 'DML3003',
    help: 'Did you mean `DML3101`?',
    fix: { edits: [{ replacement: 'DML3101' }] },
  });
});

test('a finding in an arm is suppressed where its value is written in the sweep', async () => {
  const sweep = (comment: string) =>
    `experiment b extends base { labels: mean  seed: 0 .. 2 }\nsweep s of b {\n  ${comment}\n  vary loss in [dml1, sdl]\n}`;
  expect(await codesOf(sweep('# as it is'))).toEqual(['DML3101']);
  expect(await codesOf(sweep(ignore))).toEqual([]);
});
