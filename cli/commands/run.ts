import type { TrainerEvent } from '../../runtime/trainer/events.ts';
import { type Context, command, toggle } from '../command.ts';
import { openRun, runFlags } from '../run/inputs.ts';

export const run = command({
  name: 'run',
  summary: 'Trains and scores an experiment, all arms of a sweep, or all that is compared',
  arguments: [['<target>', 'FILE, FILE#name, FILE#sweep/ARM or FILE#name/fold0/seed1']],
  flags: { ...runFlags, 'dry-run': toggle('only say what would be done, as dml plan does') },
  machineFormat: 'jsonl',
  notes: `A run that was interrupted goes on where it was; one that is finished is not run again. Ctrl-C stops after the step that is under way (exit 130), a second Ctrl-C at once. An arm of a sweep that fails leaves the others their turn. Exit 1 if an expectation fails, the loss diverges, or an arm fails.`,
  examples: [
    ['dml run study.dml', 'the only experiment of the file'],
    ['dml run study.dml#mixes', 'a sweep, with a table of its arms'],
    ['dml run study.dml#paper', 'a comparison: its table, with tests and claims'],
    ['dml run study.dml#big --set model.width=8 --fold 0', 'a changed value, one fold'],
    ['dml run study.dml --json | tee log.jsonl', 'a line of JSON for each event'],
  ],
  async run(inputs, context) {
    const opened = await openRun(inputs, await listener(context), context);
    if ('report' in opened) return opened.report;
    const { chosen } = opened;
    const { colors } = context.terminal.out;
    if (inputs.flags['dry-run']) {
      const { planReport } = await import('../run/plan-report.ts');
      return planReport(chosen, opened.options, colors);
    }
    const { runCompare, runExperiment, runSweep } = await import('../../runtime/trainer/run.ts');
    const { compareReport, experimentReport, sweepReport } = await import('../run/report.ts');
    const options = { ...opened.options, signal: context.interruption() };
    const view = { colors, cwd: context.cwd };
    const report =
      chosen.kind === 'experiment'
        ? experimentReport(await runExperiment(chosen.experiment, options), view)
        : chosen.kind === 'sweep'
          ? sweepReport(await runSweep(chosen.sweep, options), view)
          : compareReport(await runCompare(chosen.compare, options), chosen.compare, view);
    if (context.format === 'text' && report.text) context.terminal.err.write('\n');
    return report;
  },
});

/** Events as lines of JSON, or as progress for people; other formats tell the end alone. */
async function listener({ terminal, format, cwd }: Context): Promise<(event: TrainerEvent) => void> {
  if (format === 'jsonl') return (event) => terminal.out.write(`${JSON.stringify(event)}\n`);
  if (format !== 'text') return () => {};
  const { progressPrinter } = await import('../run/progress.ts');
  return progressPrinter(terminal.err, () => performance.now() / 1000, cwd);
}
