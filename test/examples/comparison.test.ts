import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { root, dml as started, temporaryFolder } from '../support/dml.ts';
import { dml } from '../support/within.ts';

const read = (name: string) => readFileSync(path.join(root, 'examples', name), 'utf8');

test('the example of a comparison has nothing that the linter objects to, and shares the sweep that it uses', async () => {
  const small = read('quickstart.dml').replace('300 steps', '3 steps').replace('cases: 60', 'cases: 12');
  const cwd = temporaryFolder({ 'quickstart.dml': small, 'comparison.dml': read('comparison.dml') });
  const linted = await dml(['lint', 'comparison.dml'], { cwd });
  expect(linted.exit, linted.out).toBe(0);
  const native = ['--engine', 'native'];
  await dml(['run', 'quickstart.dml#quickstart', ...native], { cwd });
  const ended = await started(['run', 'comparison.dml#raters_worth', ...native], { cwd });
  expect(ended.err.match(/finished before/g)).toHaveLength(2);
  expect(ended.out).toMatch(/^single +– .*$/m);
  expect(ended.out).toMatch(/^expect \(loss: 0\.25 ce \+ 0\.75 dml1\)\.bdice > single\.bdice: /m);
}, 120_000);
