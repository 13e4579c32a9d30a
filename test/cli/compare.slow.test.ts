import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { dml, temporaryFolder, tiny } from '../support/dml.ts';

const native = ['--engine', 'native'];

const study = `${tiny(
  { seed: '0 .. 1', fold: 'all', train: '2 steps' },
  'source: phantom(cases: 6, raters: 3, size: 32)\n  folds: contiguous(2)',
)}
experiment taught extends tiny {
  teacher: distill(tiny)
  loss:    0.5 ce + 0.5 dml1 on teacher
}
sweep grid of tiny {
  vary labels in [raters |> majority, raters |> average]
}
## All of it side by side.
compare table of grid, taught {
  metrics:  dice
  baseline: (labels: raters |> majority)
  expect:   taught.dice >= 0, lower(taught.dice - grid.dice) > 1
}
sweep rates of tiny {
  vary optimizer.rate in [1e-2, 1e30]
  train: 20 steps
}
compare rates_table of rates {
  columns:  rate
  baseline: (rate: 1e-2)
}
`;

interface Report {
  readonly status: string;
  readonly exit: number;
  readonly folder: string;
  readonly table: {
    readonly rows: readonly { readonly values: readonly string[]; readonly cells: readonly object[] }[];
  };
}

describe('dml run FILE#comparison', () => {
  test('runs what is compared, each thing once, and prints the table, tests and claims; then again without training', async () => {
    const cwd = temporaryFolder({ 'a.dml': study });
    const plan = await dml(['plan', 'a.dml#table', ...native, '--json'], { cwd });
    // Two arms and a student, each of 2 folds × 2 seeds; the second arm is the teacher.
    expect(JSON.parse(plan.out)).toMatchObject({ steps: 24 });
    const first = await dml(['run', 'a.dml#table', ...native], { cwd });
    expect(first.exit, first.err).toBe(1);
    const [head, truth, rule] = first.out.split('\n');
    expect(head).toMatch(/^experiment {2}labels +dice$/);
    expect(truth).toMatch(/^ +majority$/);
    expect(rule).toMatch(/^─+$/);
    expect(first.out).toMatch(/^grid +raters \|> majority +[\d.]+ ± [\d.]+$/m);
    expect(first.out).toMatch(/^ +baseline$/m);
    expect(first.out).toMatch(/^ +[+-][\d.]+ p \d\.\d{3}$/m);
    expect(first.out).toContain('mean ± deviation and 95 % interval over 4 runs');
    expect(first.out).toMatch(/differences to \(labels: raters \|> majority\) .*; wilcoxon, n = 6, /);
    expect(first.out).toMatch(/^expect taught\.dice >= 0: holds, found 0\.\d+$/m);
    expect(first.out).toMatch(/^expect lower\(taught\.dice - grid\.dice\) > 1: fails/m);

    const again = await dml(['run', 'a.dml#table', ...native], { cwd });
    expect(again.out).toBe(first.out);
    expect(again.err).not.toContain('step');
    const folder = /^results {2}(.*)$/m.exec(first.out)![1]!;
    const written = JSON.parse(readFileSync(path.join(cwd, folder, 'result.json'), 'utf8'));
    expect(written).toMatchObject({
      comparison: 'table',
      table: { down: ['experiment', 'labels'], across: [], baseline: '(labels: raters |> majority)' },
      verdicts: [{ verdict: 'holds' }, { verdict: 'fails' }],
      arms: [{ number: 1 }, { number: 2 }, { experiment: 'taught' }],
    });
  });

  test('survives an arm that fails, says so, and goes on with what is left the next time', async () => {
    const cwd = temporaryFolder({ 'a.dml': study });
    const first = await dml(['run', 'a.dml#rates_table', ...native, '--json'], { cwd });
    const lines = first.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const report = lines.at(-1) as Report;
    expect(report).toMatchObject({
      kind: 'report',
      exit: 1,
      status: 'failed',
      error: { message: expect.stringContaining('at step') },
      table: { across: ['optimizer.rate'], rows: [{ values: [] }] },
    });
    expect(report.table.rows[0]!.cells).toMatchObject([
      { arms: ['rates/1'], statistic: { runs: 4 }, isBaseline: true },
      { arms: ['rates/1'], statistic: { runs: 4 }, isBaseline: true },
      { arms: ['rates/2'], statistic: null, problem: expect.stringContaining('at step') },
      { arms: ['rates/2'], statistic: null, problem: expect.stringContaining('at step') },
    ]);
    const again = await dml(['run', 'a.dml#rates_table', ...native], { cwd });
    expect(again.exit).toBe(1);
    expect(again.err.match(/finished before/g)).toHaveLength(4);
    expect(again.err.match(/failed: The loss/g)).toHaveLength(4);
    expect(again.out).toMatch(/^failed rates\/2: The loss/m);
    expect(again.out).toMatch(/ failed +failed$/m);
  });

  test('takes changed values for all that it compares, and a part of the runs', async () => {
    const cwd = temporaryFolder({ 'a.dml': study });
    const words = ['a.dml#table', ...native, '--set', 'train=1 steps', '--fold', '0', '--json'];
    const { out } = await dml(['run', '--dry-run', ...words], { cwd });
    const { runs } = JSON.parse(out.trim().split('\n').at(-1)!);
    interface Run {
      readonly run: { readonly fold: number; readonly teacherOf?: string };
      readonly steps: number;
    }
    // The teacher is none of what is compared.
    const asked = (runs as readonly Run[]).filter(({ run }) => run.teacherOf === undefined);
    expect(asked.map(({ run, steps }) => [run.fold, steps])).toEqual(Array(6).fill([0, 1]));
    const ended = await dml(['run', ...words], { cwd });
    expect(JSON.parse(ended.out.trim().split('\n').at(-1)!)).toMatchObject({
      exit: 0,
      verdicts: [{ verdict: 'undecided' }, { verdict: 'undecided' }],
    });
  });

  test('is listed with what else there is, and is no single experiment', async () => {
    const cwd = temporaryFolder({ 'a.dml': study });
    const listed = await dml(['run', 'a.dml'], { cwd });
    expect(listed.err).toContain('a.dml#table  (comparison, 3 arms) All of it side by side.');
    const misspelt = await dml(['run', 'a.dml#tabel'], { cwd });
    expect(misspelt.err).toContain('Did you mean a.dml#table?');
    const single = await dml(['compile', 'a.dml#table', '--emit', 'onnx', '-o', 'out'], { cwd });
    expect(single.err).toContain('table is a comparison of 3 experiments.');
    expect(single.err).toContain('  a.dml#grid/2');
    expect((await dml(['run', 'a.dml#table/2'], { cwd })).err).toContain('table is a comparison');
  });
});

test('explain shows what a comparison compares, and diff what differs between two', async () => {
  const cwd = temporaryFolder({ 'a.dml': study, 'b.dml': study.replace('metrics:  dice\n', '') });
  const explained = await dml(['explain', 'a.dml#table'], { cwd });
  expect(explained.exit, explained.err).toBe(0);
  expect(explained.out).toMatch(/^of +grid, taught$/m);
  expect(explained.out).toMatch(/^statistic +wilcoxon$/m);
  expect(explained.out).toMatch(/^grid\/2 +grid +raters \|> average$/m);
  const whole = await dml(['diff', 'a.dml', 'b.dml'], { cwd });
  expect(whole.exit).toBe(1);
  expect(whole.out).toContain('metrics: report only');
  const named = await dml(['diff', 'a.dml#table', 'b.dml#table', '--json'], { cwd });
  expect(JSON.parse(named.out).compared).toMatchObject([
    { before: 'table', changes: [{ path: 'metrics', effect: 'report' }] },
  ]);
  expect((await dml(['diff', 'a.dml#table', 'b.dml#tiny'], { cwd })).err).toContain(
    'table is a comparison, and tiny is an experiment.',
  );
});

test('a sweep of several factors survives a failing arm, resumes, and shows mean, deviation and interval', async () => {
  const cwd = temporaryFolder({
    'a.dml': `${study}
sweep big_grid of tiny, taught {
  vary model.depth, model.width in [(1, 4), (1, 6)]
  let r in [1e-2, 1e30]
  optimizer: sgd(rate: r)
  train:     3 steps
  fold:      0
  except:    (experiment: tiny, r: 1e30), (experiment: taught, width: 6)
}
`,
  });
  const first = await dml(['run', 'a.dml#big_grid', ...native], { cwd });
  expect(first.exit, first.err).toBe(1);
  const rows = first.out.split('\n').filter((line) => /^ *\d {2}/.test(line));
  expect(rows.map((row) => row.trim().split(/ {2,}/).slice(0, 4))).toEqual([
    ['1', 'tiny', '1, 4', '1e-2'],
    ['2', 'tiny', '1, 6', '1e-2'],
    ['3', 'taught', '1, 4', '1e-2'],
    ['4', 'taught', '1, 4', '1e30'],
  ]);
  expect(rows[0]).toMatch(/[\d.]+ ± [\d.]+ +[\d.]+ ± [\d.]+$/);
  expect(first.out).toMatch(/^ +-?[\d.]+ … [\d.]+ +-?[\d.]+ … [\d.]+$/m);
  expect(rows[3]).toMatch(/failed +failed$/);
  const again = await dml(['run', 'a.dml#big_grid', ...native], { cwd });
  expect(again.out).toBe(first.out);
  // Those of three arms, and the teacher of the fourth, which is tried again.
  expect(again.err.match(/finished before/g)).toHaveLength(8);
});
