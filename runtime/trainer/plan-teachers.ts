import type { Networks } from '../../compiler/canonical/source-form.ts';
import type { Distilled, Experiment, LabelSource } from '../../compiler/experiment.ts';
import { distilledOf, trainedOf } from '../../compiler/networks.ts';
import type { Registry } from '../../compiler/registry.ts';
import { teacherKey } from '../data/label-key.ts';
import type { OpenData } from './data.ts';
import type { RunName } from './events.ts';
import { isOfFold, type PlannedArm, type PlannedRun, type PlannedTeacher, type Replicas } from './planned.ts';
import type { Problem } from './problem.ts';
import type { SharedCases } from './shared-cases.ts';
import { trainedMisfit } from './start-weights.ts';

/** A student and those of its runs that are asked for. */
interface Student {
  readonly experiment: Experiment;
  readonly data: OpenData;
  readonly size: PlannedArm['size'];
  readonly runs: readonly PlannedRun[];
  readonly replicas: Replicas;
}

interface Tools {
  readonly registry: Registry;
  readonly shared: SharedCases;
  /** Another experiment with these of its runs, which are there for `purpose`. */
  readonly plan: (
    experiment: Experiment,
    replicas: Replicas,
    purpose: Pick<RunName, 'teacherOf' | 'startOf'>,
  ) => Promise<PlannedArm | Problem>;
}

/** What a student learns from and begins with, each with the runs that it needs of them, as `plan` lists these. */
export async function planTeachers(
  student: Student,
  tools: Tools,
): Promise<readonly PlannedTeacher[] | Problem> {
  const { experiment, replicas } = student;
  const training = roots(experiment.loss.map(({ on }) => on));
  const scoring = roots(experiment.evaluate.map(({ on }) => on));
  const teaching = [...training, ...scoring];
  const starting = trainedOf(experiment);
  const teachers: PlannedTeacher[] = [];
  const all: readonly Networks[] = [...teaching, ...starting];
  for (const [key, networks] of new Map(all.map((one) => [teacherKey(one), one]))) {
    const asks = (one: Networks) => teacherKey(one) === key;
    const { pick, fold = 'same' } = networks;
    const isAsked = teaching.some(asks);
    const arm = await tools.plan(
      networks.experiment,
      {
        folds: fold === 'same' ? replicas.folds : [fold],
        seeds: seedsOf(networks, replicas.seeds),
      },
      isAsked ? { teacherOf: experiment.name } : { startOf: experiment.name },
    );
    if ('message' in arm) return arm;
    const teacher = {
      key,
      pick,
      fold,
      predict: networks.predict ?? [],
      heads: [...new Set(teaching.filter(asks).map(({ head }) => head))].sort(),
      trains: training.some(asks),
      scores: scoring.some(asks),
      starts: starting.some(asks),
      arm,
    };
    const problem = await misfit(student, teacher, tools);
    if (problem) return problem;
    teachers.push(teacher);
  }
  return teachers;
}

const roots = (sources: readonly LabelSource[]): readonly Distilled[] => sources.flatMap(distilledOf);

/** The seeds of the teacher that a student with these seeds needs. */
function seedsOf({ pick, experiment }: Networks, own: readonly number[]): readonly number[] {
  if (pick === 'same') return own;
  return 'seed' in pick ? [pick.seed] : experiment.seed;
}

/** Why a student cannot learn from this teacher, or not begin with it; nothing if it can. */
async function misfit(
  student: Student,
  teacher: PlannedTeacher,
  { registry, shared }: Tools,
): Promise<Problem | undefined> {
  const { pick, arm } = teacher;
  const isAsked = teacher.trains || teacher.scores;
  const { experiment, runs } = student;
  const names = `${experiment.name} ${isAsked ? 'learns from' : 'starts from'} ${arm.experiment.name}`;
  const problem = isAsked ? differentShape(student, arm, names) : undefined;
  if (problem) return problem;
  for (const { name, fold } of runs)
    for (const other of arm.runs.filter((run) => isOfFold(teacher, run.name, name))) {
      const leaked = await shared(student.data, fold.validation, arm.data, other.fold.train);
      if (leaked.length > 0)
        return {
          message: `${names}, which is trained on cases of fold ${name.fold} that ${experiment.name} is scored on: ${some(leaked)}.`,
          help: 'Give both the same data set with the same `folds`: each fold has its own network, which has not seen its validation cases.',
          exit: 2,
        };
    }
  if (typeof pick === 'object' && 'best' in pick && arm.runs.some(({ fold }) => fold.validation.length === 0))
    return {
      message: `${names} and picks the best of it by ${pick.best}, but with \`fold: none\` there are no cases to score it on.`,
      help: 'Name a seed: `pick: seed(0)`, or give the experiment a fold.',
      exit: 2,
    };
  return teacher.starts ? await trainedMisfit(student, arm, registry) : undefined;
}

function differentShape({ data }: Student, arm: PlannedArm, names: string): Problem | undefined {
  const shape = ({ set, source }: OpenData) =>
    `${set.classes.length} classes and ${source.channels} channels`;
  if (shape(data) === shape(arm.data)) return undefined;
  return {
    message: `${names}, but its data have ${shape(data)}, those of ${arm.experiment.name} ${shape(arm.data)}.`,
    help: 'Teacher and student see the same images and tell the same classes apart.',
    exit: 2,
  };
}

const shown = 3;

const some = (ids: readonly string[]): string =>
  ids.length > shown ? `${ids.slice(0, shown).join(', ')} and ${ids.length - shown} more` : ids.join(', ');
