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
    const { openFile } = await import('../program.ts');
    const { tolerant } = await import('../unreadable.ts');
    const files = await listFiles(named, context);
    const { look, ended } = tolerant(
      files,
      (file) => openFile(file, context),
      (finding) => ({ source: finding.span.source, program: undefined, diagnostics: [finding] }),
    );
    const opened = await Promise.all(files.map((file) => look(file)));
    const { lawsOfFiles, printLaws } = await import('../laws.ts');
    const laws = await lawsOfFiles(opened, context);
    const diagnostics = distinct(opened.flatMap((file) => file.diagnostics));
    const { printCompares } = await import('../explain-compare.ts');
    const compared = opened.flatMap(({ program }) =>
      program ? printCompares(program.compares, program.components) : [],
    );
    const text = [printLaws(laws), ...compared].filter((part) => part !== '').join('\n');
    return ended(findingsReport(diagnostics, files.length, context, { text, data: { laws } }));
  },
});
