import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { RunResult } from '../../runtime/trainer/result.ts';
import { root, temporaryFolder } from '../support/dml.ts';
import { faults, isLine } from '../support/output-schema.ts';
import { dml } from '../support/within.ts';

const read = (name: string) => readFileSync(path.join(root, 'examples', name), 'utf8');

interface Line {
  readonly kind: string;
  readonly runs?: readonly { readonly result: RunResult }[];
}

test('the example of a deployment tests every run elsewhere, and another test trains nothing', async () => {
  const small = read('quickstart.dml').replace('300 steps', '2 steps').replace('cases: 60', 'cases: 8');
  const cwd = temporaryFolder({ 'quickstart.dml': small, 'deployment.dml': read('deployment.dml') });
  const linted = await dml(['lint', 'deployment.dml'], { cwd });
  expect(linted.exit, linted.out).toBe(0);

  const run = async () => {
    const words = ['run', 'deployment.dml#deployed', '--seed', '0', '--engine', 'native', '--json'];
    const { out } = await dml(words, { cwd });
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Line);
    expect(lines.map((line) => faults(isLine, line))).toEqual(lines.map(() => []));
    return { kinds: lines.map(({ kind }) => kind), runs: lines.at(-1)!.runs! };
  };
  const first = await run();
  expect(first.kinds).toContain('start');
  const { scores, tests } = first.runs[0]!.result;
  expect(scores).toEqual([]);
  expect(tests!.map(({ data, cases }) => [data, cases.length])).toEqual([['hospital', 20]]);

  const elsewhere = read('deployment.dml').replace(/source\.seed: +8/, 'source.seed: 9');
  writeFileSync(path.join(cwd, 'elsewhere.dml'), elsewhere);
  const changed = await dml(['diff', 'deployment.dml#deployed', 'elsewhere.dml#deployed'], { cwd });
  expect(changed.out).toMatch(/^test\.hospital\.source\.seed +8 +9 +scores anew$/m);
  expect(changed.out).toContain('1 run on disk: keep their weights and are scored anew');
  writeFileSync(path.join(cwd, 'deployment.dml'), elsewhere);
  expect((await run()).kinds).toEqual(['engine', 'evaluation', 'done', 'report']);
}, 120_000);
