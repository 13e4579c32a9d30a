import { cpSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import type { SweepTable } from '../../runtime/trainer/result.ts';
import { dml, root, temporaryFolder } from './dml.ts';

/** Runs the quickstart, with these words more, and expects of its scores what it is there to show. */
export async function expectQuickstart(...words: readonly string[]): Promise<void> {
  const cwd = temporaryFolder();
  cpSync(path.join(root, 'examples/quickstart.dml'), path.join(cwd, 'quickstart.dml'));
  const run = ['run', 'quickstart.dml#quickstart', '--engine', 'native', '--json', ...words];
  const ended = await dml(run, { cwd });
  expect(ended.exit).toBe(0);
  const { table, picture } = JSON.parse(ended.out.trim().split('\n').at(-1)!) as {
    table: SweepTable;
    picture: string;
  };
  const [sdl, dml1] = table.rows.map(({ cells }) => cells.map((cell) => cell!.mean));
  const column = (metric: string, on: string) =>
    table.columns.findIndex((each) => each.metric === metric && each.on === on);
  const [dice, bdice, ece, extreme] = [
    column('dice', 'raters |> majority'),
    column('bdice', 'raters |> average'),
    column('ece', 'raters |> average'),
    column('extreme', 'raters'),
  ] as const;
  expect(column('ece', 'raters |> majority')).toBeGreaterThanOrEqual(0);
  expect(table.rows.map(({ values }) => values)).toEqual([['0.25 ce + 0.75 sdl'], ['0.25 ce + 0.75 dml1']]);
  for (const scores of [sdl!, dml1!]) expect(scores[dice]).toBeGreaterThan(0.9);
  expect(dml1![bdice]).toBeGreaterThan(sdl![bdice]! + 0.005);
  expect(dml1![ece]).toBeLessThan(sdl![ece]!);
  expect(dml1![extreme]).toBeLessThan(0.6 * sdl![extreme]!);
  expect(readFileSync(picture).subarray(1, 4).toString()).toBe('PNG');
}
