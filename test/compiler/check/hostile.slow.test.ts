import { expect, test } from 'vitest';
import { check } from '../../../compiler/check/check.ts';
import { registry } from '../../../runtime/registry.generated.ts';
import { nestings } from './support.ts';

const codesIn = (text: string) =>
  check({ path: 'main.dml', text }, { registry, read: () => undefined }).diagnostics.map(({ code }) => code);

test.each(nestings)(
  'a megabyte of `%s` is one finding',
  (sign, code) => {
    expect(codesIn(`dml 1\nlet a = ${sign.repeat(2 ** 20 / sign.length)}`)).toEqual([code]);
  },
  120_000,
);

test('forty thousand unknown fields are as many findings', () => {
  const fields = Array.from({ length: 40_000 }, (_, i) => `  f${i}: 1`).join('\n');
  expect(codesIn(`dml 1\nexperiment a {\n${fields}\n}\n`)).toHaveLength(40_001);
}, 120_000);
