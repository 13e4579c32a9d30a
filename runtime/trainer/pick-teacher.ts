import type { Registry } from '../../compiler/registry.ts';
import type { RunName } from './events.ts';
import { isOfFold, type PlannedTeacher } from './planned.ts';
import type { Problem } from './problem.ts';
import type { RunResult } from './result.ts';

/** How a run of a teacher ended that a student may learn from. */
export type TeacherEnd =
  | { readonly status: 'done'; readonly name: RunName; readonly folder: string; readonly result: RunResult }
  | { readonly status: 'failed'; readonly name: RunName; readonly problem: Problem };

/** The run of a teacher that a student's run learns from or begins with: of its fold, its seed as `pick` says. */
export function pickTeacher(
  teacher: PlannedTeacher,
  student: RunName,
  ends: readonly TeacherEnd[],
  registry: Registry,
): Extract<TeacherEnd, { status: 'done' }> | Problem {
  const { pick, arm } = teacher;
  const seed = pick === 'same' ? student.seed : 'seed' in pick ? pick.seed : undefined;
  const candidates = ends.filter(
    ({ name }) => isOfFold(teacher, name, student) && (seed === undefined || name.seed === seed),
  );
  const failed = candidates.find((end) => end.status === 'failed');
  if (failed?.status === 'failed') return failedTeacher(failed.name, failed.problem, student.experiment);
  const done = candidates.filter((end) => end.status === 'done');
  const [only, second] = done;
  if (!only) throw new Error(`No run of ${arm.experiment.name} stands ready for ${student.experiment}.`);
  if (!second || pick === 'same' || 'seed' in pick) return only;

  const sign = registry.metric[pick.best]?.tags.better === 'lower' ? -1 : 1;
  const rated = done.flatMap((end) => {
    const value = end.result.scores.find(({ metric }) => metric === pick.best)?.value;
    return value === undefined ? [] : [{ end, value: sign * value }];
  });
  const best = Math.max(...rated.map(({ value }) => value));
  // The first of several that are equal: seeds come in their order.
  return (
    rated.find(({ value }) => value === best)?.end ?? {
      message: `The ${teacher.starts ? 'start' : 'teacher'} of ${student.experiment} is the best of ${arm.experiment.name} by ${pick.best}, which has no value for any of its runs of ${foldText(student)}.`,
      help: `Name ${pick.best} in \`evaluate\` of ${arm.experiment.name}, or pick by another metric or by seed.`,
      exit: 2,
    }
  );
}

/** Why a student cannot be trained: what befell its teacher, or what it starts from. */
export function failedTeacher(name: RunName, problem: Problem, student: string): Problem {
  const run = `${name.experiment} (${foldText(name)}, seed ${name.seed})`;
  const cause =
    name.startOf === undefined ? `its teacher ${run} failed` : `${run}, which it starts from, failed`;
  return { ...problem, message: `${student} cannot be trained, because ${cause}: ${problem.message}` };
}

const foldText = ({ fold }: RunName): string => (fold === 'none' ? 'all cases' : `fold ${fold}`);
