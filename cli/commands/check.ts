import { command } from '../command.ts';

export const check = command({
  name: 'check',
  summary: 'Finds errors in files, all of them in one pass, without running anything',
  arguments: [['<files...>', 'files, folders of them, or - for standard input']],
  flags: {},
  notes:
    'Of the loss of every experiment it decides three laws: whether it is zero at its target, whether the target is its minimum, and whether its gradient stays finite. Each is proved by a rule, refuted by numbers, or not decided; none is an error. Exit 1 if there is an error or a warning, 2 if a file cannot be read.',
  examples: [
    ['dml check study.dml', 'one file and what it uses'],
    ['dml check .', 'every .dml file in this folder'],
    ['dml check study.dml --json', 'findings with places, for an editor'],
  ],
  async run({ arguments: named }, context) {
    const { listFiles } = await import('../files.ts');
    const { findingsReport, distinct } = await import('../findings.ts');
    const { lookAtFiles } = await import('../threads.ts');
    const { printLaws } = await import('../laws.ts');
    const files = await listFiles(named, context);
    const { seen, ended } = await lookAtFiles('check', files, context);
    const laws = seen.flatMap((file) => file.laws);
    const text = [printLaws(laws), ...seen.map(({ compares }) => compares)]
      .filter((part) => part !== '')
      .join('\n');
    const diagnostics = distinct(seen.flatMap((file) => file.diagnostics));
    return ended(findingsReport(diagnostics, files.length, context, { text, data: { laws } }));
  },
});
