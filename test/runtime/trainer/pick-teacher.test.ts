import { expect, test } from 'vitest';
import type { Distilled } from '../../../compiler/experiment.ts';
import { registry } from '../../../runtime/registry.generated.ts';
import { pickTeacher, type TeacherEnd } from '../../../runtime/trainer/pick-teacher.ts';
import type { PlannedTeacher } from '../../../runtime/trainer/planned.ts';
import type { RunResult } from '../../../runtime/trainer/result.ts';
import { smallExperiment } from '../../support/experiment.ts';

const runName = (experiment: string, fold: number, seed: number) => ({
  experiment,
  fold,
  seed,
  index: 0,
  of: 1,
});

/** A finished run of the teacher with these scores. */
const done = (fold: number, seed: number, scores: Readonly<Record<string, number>>): TeacherEnd => ({
  status: 'done',
  name: runName('big', fold, seed),
  folder: `fold${fold}-seed${seed}`,
  result: {
    scores: Object.entries(scores).map(([metric, value]) => ({ metric, options: '', on: '', value })),
  } as unknown as RunResult,
});

const ends = [
  done(0, 0, { dice: 0.8, ece: 0.1 }),
  done(0, 1, { dice: 0.9, ece: 0.3 }),
  done(0, 2, { dice: 0.9, ece: 0.2 }),
  done(1, 0, { dice: 0.99, ece: 0 }),
];

function picked(pick: Distilled['pick'], fold = 0, seed = 0, among: readonly TeacherEnd[] = ends) {
  const teacher = { pick, fold: 'same', arm: { experiment: smallExperiment } } as unknown as PlannedTeacher;
  const found = pickTeacher(teacher, runName('student', fold, seed), among, registry);
  return 'message' in found ? found.message : found.folder;
}

test('a student learns from the teacher of its own fold and seed, or of the seed that is named', () => {
  expect(picked('same', 0, 1)).toBe('fold0-seed1');
  expect(picked({ seed: 2 }, 0, 1)).toBe('fold0-seed2');
  expect(picked('same', 1, 0)).toBe('fold1-seed0');
});

test('the best is that of the highest score in the fold, the first of several that are equal', () => {
  expect(picked({ best: 'dice' })).toBe('fold0-seed1');
});

test('of a metric of which less is better, the best is the lowest', () => {
  expect(picked({ best: 'ece' })).toBe('fold0-seed0');
});

test('a metric that no run has a value of is named', () => {
  expect(picked({ best: 'bdice' })).toMatch(
    /^The teacher of student is the best of small by bdice, which has no value/,
  );
});

test('a seed that failed among those to pick from stops the student, and the message names both', () => {
  const problem = { message: 'The loss is NaN.', help: '', exit: 1 } as const;
  const failed: TeacherEnd = { status: 'failed', name: runName('big', 0, 3), problem };
  expect(picked({ best: 'dice' }, 0, 0, [...ends, failed])).toBe(
    'student cannot be trained, because its teacher big (fold 0, seed 3) failed: The loss is NaN.',
  );
});
