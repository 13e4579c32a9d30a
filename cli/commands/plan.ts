import { command } from '../command.ts';
import { openRun, runFlags } from '../run/inputs.ts';

export const plan = command({
  name: 'plan',
  summary: 'Says what run would do, without doing it',
  arguments: [['<target>', 'FILE, FILE#name, FILE#sweep/ARM or FILE#name/fold0/seed1']],
  flags: runFlags,
  notes: `Runs in their order, teachers first: which are finished, go on, are only scored or are trained, and why; steps, memory, disk, and time as far as finished runs of the same training tell it. Data are read and every check is made that run makes before its first step: where run would fail by then, plan fails with the same message. No run is written.`,
  examples: [
    ['dml plan study.dml', 'the only experiment of the file'],
    ['dml plan study.dml#mixes --json', 'a sweep, as data'],
    ['dml plan study.dml#big --set batch=16', 'whether a larger batch fits'],
  ],
  async run(inputs, context) {
    const opened = await openRun(inputs, () => undefined, context);
    if ('report' in opened) return opened.report;
    const { planReport } = await import('../run/plan-report.ts');
    return planReport(opened.chosen, opened.options, context.terminal.out.colors);
  },
});
