import type { Distilled, Experiment, LabelSource } from '../../compiler/experiment.ts';
import { distilledOf } from '../../compiler/networks.ts';
import { teacherKey } from '../data/label-key.ts';
import type { OpenData } from './data.ts';
import type { PlannedArm, PlannedRun, PlannedTeacher, Replicas } from './planned.ts';
import type { Problem } from './problem.ts';

/** A student and those of its runs that are asked for. */
interface Student {
  readonly experiment: Experiment;
  readonly data: OpenData;
  readonly runs: readonly PlannedRun[];
  readonly replicas: Replicas;
}

/** The teachers of a student, each with the runs that it needs of them, as `plan` lists these. */
export async function planTeachers(
  student: Student,
  plan: (experiment: Experiment, replicas: Replicas) => Promise<PlannedArm | Problem>,
): Promise<readonly PlannedTeacher[] | Problem> {
  const { experiment, replicas } = student;
  const training = roots(experiment.loss.map(({ on }) => on));
  const scoring = roots(experiment.evaluate.map(({ on }) => on));
  const all = [...training, ...scoring];
  const teachers: PlannedTeacher[] = [];
  for (const [key, root] of new Map(all.map((one) => [teacherKey(one), one]))) {
    const arm = await plan(root.experiment, {
      folds: replicas.folds,
      seeds: seedsOf(root, replicas.seeds),
    });
    if ('message' in arm) return arm;
    const problem = misfit(student, root, arm);
    if (problem) return problem;
    const asks = (one: Distilled) => teacherKey(one) === key;
    teachers.push({
      key,
      pick: root.pick,
      predict: root.predict,
      heads: [...new Set(all.filter(asks).map(({ head }) => head))].sort(),
      trains: training.some(asks),
      scores: scoring.some(asks),
      arm,
    });
  }
  return teachers;
}

const roots = (sources: readonly LabelSource[]): readonly Distilled[] => sources.flatMap(distilledOf);

/** The seeds of the teacher that a student with these seeds needs. */
function seedsOf({ pick, experiment }: Distilled, own: readonly number[]): readonly number[] {
  if (pick === 'same') return own;
  return 'seed' in pick ? [pick.seed] : experiment.seed;
}

/** Why a student cannot learn from this teacher; nothing if it can. */
function misfit(
  { experiment: student, data, runs }: Student,
  { pick, experiment }: Distilled,
  arm: PlannedArm,
): Problem | undefined {
  const names = `${student.name} learns from ${experiment.name}`;
  const shape = ({ set, source }: OpenData) =>
    `${set.classes.length} classes and ${source.channels} channels`;
  if (shape(data) !== shape(arm.data))
    return {
      message: `${names}, but its data have ${shape(data)}, those of ${experiment.name} ${shape(arm.data)}.`,
      help: 'Teacher and student see the same images and tell the same classes apart.',
      exit: 2,
    };
  const leak = runs.find(({ name, fold }) => {
    const seen = new Set(arm.runs.find((run) => run.name.fold === name.fold)!.fold.train);
    return fold.validation.some((id) => seen.has(id));
  });
  if (leak)
    return {
      message: `${names}, which is trained on cases of fold ${leak.name.fold} that ${student.name} is scored on.`,
      help: 'Give both the same data set with the same `folds`: each fold has its own teacher, which has not seen its validation cases.',
      exit: 2,
    };
  if (typeof pick === 'object' && 'best' in pick && runs.some(({ fold }) => fold.validation.length === 0))
    return {
      message: `${names} and picks the best of it by ${pick.best}, but with \`fold: none\` there are no cases to score it on.`,
      help: 'Name a seed: `pick: seed(0)`, or give the experiment a fold.',
      exit: 2,
    };
  return undefined;
}
