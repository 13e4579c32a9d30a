import path from 'node:path';
import type { Diagnostic } from '../../grammar/diagnostic.ts';
import { command, toggle } from '../command.ts';

export const lint = command({
  name: 'lint',
  summary: 'Finds scientific mistakes in right files, with the number that shows each',
  arguments: [['<files...>', 'files, folders of them, or - for standard input']],
  flags: {
    fix: toggle('apply the fixes that leave every training graph and every score as it is'),
    unsafe: toggle('with --fix: apply those that change the meaning, too, and show what they change'),
    diff: toggle('with --fix: write nothing, show what would change; exit 1 if something would'),
  },
  notes:
    'Exit 1 if an error or a warning is found or left, 0 if there are only notes, 2 if a file cannot be read. A fix stays only if it is proved that all that the named files declare means the same after it, by the hashes of experiments and arms; with --unsafe, if no error comes of it. `# dml-ignore DML3101: reason` suppresses a finding on its line or in the next statement.',
  examples: [
    ['dml lint study.dml', 'one file'],
    ['dml lint . --json', 'every .dml file of this folder, for CI'],
    ['dml lint --fix study.dml', 'with what can be fixed fixed'],
    ['dml lint --fix --unsafe --diff study.dml', 'what could be, and what it would change'],
    ['dml explain DML3101', 'why a rule is there, and how to write it instead'],
  ],
  async run({ arguments: named, flags }, context) {
    for (const name of ['unsafe', 'diff'] as const)
      if (flags[name] && !flags.fix) {
        const { UsageError } = await import('../errors.ts');
        throw new UsageError(`--${name} is for fixes.`, `Write dml lint --fix --${name}.`);
      }
    const { listFiles } = await import('../files.ts');
    const { distinct, findingsReport } = await import('../findings.ts');
    const files = await listFiles(named, context);
    if (flags.fix) {
      const { nothingBut, openLinter } = await import('../lint-file.ts');
      const { fixFiles } = await import('../fix-files.ts');
      const { tolerant } = await import('../unreadable.ts');
      const { look, ended } = tolerant(files, openLinter(context), nothingBut);
      return ended(await fixFiles([...new Set(files.map(path.normalize))], look, flags, context));
    }
    const { lookAtFiles } = await import('../threads.ts');
    const { seen, ended } = await lookAtFiles('lint', files, context);
    const found = distinct(seen.flatMap(({ diagnostics }) => diagnostics));
    return ended(findingsReport(found, files.length, context, { text: advice(found), data: {} }));
  },
});

/** What tells more of the first finding of a rule, and how many findings have a fix. */
function advice(found: readonly Diagnostic[]): string {
  const fixes = found.flatMap(({ fix }) => fix ?? []);
  const safe = fixes.filter((fix) => fix.safe).length;
  const unsafe = fixes.length - safe;
  const parts = [
    ...(safe > 0 ? [`${safe} can be fixed with --fix`] : []),
    ...(unsafe > 0 ? [`${unsafe} with --fix --unsafe, which changes the meaning`] : []),
  ];
  const rule = found.find(({ code }) => /^DML3[1-9]/.test(code))?.code;
  return [
    ...(rule ? [`Why: dml explain ${rule}\n`] : []),
    ...(parts.length > 0 ? [`${parts.join(', ')}.\n`] : []),
  ].join('');
}
