import type { OpenData } from './data.ts';
import { isOfFold, type PlannedArm, type PlannedRun } from './planned.ts';
import type { Problem } from './problem.ts';
import { isDone, type QueuedArm } from './queue.ts';
import type { SharedCases } from './shared-cases.ts';

/** Cases that have a part in the weights of a run. */
interface Known {
  readonly data: OpenData;
  readonly cases: readonly string[];
  /** Whose they are, and what they do there, in words. */
  readonly role: string;
}

/**
 * Whether the runs of an arm that are still to be scored are tested on cases that neither they nor the networks that they
 * learn from or begin with have seen. Cases are told by their images.
 */
export async function checkTests(arm: QueuedArm, shared: SharedCases): Promise<Problem | undefined> {
  const { experiment, tests } = arm;
  for (const run of arm.runs.filter((one) => !isDone(one)))
    for (const test of tests)
      for (const { data, cases, role } of knownTo(arm, run)) {
        const leaked = await shared(test, test.source.cases, data, cases);
        if (leaked.length > 0)
          return {
            message: `${experiment.name} is tested on cases of ${test.set.name} that ${role}: ${some(leaked)}.`,
            help: `Take them out of ${test.set.name} or of what is trained on: a test is of cases that no weight has seen.`,
            exit: 2,
          };
      }
  return undefined;
}

/** All cases that have a part in the weights of a run: its own, and those of what it learns from or begins with. */
function knownTo(arm: PlannedArm, { name, fold, steps }: PlannedRun): readonly Known[] {
  const { experiment, data, teachers } = arm;
  const of = `${experiment.name} (${name.fold === 'none' ? 'all cases' : `fold ${name.fold}`})`;
  const own = [
    ...(steps > 0 ? [{ data, cases: fold.train, role: `${of} is trained on` }] : []),
    ...(experiment.checkpoint === 'last'
      ? []
      : [{ data, cases: fold.validation, role: `${of} chooses its weights by` }]),
  ];
  const theirs = teachers
    .filter(({ trains, starts }) => trains || starts)
    .flatMap((teacher) =>
      teacher.arm.runs
        .filter((run) => isOfFold(teacher, run.name, name))
        .flatMap((run) => [
          ...knownTo(teacher.arm, run),
          ...(typeof teacher.pick === 'object' && 'best' in teacher.pick
            ? [
                {
                  data: teacher.arm.data,
                  cases: run.fold.validation,
                  role: `${experiment.name} picks ${teacher.arm.experiment.name} by`,
                },
              ]
            : []),
        ]),
    );
  return [...own, ...theirs];
}

const shown = 3;

const some = (ids: readonly string[]): string =>
  ids.length > shown ? `${ids.slice(0, shown).join(', ')} and ${ids.length - shown} more` : ids.join(', ');
