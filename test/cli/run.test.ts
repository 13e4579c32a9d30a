import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { TrainerEvent } from '../../runtime/trainer/events.ts';
import { dml, type Ended, root, temporaryFolder, tiny } from '../support/dml.ts';
import * as within from '../support/within.ts';

const native = ['--engine', 'native'];

type Line = TrainerEvent | { readonly kind: 'report'; readonly exit: number };

const lines = ({ out }: Ended) =>
  out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);

const kinds = (ended: Ended) => lines(ended).map(({ kind }) => kind);

const find = <Kind extends Line['kind']>(ended: Ended, kind: Kind) =>
  lines(ended).find((line): line is Extract<Line, { kind: Kind }> => line.kind === kind)!;

const weightsOf = (folder: string) => readFileSync(path.join(folder, 'weights.safetensors'));

describe('an experiment', () => {
  test('is trained once; again it is found finished, and run anew by force', async () => {
    const cwd = temporaryFolder({ 'a.dml': tiny() });
    // On as many threads as there are cores, as anybody's.
    const call = { cwd, env: { DML_THREADS: '' } };
    const first = await dml(['run', 'a.dml', ...native], call);
    expect(first.exit).toBe(0);
    expect(first.out).toMatch(/^dice +raters \|> majority +[\d.]+ +1$/m);
    expect(first.out).toMatch(/^run {2}runs\/tiny\/\w+\/fold0-seed0$/m);
    expect(first.err).toMatch(/^engine native .* \(asked for\)$/m);
    expect(first.err).toContain('step 3/3');

    const second = await dml(['run', 'a.dml', ...native], call);
    expect(second.exit).toBe(0);
    expect(second.out).toBe(first.out);
    expect(second.err).toContain('finished before (--force runs it again)');

    const third = await dml(['run', 'a.dml', ...native, '--force'], call);
    expect(third.out).toBe(first.out);
    expect(third.err).toContain('step 3/3');
  });

  test('is found under any of its folds and seeds, by flags and by its path', async () => {
    const cwd = temporaryFolder({
      'a.dml': tiny(
        { seed: '0 .. 2', fold: 'all' },
        'source: phantom(cases: 6, raters: 3, size: 32)\n  folds: contiguous(2)',
      ),
    });
    const flags = await within.dml(['run', 'a.dml', ...native, '--fold', '1', '--seed', '0,2', '--json'], {
      cwd,
    });
    expect(flags.exit).toBe(0);
    const runs = lines(flags).flatMap((line) =>
      line.kind === 'start' ? [[line.run.fold, line.run.seed]] : [],
    );
    expect(runs).toEqual([
      [1, 0],
      [1, 2],
    ]);
    const byPath = await within.dml(['run', 'a.dml#tiny/fold1/seed2', ...native, '--json'], { cwd });
    expect(kinds(byPath)).toEqual(['engine', 'skipped', 'report']);
  });

  test('tells its events as lines of JSON, the report last', async () => {
    const cwd = temporaryFolder({ 'a.dml': tiny() });
    const ended = await dml(['run', 'a.dml', ...native, '--json'], { cwd });
    expect(ended.err).toBe('');
    const told = kinds(ended);
    expect(told.slice(0, 2)).toEqual(['engine', 'start']);
    expect(told).toContain('progress');
    expect(told.slice(-3)).toEqual(['evaluation', 'done', 'report']);
    expect(find(ended, 'report')).toMatchObject({ command: 'run', exit: 0, status: 'done' });
  });

  test('takes changes of its values, which are another run', async () => {
    const cwd = temporaryFolder({ 'a.dml': tiny() });
    const call = (...set: string[]) => within.dml(['run', 'a.dml', ...native, '--json', ...set], { cwd });
    const plain = find(await call(), 'start');
    const wider = find(await call('--set', 'model.width=8'), 'start');
    expect(wider.parameters).toBeGreaterThan(plain.parameters);
    expect(wider.folder).not.toBe(plain.folder);
  });

  test('exits with 1 where its expectation fails', async () => {
    const cwd = temporaryFolder({ 'a.dml': tiny({ expect: 'dice > 0.999, bdice > 0' }) });
    const { exit, out } = await dml(['run', 'a.dml', ...native], { cwd });
    expect(exit).toBe(1);
    expect(out).toMatch(/^expect dice > 0.999: fails, found 0\.\d+$/m);
    expect(out).toMatch(/^expect bdice > 0: holds/m);
  });

  test('stops with 1, the step and a reason where its loss is no number', async () => {
    const cwd = temporaryFolder({ 'a.dml': tiny({ optimizer: 'sgd(rate: 1e30)', train: '40 steps' }) });
    const { exit, err } = await dml(['run', 'a.dml', ...native], { cwd });
    expect(exit).toBe(1);
    expect(err.match(/^error: .*step \d+/m)).not.toBeNull();
    expect(err).toMatch(/^help: /m);
    expect(err).not.toMatch(/^\s+at /m);
  });
});

describe('an interrupted run', () => {
  const long = tiny({ train: '300 steps' });

  test('stops after a step, says how to go on, and ends with the same bytes', async () => {
    const cwd = temporaryFolder({ 'a.dml': long });
    const stopped = await dml(['run', 'a.dml', ...native], { cwd, interruptAt: /step 1\/300/ });
    expect(stopped.exit).toBe(130);
    expect(stopped.err).toMatch(/stopped after step \d+ of 300/);
    expect(stopped.out).toContain('The same command again goes on from there.');

    const resumed = await dml(['run', 'a.dml', ...native, '--json'], { cwd });
    expect(resumed.exit).toBe(0);
    const { step, folder } = find(resumed, 'start');
    expect(step).toBeGreaterThan(0);

    const whole = await within.dml(['run', 'a.dml', ...native, '--json', '--out', 'other'], { cwd });
    expect(weightsOf(find(whole, 'start').folder).equals(weightsOf(folder))).toBe(true);
  });

  test('ends with a report in JSON, too', async () => {
    const cwd = temporaryFolder({ 'a.dml': long });
    const stopped = await dml(['run', 'a.dml', ...native, '--json'], { cwd, interruptAt: /"step":1,/ });
    expect(stopped.exit).toBe(130);
    expect(kinds(stopped).slice(-2)).toEqual(['interrupted', 'report']);
    expect(find(stopped, 'report')).toMatchObject({ exit: 130, status: 'interrupted' });
  });
});

test('a sweep ends with a table of its arms and a picture', async () => {
  const cwd = temporaryFolder({
    'a.dml': `${tiny()}\nsweep mixes of tiny {\n  vary loss in [ce, dml1]\n}\n`,
  });
  const { exit, out } = await within.dml(['run', 'a.dml#mixes', ...native], { cwd });
  expect(exit).toBe(0);
  const [head, truth, , ...rows] = out.split('\n');
  expect(head).toMatch(/^arm {2}loss +dice +bdice$/);
  expect(truth).toMatch(/majority +average$/);
  expect(rows[0]).toMatch(/^ +1 {2}ce +[\d.]+ +[\d.]+$/);
  expect(rows[1]).toMatch(/^ +2 {2}dml1 +[\d.]+ +[\d.]+$/);
  const picture = /^picture {2}(.*)$/m.exec(out)?.[1] ?? '';
  expect(
    [...readFileSync(path.join(cwd, picture)).subarray(1, 4)].map((c) => String.fromCharCode(c)).join(''),
  ).toBe('PNG');
  const arm = await within.dml(['run', 'a.dml#mixes/2', ...native, '--json'], { cwd });
  expect(kinds(arm)).toContain('skipped');
  expect(kinds(arm)).not.toContain('start');
});

describe('a reader of the output that goes away', () => {
  const bundle = path.join(root, 'dist/dml.js');
  const pipe = (words: string, cwd: string) =>
    spawnSync('bash', ['-c', `node ${bundle} ${words} | head -n 1; exit \${PIPESTATUS[0]}`], {
      cwd,
      encoding: 'utf8',
    });

  test('is no error', () => {
    const { status, stdout, stderr } = pipe('explain a.dml', temporaryFolder({ 'a.dml': tiny() }));
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: 'function train {\n', stderr: '' });
  });

  test('stops a run, which goes on later', async () => {
    const cwd = temporaryFolder({ 'a.dml': tiny({ train: '2000 steps' }) });
    const { status, stderr } = pipe('run a.dml --engine native --json', cwd);
    expect({ status, stderr }).toEqual({ status: 130, stderr: '' });
    const resumed = await dml(['run', 'a.dml', ...native, '--json'], { cwd, interruptAt: /"progress"/ });
    expect(find(resumed, 'start').step).toBeGreaterThan(0);
  });
});
