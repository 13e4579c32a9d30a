import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fateOf } from '../../cli/fate.ts';
import { check } from '../../compiler/check/check.ts';
import { diff } from '../../compiler/diff/diff.ts';
import type { Experiment } from '../../compiler/experiment.ts';
import { registry } from '../../runtime/registry.generated.ts';
import { listRuns } from '../../runtime/store/run-folder.ts';
import { prepareRuns } from '../../runtime/trainer/prepare-runs.ts';
import { runExperiment } from '../../runtime/trainer/run.ts';
import { runOptions } from '../support/runs.ts';

/** Both experiments with these fields more, which replace what stands there. */
function study(big: readonly string[], student: readonly string[]): Experiment {
  const text = `dml 1
dataset shapes { source: phantom(cases: 6, raters: 3, size: 16)  folds: holdout(34%) }
dataset clinic { source: phantom(cases: 2, raters: 2, size: 16, seed: 7) }
dataset ward extends clinic { source.seed: 8 }
protocol common {
  data: shapes  model: unet(depth: 1, width: 2)  optimizer: sgd(rate: 1e-2)  train: 1 steps  batch: 2
  labels: raters |> average  loss: 0.25 ce + 0.75 dml1  evaluate: dice, bdice
}
experiment big extends common { ${big.join('  ')} }
experiment student extends common {
  teacher: distill(big)  loss: 0.5 ce + 0.5 dml1 on teacher  ${student.join('  ')}
}`;
  const { value, diagnostics } = check({ path: 'study.dml', text }, { registry, read: () => undefined });
  const found = value?.experiments.find(({ name }) => name === 'student');
  if (!found) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return found;
}

const edits = [
  'evaluate: dice',
  'evaluate: dice, bdice',
  'expect: dice > 0',
  'test: clinic',
  'test: ward, clinic',
  'test: none',
  'seed: 0 .. 1',
  'model.width: 3',
  'model.width: 2',
  'optimizer.rate: 1%',
  'optimizer.momentum: 0.5',
  'batch: 3',
  'train: 1 epochs',
  'labels: raters |> majority',
  'schedule: constant',
];
const fieldOf = (edit: string) => edit.split(/[.:]/)[0];
const someEdits = fc.uniqueArray(fc.constantFrom(...edits), { maxLength: 3, selector: fieldOf });

let out: string;
beforeAll(async () => {
  out = await mkdtemp(path.join(tmpdir(), 'dml-fate-'));
  await runExperiment(study([], []), runOptions(out));
});
afterAll(() => rm(out, { recursive: true }));

test('what is said of runs on disk is what a run then does with them', async () => {
  const before = study([], []);
  const known = await listRuns(out);
  expect(known).toHaveLength(2);
  await fc.assert(
    fc.asyncProperty(someEdits, someEdits, async (ofBig, ofStudent) => {
      const after = study(ofBig, ofStudent);
      const fate = fateOf(before, after, diff(before, after, registry), known);
      const prepared = await prepareRuns([{ experiment: after }], runOptions(out));
      if ('message' in prepared) throw new Error(prepared.message);
      const runs = prepared.queue.flatMap((arm) =>
        arm.runs.map((run) => ({ ...run, isTeacher: arm.isTeacher })),
      );
      const first = runs.find(({ name, isTeacher }) => name.seed === 0 && !isTeacher)!;
      const folders = { kept: [first.folder], scored: [first.folder], voided: [] };
      if (first.state === 'finished') expect(fate).toMatchObject({ ...folders, scored: [] });
      else if (first.state === 'scores') expect(fate).toMatchObject({ ...folders, kept: [] });
      else {
        expect(fate).toMatchObject({ kept: [], scored: [] });
        expect(fate.voided).toHaveLength(1);
      }
      const teacher = runs.find(({ name, isTeacher }) => name.seed === 0 && isTeacher);
      if (teacher) expect(fate.teachersVoided).toHaveLength(teacher.state === 'new' ? 1 : 0);
      else expect(fate.voided).toEqual([]);
    }),
    { numRuns: 25 },
  );
});
