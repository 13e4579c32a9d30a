import packageJson from '../../package.json' with { type: 'json' };
import type { TrainerEvent } from '../../runtime/trainer/events.ts';
import { type Context, choice, command, option, repeated, toggle } from '../command.ts';

export const run = command({
  name: 'run',
  summary: 'Trains and scores an experiment, or all arms of a sweep',
  arguments: [['<target>', 'FILE, FILE#name, FILE#sweep/ARM or FILE#name/fold0/seed1']],
  flags: {
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
  },
  machineFormat: 'jsonl',
  notes: `A run that was interrupted goes on where it was; one that is finished is not run again. Ctrl-C stops after the step that is under way (exit 130), a second Ctrl-C at once. Exit 1 if an expectation fails or the loss diverges.`,
  examples: [
    ['dml run study.dml', 'the only experiment of the file'],
    ['dml run study.dml#mixes', 'a sweep, with a table of its arms'],
    ['dml run study.dml#big --set model.width=8 --fold 0', 'a changed value, one fold'],
    ['dml run study.dml --json | tee log.jsonl', 'a line of JSON for each event'],
  ],
  async run({ arguments: [text = ''], flags }, context) {
    const { parseTarget } = await import('../target.ts');
    const { openTarget } = await import('../program.ts');
    const { dataRoot, outFolder } = await import('../data-root.ts');
    const { parseNumbers } = await import('../run/numbers.ts');
    const target = parseTarget(text);
    const folds = parseNumbers('fold', flags.fold ?? target.fold?.toString());
    const seeds = parseNumbers('seed', flags.seed ?? target.seed?.toString());
    const opened = await openTarget(target, context, flags.set);
    if ('report' in opened) return opened.report;

    const { source, chosen } = opened;
    const { loadable } = await import('../own-allowed.ts');
    const experiments =
      chosen.kind === 'experiment' ? [chosen.experiment] : chosen.sweep.arms.map((arm) => arm.experiment);
    const subject = { used: chosen, experiments, components: opened.components, file: source.path };
    const loaded = await loadable(subject, flags.allow, context);
    if ('report' in loaded) return loaded.report;

    const { enginesFor } = await import('../../runtime/engines/index.ts');
    const { runExperiment, runSweep } = await import('../../runtime/trainer/run.ts');
    const { experimentReport, sweepReport } = await import('../run/report.ts');
    const options = {
      version: packageJson.version,
      ...loaded,
      source,
      set: flags.set,
      out: outFolder(flags.out, target.file, context),
      data: dataRoot(flags.data, target.file, context),
      engines: await enginesFor(flags.engine ?? 'auto'),
      force: flags.force,
      signal: context.interruption(),
      on: await listener(context),
      ...(folds ? { folds } : {}),
      ...(seeds ? { seeds } : {}),
      ...(target.arm === undefined ? {} : { arms: [target.arm] }),
    };
    const view = { colors: context.terminal.out.colors, cwd: context.cwd };
    const report =
      chosen.kind === 'experiment'
        ? experimentReport(await runExperiment(chosen.experiment, options), view)
        : sweepReport(await runSweep(chosen.sweep, options), view);
    if (context.format === 'text' && report.text) context.terminal.err.write('\n');
    return report;
  },
});

/** Events as lines of JSON, or as progress for people. */
async function listener({ terminal, format, cwd }: Context): Promise<(event: TrainerEvent) => void> {
  if (format !== 'text') return (event) => terminal.out.write(`${JSON.stringify(event)}\n`);
  const { progressPrinter } = await import('../run/progress.ts');
  return progressPrinter(terminal.err, () => performance.now() / 1000, cwd);
}
