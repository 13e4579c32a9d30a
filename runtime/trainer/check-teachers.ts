import { pickTeacher, type TeacherEnd } from './pick-teacher.ts';
import { isOfFold, type PlannedTeacher } from './planned.ts';
import type { Problem } from './problem.ts';
import { asks, type QueuedArm, type QueuedRun, type Shelf } from './queue.ts';
import { addressOf, resultAt } from './run-task.ts';
import { readTeacherWeights } from './teacher-logits.ts';
import { unfittable } from './temperatures.ts';

/**
 * Whether the runs of an arm can learn from those of its teachers that are finished. What is not trained yet cannot be
 * looked at. Rejects with a StoreError where the weights of a teacher are damaged.
 */
export async function checkTeachers(arm: QueuedArm, shelf: Shelf): Promise<Problem | undefined> {
  const { experiment, teachers, runs } = arm;
  const learning = runs.filter((run) => teachers.some((teacher) => asks(run, teacher)));
  for (const run of learning) {
    const truths = experiment.evaluate.map(({ on }) => on);
    const targets = run.state === 'scores' ? [] : experiment.loss.map(({ on }) => on);
    const problem = unfittable([...targets, ...truths], run.fold.validation, shelf.options.registry);
    if (problem) return problem;
    for (const teacher of teachers.filter((one) => asks(run, one))) {
      const ends = await finishedOf(teacher, run, shelf);
      if (!ends) continue;
      const picked = pickTeacher(teacher, run.name, ends, shelf.options.registry);
      if ('message' in picked) return picked;
      await readTeacherWeights(picked.folder);
    }
  }
  return undefined;
}

/** How the runs ended that this one picks from, if all of them are finished. */
async function finishedOf(
  teacher: PlannedTeacher,
  student: QueuedRun,
  shelf: Shelf,
): Promise<readonly TeacherEnd[] | undefined> {
  const { arm } = teacher;
  const ends: TeacherEnd[] = [];
  for (const run of arm.runs.filter(({ name }) => isOfFold(teacher, name, student.name))) {
    const address = addressOf({ arm, run, ...shelf });
    const result = await resultAt(address);
    if (result?.evaluationHash !== arm.evaluation) return undefined;
    ends.push({ status: 'done', name: run.name, folder: address.folder, result });
  }
  return ends;
}
