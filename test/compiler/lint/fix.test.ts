import { describe, expect, test } from 'vitest';
import { applyFixes, type Look } from '../../../compiler/lint/fix.ts';
import { meaningsOf } from '../../../compiler/lint/meanings.ts';
import { rules } from '../../../compiler/lint/rules/index.ts';
import type { Diagnostic } from '../../../grammar/diagnostic.ts';
import { lintText, lintWhole, prelude } from './support.ts';

/** No example needs all of the prelude. */
const withoutUnused = <T extends { readonly diagnostics: readonly Diagnostic[] }>(inspected: T): T => ({
  ...inspected,
  diagnostics: inspected.diagnostics.filter(({ code }) => code !== 'DML3501'),
});

/** What examples use. */
const beside = { 'other.dml': 'dml 1\nlet soft = raters |> average\n' };

/** Fixes files that lie in memory, and looks at the same rules as the command. */
function fix(files: Readonly<Record<string, string>>, unsafe = false) {
  const look: Look = async (file, texts) => {
    const now = { ...files, ...Object.fromEntries(texts) };
    return withoutUnused(await lintWhole(now[file]!, { ...beside, ...now }, file));
  };
  return applyFixes(Object.keys(files), look, { unsafe });
}

const fixMain = async (text: string, unsafe = false) => {
  const fixed = await fix({ 'main.dml': prelude + text }, unsafe);
  const written = fixed.texts.get('main.dml');
  return { ...fixed, text: written?.startsWith(prelude) ? written.slice(prelude.length) : written };
};

const experiment = (fields: string) => `experiment a extends base { labels: mean  ${fields} }`;

test.each([
  ['two equal terms are added', 'loss: 0.25 ce + 0.75 ce', 'loss: ce'],
  ['with all that is between them', 'loss: 0.25 ce + 0.5 dml1 + 0.25 ce', 'loss: 0.5 ce + 0.5 dml1'],
  ['a weight behind `*` too', 'loss: 0.25 * ce + 0.75 * ce', 'loss: ce'],
  ['three of them in rounds', 'loss: 0.25 ce + 0.25 ce + 0.5 ce', 'loss: ce'],
  ['on a target', 'loss: 0.5 dml1 + 0.25 ce on voted + 0.25 ce on voted', 'loss: 0.5 dml1 + 0.5 ce on voted'],
])('safe: %s', async (_, before, after) => {
  const { text, diagnostics, refused } = await fixMain(experiment(before));
  expect(text).toBe(experiment(after));
  expect([diagnostics, refused]).toEqual([[], []]);
});

test('safe: comments stay', async () => {
  const { text } = await fixMain(
    'experiment a extends base {\n  labels: mean\n  # why\n  loss: 0.25 ce + 0.75 ce # here\n}',
  );
  expect(text).toBe('experiment a extends base {\n  labels: mean\n  # why\n  loss: ce # here\n}');
  const kept = await fixMain(
    'experiment a extends base {\n  labels: mean\n  loss: 0.25 ce # one\n  + 0.75 ce  batch: 2\n}',
  );
  expect(kept.text).toBe('experiment a extends base {\n  labels: mean\n  loss: ce # one\n    batch: 2\n}');
});

test('safe: a file begins with its version, and nothing else of it changes', async () => {
  const { texts } = await fix({ 'a.dml': '# mine\nlet a = 1\n' });
  expect(texts.get('a.dml')).toBe('dml 1\n# mine\nlet a = 1\n');
});

test('a finding in a file that is used is fixed there, if that file is named too', async () => {
  const files = {
    'mixes.dml': 'dml 1\nlet mix = 0.25 ce + 0.25 ce + 0.5 dml1\n',
    'main.dml': `${prelude}use "./mixes.dml" experiment a extends base { labels: mean  loss: mix }`,
  };
  const fixed = await fix(files);
  expect(fixed.texts.get('mixes.dml')).toBe('dml 1\nlet mix = 0.5 ce + 0.5 dml1\n');
  expect(fixed.texts.has('main.dml')).toBe(false);
});

test('only files that are named are changed', async () => {
  const used = 'dml 1\nlet mix = 0.25 ce + 0.75 ce\n';
  const main = `${prelude}use "./mixes.dml" experiment a extends base { labels: mean  loss: mix }`;
  const fixed = await applyFixes(
    ['main.dml'],
    async (file, texts) =>
      withoutUnused(await lintWhole(texts.get(file) ?? main, { 'mixes.dml': used }, file)),
    { unsafe: true },
  );
  expect(fixed.texts.size).toBe(0);
  expect(fixed.diagnostics.map(({ code }) => code)).toEqual(['DML3111']);
});

test('a fix whose proof fails is not applied, and the reason is told', async () => {
  const look: Look = async (file, texts) => {
    const inspected = await lintWhole(texts.get(file) ?? prelude + experiment('loss: 0.25 ce + 0.75 ce'));
    const diagnostics = inspected.diagnostics.map((found) =>
      found.fix
        ? { ...found, fix: { ...found.fix, edits: [{ ...found.fix.edits[0]!, replacement: '0.5 dml1 + ' }] } }
        : found,
    );
    return { ...inspected, diagnostics };
  };
  const { texts, applied, refused } = await applyFixes(['main.dml'], look, { unsafe: false });
  expect([texts.size, applied.length]).toEqual([0, 0]);
  expect(refused.map(({ reason }) => reason)).toEqual(['experiment a would not mean the same']);
});

test('what a comparison shows and claims belongs to the meaning of a file', async () => {
  const file = (claim: string) =>
    lintWhole(
      `${prelude}experiment a extends base { labels: mean } experiment b extends a { loss: ce } compare c of a, b { baseline: a  expect: ${claim} }`,
    );
  const [one, same, other] = await Promise.all(
    ['b.dice > a.dice', 'b.dice >  a.dice', 'b.dice > 0.9 a.dice'].map(file),
  );
  const meanings = [one!, same!, other!].map(meaningsOf);
  expect(meanings[0]?.has('compare c')).toBe(true);
  expect(meanings[1]).toEqual(meanings[0]);
  expect(meanings[2]).not.toEqual(meanings[0]);
});

test('a suppressed finding is not fixed', async () => {
  const { applied } = await fixMain(
    `experiment a extends base {\n  labels: mean\n  loss: 0.25 ce + 0.75 ce # dml-ignore DML3111: to be told apart later\n}`,
    true,
  );
  expect(applied).toEqual([]);
});

describe('unsafe', () => {
  test.each([
    ['a misspelt word', 'loss: dlm1', 'loss: dml1'],
    ['a loss for soft labels', 'loss: 0.25 ce + 0.75 sdl(smooth: 1)', 'loss: 0.25 ce + 0.75 dml1(smooth: 1)'],
    ['the weight that is left', 'loss: 0.25 ce + dml1', 'loss: 0.25 ce + 0.75 dml1'],
    ['weights divided by their sum', 'loss: 0.5 ce + 1.5 dml1', 'loss: 0.25 ce + 0.75 dml1'],
    ['an option that is not written', 'batch: 2  loss: dml1', 'batch: 2  loss: dml1(reduction: image)'],
    [
      'an option beside others',
      'batch: 2  loss: dml1(smooth: 1)',
      'batch: 2  loss: dml1(smooth: 1, reduction: image)',
    ],
    ['a bound in percent', 'expect: dice > 85', 'expect: dice > 85%'],
    ['a metric that is measured twice', 'evaluate: dice, ece, dice', 'evaluate: dice, ece'],
  ])('%s', async (_, before, after) => {
    const { text } = await fixMain(experiment(before), true);
    expect(text).toBe(experiment(after));
  });

  test('nothing unsafe is applied without being asked for', async () => {
    const { texts } = await fixMain(experiment('loss: 0.25 ce + 0.75 sdl'));
    expect(texts.size).toBe(0);
  });

  test('several fixes of one block are applied together', async () => {
    const { refused, text } = await fixMain(experiment('evaluate: dice on mean  expect: dice > 85'), true);
    expect(refused).toEqual([]);
    expect(text).toBe(experiment('evaluate: dice  expect: dice > 85%'));
  });
});

const offered = await Promise.all(
  rules.map(async (rule) => ({
    rule,
    fixes: (await lintText(rule.bad)).diagnostics.flatMap(({ fix }) => fix ?? []),
  })),
);

describe.each(
  offered.flatMap(({ rule, fixes }) => fixes.slice(0, 1).map((one) => [rule.code, rule, one] as const)),
)('the fix of %s', (code, rule, one) => {
  test(`${one.safe ? 'leaves the meaning as it is' : 'can be applied'}, and its finding is gone`, async () => {
    const { diagnostics, applied, refused } = await fixMain(rule.bad, !one.safe);
    expect(refused).toEqual([]);
    expect(applied.map((finding) => finding.code)).toContain(code);
    expect(diagnostics.map((found) => found.code)).not.toContain(code);
  });
});
