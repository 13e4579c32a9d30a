import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { expectGolden } from '../golden.ts';
import { type Ended, dml as started, temporaryFolder } from '../support/dml.ts';
import { dml } from '../support/within.ts';

const study = `dml 1

dataset shapes {
  source: phantom(cases: 6, raters: 3, size: 32)
  folds:  holdout(34%)
}

experiment big {
  data:      shapes
  labels:    raters |> average
  model:     unet(depth: 1, width: 4)
  loss:      0.25 ce + 0.75 dml1
  optimizer: sgd(rate: 1e-2)
  train:     4 steps
  batch:     2
  evaluate:  dice, bdice
}

experiment student extends big {
  teacher: distill(big) |> kde(bandwidth: 1e-2)
  loss:    0.5 ce + 0.5 dml1 on teacher
  expect:  dice > 0
  seed:    0 .. 1
}
`;

const native = ['--engine', 'native'];
const golden = (name: string) => path.join(import.meta.dirname, 'golden/plan', `${name}.txt`);

/** Without what another machine or hour would say. */
const timeless = ({ out }: Ended) =>
  out
    .replace(/^engine .*$/m, 'engine E')
    .replaceAll(/\b\d+ s\b( … \d+ s)?/g, 'T')
    // A longer time makes its column wider.
    .replaceAll(/ {2,}/g, '  ')
    .replaceAll(/─+/g, '─');

const everything = (folder: string) => readdirSync(folder, { recursive: true }).sort();

describe('dml plan', () => {
  test('tells teachers first, then what is finished, scored again or trained, and why; it writes nothing', async () => {
    const cwd = temporaryFolder({ 'study.dml': study });
    const plan = (...words: string[]) => dml(['plan', ...words, ...native], { cwd });
    const first = await started(['plan', 'study.dml#student', ...native], { cwd });
    expect(first.exit, first.err).toBe(0);
    expectGolden(golden('new'), timeless(first));
    expect(everything(cwd)).toEqual(['study.dml']);

    expect((await dml(['run', 'study.dml#student', '--seed', '0', ...native], { cwd })).exit).toBe(0);
    const before = everything(cwd);
    expectGolden(golden('one-seed-finished'), timeless(await plan('study.dml#student')));
    expectGolden(golden('one-seed'), timeless(await plan('study.dml#student', '--seed', '0')));
    expectGolden(golden('forced'), timeless(await plan('study.dml#big', '--force')));
    expectGolden(golden('other-metrics'), timeless(await plan('study.dml#big', '--set', 'evaluate=dice')));
    expectGolden(golden('other-rate'), timeless(await plan('study.dml#big', '--set', 'optimizer.rate=0.1')));
    expect(everything(cwd)).toEqual(before);
  });

  test('tells what scoring takes, from runs of the same or of the like, and nothing where none was timed', async () => {
    const cwd = temporaryFolder({ 'study.dml': study });
    const plan = async (...words: string[]) =>
      JSON.parse((await dml(['plan', 'study.dml#big', ...native, '--json', ...words], { cwd })).out);
    expect((await plan()).scoring).toBeUndefined();
    expect((await dml(['run', 'study.dml#big', ...native], { cwd })).exit).toBe(0);
    expect((await plan()).runs[0].scoring).toBeUndefined();
    const [forced, other] = [await plan('--force'), await plan('--set', 'evaluate=dice')];
    expect(forced.scoring).toMatchObject({ runs: 1, by: 'training' });
    expect(forced.scoring.low).toBeGreaterThan(0);
    expect(other).toMatchObject({ steps: 0, scoring: { runs: 1, by: 'work' } });
    expect(other.scoring.low).toBeLessThan(forced.scoring.low);
    expect(other.scoring.high).toBeGreaterThan(forced.scoring.high);
  });

  test('says at which step an interrupted run goes on', async () => {
    const cwd = temporaryFolder({ 'study.dml': study.replace('4 steps', '400 steps') });
    await started(['run', 'study.dml#big', ...native], { cwd, interruptAt: /step 1\/400/ });
    const { out } = await dml(['plan', 'study.dml#big', ...native, '--json'], { cwd });
    const { runs, steps, why } = JSON.parse(out);
    expect(runs).toMatchObject([{ state: 'interrupted', reason: `interrupted after step ${400 - steps}` }]);
    expect(steps).toBeLessThan(400);
    expect(why).toBe('recorded');
  });

  test('is what run --dry-run says, as data too', async () => {
    const cwd = temporaryFolder({ 'study.dml': study });
    const call = async (...words: string[]) =>
      JSON.parse((await dml([...words, 'study.dml#big', ...native, '--json'], { cwd })).out);
    const [data, report] = await Promise.all([call('plan'), call('run', '--dry-run')]);
    const { kind: _, ...same } = { ...report, command: 'plan', freeBytes: data.freeBytes };
    expect(same).toEqual(data);
    expect(data).toMatchObject({
      command: 'plan',
      exit: 0,
      steps: 4,
      runs: [{ run: { experiment: 'big', fold: 0, seed: 0 }, state: 'new', left: 4, steps: 4 }],
      networks: [{ experiment: 'big', parameters: expect.any(Number) }],
      warnings: [],
    });
    expect(data.networks[0].peakBytes.train).toBeGreaterThan(data.networks[0].peakBytes.score);
    expect(everything(cwd)).toEqual(['study.dml']);
  });
});
