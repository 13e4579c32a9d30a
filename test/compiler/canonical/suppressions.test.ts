import { describe, expect, test } from 'vitest';
import { inspectYaml } from '../../../compiler/canonical/read.ts';
import { toYaml } from '../../../compiler/canonical/write.ts';
import { check } from '../../../compiler/check/check.ts';
import { findingsOf } from '../../../compiler/lint/lint.ts';
import { withoutSuppressed } from '../../../compiler/lint/suppressed.ts';
import { registry } from '../../../runtime/registry.generated.ts';
import { witnessOf } from '../../../runtime/witness.ts';
import { prelude } from '../check/support.ts';

const text = `${prelude}experiment a extends base { labels: mean  loss: 0.25 ce + 0.75 sdl }`;
const options = { registry, read: () => undefined };
const yaml = toYaml(check({ path: 'main.dml', text }, options).value!.experiments[0]!);

/** Codes of what is left of the findings of a file. */
async function codesOf(text: string): Promise<readonly string[]> {
  const { value, diagnostics, suppressions } = inspectYaml({ path: 'a.yaml', text }, options);
  const found = value ? await findingsOf(value, { witness: witnessOf(registry) }) : [];
  return withoutSuppressed('a.yaml', [...diagnostics, ...found], suppressions, suppressions).map(
    ({ code }) => code,
  );
}

const ignore = '# dml-ignore DML3101: compared on purpose';
const above = (line: RegExp, comment: string) => yaml.replace(line, (found) => `${comment}\n${found}`);

test('without a comment the term is found', async () => {
  expect(await codesOf(yaml)).toEqual(['DML3101']);
});

describe('a comment suppresses', () => {
  test.each([
    ['above everything', `${ignore}\n${yaml}`],
    ['before the field', above(/^loss:/m, ignore)],
    ['before the item of the list', above(/^ {2}- \{weight: 0.75/m, `  ${ignore}`)],
    ['on the line of the item', yaml.replace(/^ {2}- \{weight: 0.75.*$/m, (line) => `${line}  ${ignore}`)],
    ['with other comments between', above(/^loss:/m, `${ignore}\n# more`)],
    ['with the line ends of Windows', above(/^loss:/m, ignore).replaceAll('\n', '\r\n')],
    ['behind a mark of byte order', `\ufeff${ignore}\n${yaml}`],
    [
      'behind text that looks like one, which is none',
      above(/^loss:/m, ignore).replace(
        'experiment: a\n',
        'experiment: a\ndoc: |\n  # dml-ignore DML3110: text\n',
      ),
    ],
  ])('%s', async (_, changed) => {
    expect(changed).not.toBe(yaml);
    expect(await codesOf(changed)).toEqual([]);
  });
});

test.each([
  ['before another field', above(/^optimizer:/m, ignore), ['DML3101', 'DML3002']],
  ['before another item of the list', above(/^ {2}- \{weight: 0.25/m, `  ${ignore}`), ['DML3002', 'DML3101']],
  ['without a reason', above(/^loss:/m, '# dml-ignore DML3101'), ['DML3001', 'DML3101']],
  ['without a code', above(/^loss:/m, '# dml-ignore: for now'), ['DML3001', 'DML3101']],
  [
    'with a code that there is not',
    above(/^loss:/m, '# dml-ignore DML3999: for now'),
    ['DML3003', 'DML3101'],
  ],
])('a comment %s suppresses nothing and is a finding', async (_, changed, codes) => {
  expect(await codesOf(changed)).toEqual(codes);
});

test('an error is never suppressed', async () => {
  const changed = above(/^loss:/m, '# dml-ignore DML1203: no').replace('loss: {sdl:', 'loss: {sld:');
  expect(await codesOf(changed)).toContain('DML1203');
});
