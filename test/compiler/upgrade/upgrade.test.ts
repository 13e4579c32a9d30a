import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { trainingHash } from '../../../compiler/identity.ts';
import { upgrade, versionOf } from '../../../compiler/upgrade/upgrade.ts';
import { format } from '../../../grammar/format.ts';
import { parse } from '../../../grammar/parser.ts';
import { expectGolden } from '../../golden.ts';
import { randomExperiment } from '../check/arbitrary.ts';
import { checkText } from '../check/support.ts';

const cases = path.join(import.meta.dirname, 'cases');

test.each(readdirSync(cases))('%s', (name) => {
  const text = readFileSync(path.join(cases, name, 'before.dml'), 'utf8');
  const { text: after } = upgrade({ path: 'a.dml', text });
  const { value: tree, diagnostics } = parse({ path: 'a.dml', text: after });
  expect(diagnostics).toEqual([]);
  expectGolden(path.join(cases, name, 'after.dml'), format(tree!));
  expect(versionOf({ path: 'a.dml', text: after })).toBe(1);
});

test('a file of the newest version, or of a newer one, keeps its text', () => {
  for (const text of ['dml 1\nexperiment a {batch: 1}\n', 'dml 2\nexperiment a {batch 1}\n'])
    expect(upgrade({ path: 'a.dml', text }).text).toBe(text);
});

test('what cannot be rewritten stays an error', () => {
  const { text } = upgrade({ path: 'a.dml', text: 'experiment a {\n  loss: 0.25 ce +\n}\n' });
  expect(parse({ path: 'a.dml', text }).diagnostics).not.toEqual([]);
});

test('without its version line every experiment is upgraded to itself, and a second time nothing happens', () => {
  fc.assert(
    fc.property(randomExperiment, (text) => {
      const bare = text.replace('dml 1\n', '');
      const { from, text: after } = upgrade({ path: 'main.dml', text: bare });
      expect([from, after]).toEqual([0, `dml 1\n\n${bare}`]);
      expect(upgrade({ path: 'main.dml', text: after }).text).toBe(after);
      const hash = (one: string) => trainingHash(checkText(one).value!.experiments.at(-1)!);
      expect(hash(after)).toBe(hash(text));
    }),
    { numRuns: 20 },
  );
});
