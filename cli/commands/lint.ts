import { command } from '../command.ts';

export const lint = command({
  name: 'lint',
  summary: 'Finds scientific mistakes in right files, with the number that shows each',
  arguments: [['<files...>', 'files, folders of them, or - for standard input']],
  flags: {},
  notes:
    'Exit 1 if anything is found, errors included. `# dml-ignore DML3101: reason` suppresses a finding on its line or in the next statement.',
  examples: [
    ['dml lint study.dml', 'one file'],
    ['dml lint . --json', 'every .dml file of this folder, for CI'],
    ['dml explain DML3101', 'why a rule is there, and how to write it instead'],
  ],
  async run({ arguments: named }, context) {
    const { listFiles } = await import('../files.ts');
    const { distinct, findingsReport } = await import('../findings.ts');
    const { openLinter } = await import('../lint-file.ts');
    const files = await listFiles(named, context);
    const found = await Promise.all(files.map(openLinter(context)));
    return findingsReport(distinct(found.flat()), files.length, context);
  },
});
