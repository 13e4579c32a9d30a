import { type Context, command, type Report, toggle } from '../command.ts';
import type { Formatted } from '../format-file.ts';

export const fmt = command({
  name: 'fmt',
  summary: 'Writes files in the canonical layout',
  arguments: [['<files...>', 'files, folders of them, or - for standard input to standard output']],
  flags: {
    check: toggle('write nothing; exit 1 and name the files that would change'),
    diff: toggle('write nothing; exit 1 and show what would change'),
    upgrade: toggle('bring files to the newest version of the language, and say that they mean the same'),
  },
  notes: `Order of fields, spelling of numbers and comments stay. A file with errors of syntax, or one that cannot be read, is left as it is, and exit is 2.`,
  examples: [
    ['dml fmt study.dml', 'in place'],
    ['dml fmt --check .', 'every .dml file of this folder, in CI'],
    ['dml fmt - < study.dml', 'for an editor'],
    ['dml fmt --upgrade .', 'adds missing version lines, rewrites older forms'],
  ],
  async run({ arguments: named, flags }, context) {
    const { listFiles } = await import('../files.ts');
    const { formatFile } = await import('../format-file.ts');
    const { findingsReport } = await import('../findings.ts');
    const { tolerant } = await import('../unreadable.ts');
    const files = await listFiles(named, context);
    const read = flags.upgrade ? (await import('../upgrade-file.ts')).upgradeFile : formatFile;
    const { look } = tolerant(
      files,
      (file) => read(file, context),
      (finding, file): Formatted => ({ file, before: '', after: '', diagnostics: [finding] }),
    );
    const formatted = await Promise.all(files.map((file) => look(file)));
    const broken = formatted.flatMap(({ diagnostics }) => diagnostics);
    const right = formatted.filter(({ diagnostics }) => diagnostics.length === 0);
    const { exit, data, text } =
      flags.check || flags.diff
        ? await reportChanges(right, flags.diff, context)
        : await writeChanges(right, context);
    if (broken.length === 0) return { exit, data, text };
    const more = { text: text === nothingToDo ? '' : text, data };
    return { ...findingsReport(broken, files.length, context, more), exit: 2 };
  },
});

const nothingToDo = 'Everything is formatted.\n';

async function reportChanges(
  formatted: readonly Formatted[],
  withDiff: boolean,
  { terminal }: Context,
): Promise<Report> {
  const changed = formatted.filter(({ before, after }) => before !== after);
  const exit = changed.length > 0 ? 1 : 0;
  if (!withDiff) {
    const lines = changed.map(({ file, note }) => `${file} would change${noted(note)}\n`);
    return { exit, data: { changed: changed.map(told) }, text: lines.join('') || nothingToDo };
  }
  const { paintDiff, unifiedDiff } = await import('../line-diff.ts');
  const diffs = changed.map(({ file, before, after }) => unifiedDiff(before, after, file));
  return {
    exit,
    data: { changed: changed.map((each, i) => ({ ...told(each), diff: diffs[i] })) },
    text: paintDiff(diffs.join(''), terminal.out.colors) || nothingToDo,
  };
}

async function writeChanges(formatted: readonly Formatted[], { cwd }: Context): Promise<Report> {
  const { writeFileWhole } = await import('../write-file.ts');
  const fromInput = formatted.find(({ file }) => file === '-');
  const changed = formatted.filter(({ file, before, after }) => file !== '-' && before !== after);
  await Promise.all(changed.map(({ file, after }) => writeFileWhole(file, after, cwd)));
  const lines = changed.map(({ file, note }) => `${file} ${note ? 'upgraded' : 'formatted'}${noted(note)}\n`);
  return {
    exit: 0,
    data: { changed: changed.map(told), ...(fromInput ? { text: fromInput.after } : {}) },
    text: fromInput ? fromInput.after : lines.join('') || nothingToDo,
  };
}

const noted = (note: string | undefined) => (note ? ` ${note}` : '');
const told = ({ file, note }: Formatted) => ({ file, ...(note ? { note } : {}) });
