import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { check } from '../../../compiler/check/check.ts';
import { registry } from '../../../runtime/registry.generated.ts';
import { checkText, nestings, prelude } from './support.ts';

const quickstart = readFileSync(
  path.resolve(import.meta.dirname, '../../../examples/quickstart.dml'),
  'utf8',
);
const codesIn = (text: string) =>
  check({ path: 'main.dml', text }, { registry, read: () => undefined }).diagnostics.map(({ code }) => code);

test.each(nestings)('ten thousand of `%s` are one finding', (sign, code) => {
  expect(codesIn(`dml 1\nlet a = ${sign.repeat(10_000)}`)).toEqual([code]);
});

test.each([
  ['1', ' + 1'],
  ['x', ' |> x'],
  ['1', ' * 1'],
  ['poly', ' then poly'],
])(
  '%s with very many of `%s` behind it is one finding, not a full stack',
  (first, more) => {
    expect(codesIn(`dml 1\nlet a = ${first}${more.repeat(100_000)}`)).toEqual(['DML1026']);
  },
  60_000,
);

test.each([
  ['\v', 'U+000B (line tabulation)'],
  ['\f', 'U+000C (form feed)'],
  ['\u0085', 'U+0085 (next line)'],
  ['\u2028', 'U+2028 (line separator)'],
  ['\u2029', 'U+2029 (paragraph separator)'],
])('a line that ends with %j is said to, and what stands behind it is read', (end, name) => {
  const text = quickstart.replaceAll('\n', end).replace('sdl,', 'sld,');
  const { diagnostics } = check({ path: 'main.dml', text }, { registry, read: () => undefined });
  const [first] = diagnostics;
  expect(first).toMatchObject({ code: 'DML1003', help: expect.stringContaining('line ends') });
  expect(first!.message).toContain(name);
  expect(new Set(diagnostics.map(({ code }) => code))).toEqual(new Set(['DML1003', 'DML1203']));
});

test.each([
  ['Windows', '\r\n'],
  ['an old Macintosh', '\r'],
])('the line ends of %s are as good as any', (_, end) => {
  expect(codesIn(quickstart.replaceAll('\n', end))).toEqual([]);
});

test('a mark of byte order in front means nothing', () => {
  expect(codesIn(`\ufeff${quickstart}`)).toEqual([]);
});

describe.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', '__defineGetter__'])(
  'the name %s',
  (name) => {
    test.each([
      [`let ${name} = raters |> average\nexperiment a extends base { labels: ${name} }`],
      [`experiment ${name} extends base { labels: mean }\nexperiment b extends ${name} { batch: 2 }`],
      [`experiment a extends base { labels: mean }\nsweep ${name} of a { vary batch in [1, 2] }`],
      [`experiment a extends base { labels: mean }\nsweep s of a { let ${name} in [1, 2] batch: ${name} }`],
      [
        `dataset ${name} { source: phantom  classes: (back: 0, ${name}: 1) }\nexperiment a extends base { data: ${name}  labels: mean }`,
      ],
    ])('may be given: %s', (text) => {
      expect(checkText(prelude + text).diagnostics).toEqual([]);
    });

    test.each([
      [`experiment a extends base { labels: mean  ${name}: 1 }`, 'DML1212'],
      [`experiment a extends base { labels: mean  model: unet(${name}: 1) }`, 'DML1218'],
      [`experiment a extends base { labels: mean  model: ${name} }`, 'DML1203'],
      [`experiment a extends base { labels: mean |> ${name} }`, 'DML1203'],
      [`experiment a extends base { labels: mean  loss: 0.5 ${name} }`, 'DML1203'],
      [`experiment a extends base { labels: mean  train: 3 ${name} }`, 'DML1210'],
      [`experiment a extends base { labels: mean  model.${name}: 1 }`, 'DML1218'],
      [`experiment a extends base { labels: mean  ${name}.width: 1 }`, 'DML1212'],
      [`experiment a extends ${name} { labels: mean }`, 'DML1203'],
      [`${name} a { labels: mean }`, 'DML1211'],
      [`experiment a extends base { labels: mean }\nsweep s of a { vary ${name} in [1, 2] }`, 'DML1212'],
      [`experiment a extends base { labels: mean  expect: ${name} > 1 }`, 'DML1340'],
      [`dataset d { source: phantom(${name}: 1) }`, 'DML1218'],
    ])('is none that there is: %s', (text, code) => {
      expect(checkText(prelude + text).diagnostics.map((found) => found.code)).toContain(code);
    });
  },
);

test.each([
  ['1e309', ['DML1310']],
  ['-0', ['DML1310']],
  ['0', ['DML1310']],
  ['1e-400', ['DML1310']],
])('a rate of %s', (rate, codes) => {
  expect(codesIn(quickstart.replace('rate: 1e-2', `rate: ${rate}`))).toEqual(codes);
});

test.each([
  ['other fields', (i: number) => `f${i}: 1`, 5_001],
  ['the same field', () => 'batch: 1', 5_000],
] as const)('five thousand of %s are as many findings', (_, field, findings) => {
  const fields = Array.from({ length: 5_000 }, (_, i) => `  ${field(i)}`).join('\n');
  expect(codesIn(`dml 1\nexperiment a {\n${fields}\n}\n`)).toHaveLength(findings);
});

test('lets that lead one to the other ten thousand times', () => {
  const lets = Array.from({ length: 10_000 }, (_, i) => `let a${i + 1} = a${i}`).join('\n');
  expect(codesIn(`dml 1\nlet a0 = 4\n${lets}\nexperiment a { batch: a10000 }`)).toEqual(['DML1227']);
  expect(codesIn(`dml 1\nlet a0 = a10000\n${lets}`)).toEqual(['DML1208']);
}, 60_000);
