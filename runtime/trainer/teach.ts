import type { LabelSource } from '../../compiler/experiment.ts';
import { distinctLabels, labelKey } from '../data/label-key.ts';
import type { Engine, Session } from '../engines/engine.ts';
import type { RunOptions } from './options.ts';
import { pickTeacher, type TeacherEnd } from './pick-teacher.ts';
import type { PlannedTeacher } from './planned.ts';
import type { Problem } from './problem.ts';
import { asks, asksPredictions, type QueuedArm, type QueuedRun } from './queue.ts';
import { ensureLogits, openTeacher } from './teacher-logits.ts';
import type { Teaching } from './teaching.ts';
import { fitTemperatures, isFitted } from './temperatures.ts';

/** What the preparation of a student's runs works with. */
export interface Classroom {
  readonly options: RunOptions;
  readonly engine: () => Promise<Engine>;
  /** How runs have ended that may be teachers, by the arm and in the order of its seeds. */
  readonly endsOf: (teacher: PlannedTeacher) => readonly TeacherEnd[];
}

/** By the key of the run; why it cannot be done where its teacher failed. */
export type Teachings = ReadonlyMap<string, Teaching | Problem>;

/**
 * Makes ready what these runs learn from and begin with: picks the teachers, predicts with them what is not predicted yet,
 * and fits temperatures. All runs of an arm at once, so that the network of a teacher is loaded once. `undefined` if
 * the signal came in between.
 */
export async function teach(
  arm: QueuedArm,
  runs: readonly QueuedRun[],
  classroom: Classroom,
): Promise<Teachings | undefined> {
  const { experiment } = arm;
  const sources = distinctLabels([...experiment.loss, ...experiment.evaluate].map(({ on }) => on));
  const teachings = new Map<string, Teaching | Problem>();
  const networks = new Map<string, Promise<Session>>();
  const networkOf = (teacher: PlannedTeacher): Promise<Session> => {
    const known = networks.get(teacher.key);
    const network = known ?? openNetworkOf(teacher, classroom);
    networks.set(teacher.key, network);
    return network;
  };
  try {
    for (const run of runs) {
      const found = await predictionsFor(arm, run, sources, { ...classroom, networkOf });
      if (found === undefined) return undefined;
      teachings.set(run.key, 'message' in found ? found : await fitted(arm, run, sources, found, classroom));
    }
  } finally {
    for (const network of networks.values()) await (await network.catch(() => undefined))?.dispose();
  }
  return teachings;
}

const openNetworkOf = async ({ arm, heads }: PlannedTeacher, { engine, options }: Classroom) =>
  openTeacher(arm, heads, await engine(), options.registry);

/** What other experiments give to a run: where what each teacher predicts lies, by its key, and the run it begins with. */
type Given = Pick<Teaching, 'teachers' | 'start'>;

async function predictionsFor(
  { teachers, data, experiment }: QueuedArm,
  run: QueuedRun,
  sources: readonly LabelSource[],
  {
    options,
    endsOf,
    networkOf,
  }: Classroom & { readonly networkOf: (teacher: PlannedTeacher) => Promise<Session> },
): Promise<Given | Problem | undefined> {
  const { registry, signal } = options;
  const folders: Record<string, string> = {};
  let start: string | undefined;
  for (const teacher of teachers.filter((one) => asks(run, one))) {
    const { arm, heads, predict, key } = teacher;
    const picked = pickTeacher(teacher, run.name, endsOf(teacher), registry);
    if ('message' in picked) return picked;
    if (teacher.starts) start = picked.folder;
    if (!asksPredictions(run, teacher)) continue;
    const trained = run.state === 'scores' || !teacher.trains ? [] : run.fold.train;
    const scored = teacher.scores || sources.some(isFitted) ? run.fold.validation : [];
    const demand = { arm, folder: picked.folder, heads, predict, data, cases: [...trained, ...scored] };
    const begin = (cases: number) =>
      options.on({ kind: 'predicting', run: picked.name, student: experiment.name, cases });
    const tools = { network: () => networkOf(teacher), registry, signal, begin };
    const folder = await ensureLogits(demand, tools);
    if (folder === undefined) return undefined;
    folders[key] = folder;
  }
  return { teachers: folders, ...(start === undefined ? {} : { start }) };
}

async function fitted(
  { data, experiment }: QueuedArm,
  { name, fold, state }: QueuedRun,
  sources: readonly LabelSource[],
  given: Given,
  { options }: Classroom,
): Promise<Teaching | Problem> {
  const truths = experiment.evaluate.map(({ on }) => on);
  const found = await fitTemperatures(state === 'scores' ? truths : sources, {
    data,
    cases: fold.validation,
    teachers: given.teachers,
    registry: options.registry,
    seed: name.seed,
  });
  if ('message' in found) return found;
  for (const [labels, temperature] of Object.entries(found.temperatures))
    options.on({ kind: 'temperature', run: name, labels, temperature, cases: fold.validation.length });
  return {
    ...given,
    resolve: (source) => found.sources.get(labelKey(source)) ?? source,
    temperatures: found.temperatures,
  };
}
