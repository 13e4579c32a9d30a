import { expect, test } from 'vitest';
import { codesOf, lintText, lintWhole } from './support.ts';

const used = { 'sets.dml': 'dml 1\nlet soft = raters |> average\nlet hard = raters |> majority\n' };
const experiment = (fields: string) => `experiment a extends base { ${fields} }`;

test('a file without experiments is there for others: nothing of it is unused', async () => {
  expect((await lintWhole(used['sets.dml'])).diagnostics).toEqual([]);
});

test.each([
  ['as a parent', 'protocol small extends base { batch: 4 } experiment a extends small { labels: mean }'],
  [
    'in another let',
    'let wide = 64 let model = unet(width: wide) experiment a extends base { labels: mean  model: model }',
  ],
  [
    'in a sweep',
    'let big = 8 experiment a extends base { labels: mean  seed: 0 .. 2 } sweep s of a { vary batch in [4, big] }',
  ],
])('a name is used %s', async (_, text) => {
  expect(await codesOf(text)).toEqual([]);
});

test.each([
  ['with a space of its own', 'use "./sets.dml" as sets', 'labels: sets.soft', 'labels: mean'],
  ['without', 'use "./sets.dml"', 'labels: soft', 'labels: mean'],
])('a file that is used %s counts by its names', async (_, use, using, idle) => {
  expect(await codesOf(`${use} ${experiment(using)}`, used)).toEqual([]);
  expect(await codesOf(`${use} ${experiment(idle)}`, used)).toEqual(['DML3502']);
});

test('a field that a protocol has may be said again, one of a parent experiment not', async () => {
  expect(await codesOf(experiment('labels: mean  loss: 0.25 ce + 0.75 dml1'))).toEqual([]);
  const child = `${experiment('labels: mean  model: unet(width: 16)')} experiment b extends a { labels: voted  model.width: 16 }`;
  const { diagnostics } = await lintText(child);
  expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
    ['DML3504', '`model` is the same as in `a`.'],
  ]);
});

test('what a parent changes in a part is no repetition where the child gives it whole', async () => {
  expect(
    await codesOf(
      `${experiment('labels: mean  model.width: 8')} experiment b extends a { labels: voted  model: unet }`,
    ),
  ).toEqual([]);
});
