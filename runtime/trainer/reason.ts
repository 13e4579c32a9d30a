import type { EngineClass } from '../engines/engine.ts';
import type { KnownRun } from '../store/run-folder.ts';
import type { PreparedArm, PreparedRun } from './prepare-runs.ts';

/** What a reason is looked for in. */
interface Background {
  readonly known: readonly KnownRun[];
  readonly engine: EngineClass;
  readonly force: boolean;
}

/** Why there is so much, or nothing, left to do of a run. */
export function reasonOf(arm: PreparedArm, run: PreparedRun, background: Background): string {
  if (run.holder !== undefined) return `${run.holder} works at it and is waited for`;
  switch (run.state) {
    case 'finished':
      return 'finished before';
    case 'shared':
      return 'the same run as above';
    case 'scores':
      return 'trained before; its scores are other ones';
    case 'interrupted':
      return `interrupted after step ${run.done}`;
    case 'new':
      return newReason(arm, run, background);
  }
}

/** The nearest run on disk, and what is another in it. */
function newReason(
  { training, content, isTeacher }: PreparedArm,
  { key, name: { experiment, fold, seed, arm } }: PreparedRun,
  { known, engine, force }: Background,
): string {
  const same = known.filter(
    ({ environment: { identity } }) => identity.fold === fold && identity.seed === seed,
  );
  if (same.some(({ environment }) => environment.identity.key === key))
    return force && !isTeacher ? 'by force' : 'begun before, without a checkpoint';
  const trained = same.filter(({ environment }) => environment.identity.training === training);
  const other = trained.find(({ environment }) => environment.identity.data === content);
  if (other) {
    const before = other.environment.engine;
    return before.engine === engine.engine
      ? `run before on another version, device or threads of ${engine.engine}`
      : `run before on ${before.engine}, not on ${engine.engine}`;
  }
  if (trained.length > 0) return 'its data, first weights or teachers have changed';
  const named = same.some(({ folder }) => nameOf(folder) === experiment);
  return named && !arm ? 'the experiment has changed' : 'not run yet';
}

/** Name of the experiment: `OUT/NAME/KEY/fold0-seed0`. */
const nameOf = (folder: string): string | undefined => folder.split(/[\\/]/).at(-3);
