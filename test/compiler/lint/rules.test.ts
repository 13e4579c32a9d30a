import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { messages } from '../../../compiler/lint/messages.ts';
import { rules } from '../../../compiler/lint/rules/index.ts';
import { codesOf, lintText } from './support.ts';

describe.each(rules.map((rule) => [rule.code, rule] as const))('%s', (code, rule) => {
  test('is found in its bad example, once', async () => {
    expect(await codesOf(rule.bad)).toEqual([code]);
  });

  test('is not found in its good example, and nothing else is', async () => {
    expect(await codesOf(rule.good)).toEqual([]);
  });
});

test('every file of the folder is a rule of the table, in the order of the codes', () => {
  const folder = path.resolve(import.meta.dirname, '../../../compiler/lint/rules');
  expect(readdirSync(folder).filter((file) => file !== 'index.ts')).toHaveLength(rules.length);
  const codes = rules.map(({ code }) => code);
  expect(codes).toEqual([...new Set(codes)].sort());
});

test('every rule is called as its file', () => {
  const folder = path.resolve(import.meta.dirname, '../../../compiler/lint/rules');
  for (const { name } of rules) expect(readdirSync(folder)).toContain(`${name}.ts`);
});

test.each(Object.entries(messages.entries))('%s is what its example gives', async (code, { example }) => {
  expect(await codesOf(example)).toEqual([code]);
});

describe('DML3101', () => {
  const message = async (text: string) => (await lintText(text)).diagnostics.map((found) => found.message);

  test('shows the number that was computed for this loss', async () => {
    expect(await message('experiment a extends base { labels: mean  loss: sdl(smooth: 0) }')).toEqual([
      '`sdl` bears hard labels, and `raters |> average` gives soft ones: for a pixel that the raters split evenly, it is 0.500 at the label 0.5 and 0.333 at 1.0, its minimum.',
    ]);
  });

  test('computes with the options that are written', async () => {
    const [smooth] = await message('experiment a extends base { labels: mean  loss: sdl(smooth: 1) }');
    // 1 − (¼ + 1) / (½ + 1) and 1 − (½ + 1) / (¾ + 1)
    expect(smooth).toContain('it is 0.167 at the label 0.5 and 0.143 at 1.0');
  });

  test('is found at the loss, wherever it is written, and once', async () => {
    const { diagnostics } = await lintText(
      'let mix = 0.25 ce + 0.75 sdl experiment a extends base { labels: mean  loss: mix } experiment b extends a { batch: 4 }',
    );
    expect(diagnostics.map(({ span }) => span.source.text.slice(span.start, span.end))).toEqual(['sdl']);
  });

  test('looks at the target of the term, not at the labels alone', async () => {
    expect(
      await codesOf('experiment a extends base { labels: voted  loss: 0.5 sdl + 0.5 sdl on mean }'),
    ).toEqual(['DML3101']);
    expect(
      await codesOf('experiment a extends base { labels: mean  loss: 0.5 sdl on voted + 0.5 ce }'),
    ).toEqual([]);
    expect(await codesOf('experiment a extends base { labels: mask  loss: sdl }')).toEqual([]);
  });

  test('sees the arms of a sweep', async () => {
    const text =
      'experiment a extends base { labels: mean  seed: 0 .. 2 } sweep s of a { vary loss in [dml1, sdl] }';
    expect(await codesOf(text)).toEqual(['DML3101']);
  });
});
