import { cpSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { SweepTable } from '../../runtime/trainer/result.ts';
import { dml, root, temporaryFolder } from '../support/dml.ts';

const file = path.join(root, 'examples/distillation.dml');

test('the example of distillation has nothing that the linter objects to', async () => {
  const cwd = temporaryFolder();
  cpSync(file, path.join(cwd, 'distillation.dml'));
  const { out, exit } = await dml(['lint', 'distillation.dml'], { cwd });
  expect(exit, out).toBe(0);
});

test('it trains its teacher once for both students, and lays all three networks side by side', async () => {
  const text = readFileSync(file, 'utf8').replace('300 steps', '4 steps').replace('cases: 60', 'cases: 8');
  const cwd = temporaryFolder({ 'small.dml': text });
  const ended = await dml(['run', 'small.dml#distillation', '--engine', 'native', '--json'], { cwd });
  expect(ended.exit, ended.err).toBe(0);
  const events = ended.out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const starts = events
    .filter(({ kind }) => kind === 'start')
    .map(({ run }) => run.arm?.values[0] ?? run.experiment);
  expect(starts).toEqual(['alone', 'big', 'taught', 'calibrated']);
  expect(events.filter(({ kind }) => kind === 'predicting')).toHaveLength(1);
  const { table } = events.at(-1) as { table: SweepTable };
  expect(table.rows.map(({ values }) => values)).toEqual([['alone'], ['taught'], ['calibrated']]);
  for (const { cells } of table.rows) for (const cell of cells) expect(cell!.mean).toBeGreaterThan(0);
}, 120_000);
