import packageJson from '../../package.json' with { type: 'json' };
import type { TrainerEvent } from '../../runtime/trainer/events.ts';
import type { RunOptions } from '../../runtime/trainer/options.ts';
import { type Context, choice, option, type Report, repeated, toggle } from '../command.ts';
import type { Chosen } from '../program.ts';

/** What `run` and `plan` are told alike. */
export const runFlags = {
  engine: choice(
    'name',
    ['auto', 'native', 'tensorflow', 'cuda'],
    'what computes (default: auto, the best that works)',
  ),
  set: repeated('path=value', 'change a value of the experiment, as often as you like'),
  fold: option('numbers', 'only these folds: 0, or 0,2, or 0..4'),
  seed: option('numbers', 'only these seeds'),
  data: option('folder', 'where data lie (default: $DML_DATA, else data beside the file)'),
  out: option('folder', 'where runs are kept (default: runs beside the file)'),
  allow: repeated('file', 'allow this file of your own TypeScript to be run, until it changes'),
  force: toggle('run again what is finished, from the start'),
};

interface RunInputs {
  readonly arguments: readonly string[];
  readonly flags: { readonly [Name in keyof typeof runFlags]: (typeof runFlags)[Name]['initial'] };
}

/** What is to be run, and how. */
interface OpenedRun {
  readonly chosen: Chosen;
  readonly options: RunOptions;
}

/** The target of a command line, read, checked and its own components loaded; or the report of what is wrong with it. */
export async function openRun(
  { arguments: [text = ''], flags }: RunInputs,
  on: (event: TrainerEvent) => void,
  context: Context,
): Promise<OpenedRun | { readonly report: Report }> {
  const { parseTarget } = await import('../target.ts');
  const { armsOf, openTarget } = await import('../program.ts');
  const { dataRoot, outFolder } = await import('../data-root.ts');
  const { parseNumbers } = await import('./numbers.ts');
  const target = parseTarget(text);
  const folds = parseNumbers('fold', flags.fold ?? target.fold?.toString());
  const seeds = parseNumbers('seed', flags.seed ?? target.seed?.toString());
  const opened = await openTarget(target, context, flags.set);
  if ('report' in opened) return opened;

  const { source, chosen } = opened;
  const { loadable } = await import('../own-allowed.ts');
  const experiments = armsOf(chosen).map((arm) => arm.experiment);
  const subject = { used: chosen, experiments, components: opened.components, file: source.path };
  const loaded = await loadable(subject, flags.allow, context);
  if ('report' in loaded) return loaded;

  const { enginesFor } = await import('../../runtime/engines/index.ts');
  const options = {
    version: packageJson.version,
    ...loaded,
    source,
    set: flags.set,
    out: outFolder(flags.out, target.file, context),
    data: dataRoot(flags.data, target.file, context),
    engines: await enginesFor(flags.engine ?? 'auto'),
    force: flags.force,
    on,
    ...(folds ? { folds } : {}),
    ...(seeds ? { seeds } : {}),
    ...(target.arm === undefined ? {} : { arms: [target.arm] }),
  };
  return { chosen, options };
}
