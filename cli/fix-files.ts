import { applyFixes, type Fixable, type Fixed, type Look } from '../compiler/lint/fix.ts';
import { positionAt } from '../grammar/source.ts';
import type { Context, Report } from './command.ts';
import { UsageError } from './errors.ts';
import { distinct, findingsReport } from './findings.ts';
import { onDisk, withTexts } from './reader.ts';

export interface FixFlags {
  readonly unsafe: boolean;
  /** Shows the edits and writes none. */
  readonly diff: boolean;
}

/**
 * Lints files and fixes what can be fixed in them; what uses them without being named here is not looked at. Of
 * unsafe fixes the difference in meaning is shown, as `dml diff` tells it.
 */
export async function fixFiles(
  files: readonly string[],
  look: Look,
  { unsafe, diff }: FixFlags,
  context: Context,
): Promise<Report> {
  if (files.includes('-'))
    throw new UsageError('What comes from standard input cannot be fixed in place.', 'Name a file.');
  const fixed = await applyFixes(files, look, { unsafe });
  // Before anything is written, because the texts on disk are one side of it.
  const meaning = fixed.applied.some(({ fix }) => !fix.safe) ? await differences(fixed, context) : [];
  const diffs = diff ? await textDifferences(fixed, context) : [];
  if (!diff) await write(fixed, context);
  const report = findingsReport(distinct(fixed.diagnostics), files.length, context, {
    text: [diffs.map((one) => one.coloured).join(''), listOf(fixed, diff), ...meaning.map(({ text }) => text)]
      .filter((part) => part !== '')
      .join('\n'),
    data: {
      [diff ? 'fixable' : 'fixed']: fixed.applied.map(entryOf),
      refused: fixed.refused.map(({ finding, reason }) => ({ ...entryOf(finding), reason })),
      ...(diff ? { changed: diffs.map(({ file, text }) => ({ file, diff: text })) } : {}),
      ...(meaning.length > 0 ? { meaning: meaning.map(({ file, data }) => ({ file, ...data })) } : {}),
    },
  });
  return diff && fixed.applied.length > 0 ? { ...report, exit: 1 } : report;
}

const entryOf = ({ code, span, fix }: Fixable) => ({
  code,
  file: span.source.path,
  line: positionAt(span.source, span.start).line,
  title: fix.title,
  safe: fix.safe,
});

function listOf({ applied, refused }: Fixed, isTrial: boolean): string {
  const line = (finding: Fixable, what: string) => {
    const { file, line, code, title, safe } = entryOf(finding);
    return `${file}:${line}: ${what}${safe ? '' : ' (unsafe)'}: ${title} (${code})\n`;
  };
  return [
    ...applied.map((finding) => line(finding, isTrial ? 'would be fixed' : 'fixed')),
    ...refused.map(({ finding, reason }) =>
      line(finding, 'not fixed').replace(/\n$/, `, because ${reason}\n`),
    ),
  ].join('');
}

async function write({ texts }: Fixed, { cwd }: Context): Promise<void> {
  const { writeFileWhole } = await import('./write-file.ts');
  for (const [file, text] of texts) await writeFileWhole(file, text, cwd);
}

async function textDifferences({ texts }: Fixed, context: Context) {
  const { paintDiff, unifiedDiff } = await import('./line-diff.ts');
  const disk = onDisk(context);
  return Promise.all(
    [...texts].map(async ([file, after]) => {
      const { text: before } = await disk.source(file);
      const text = unifiedDiff(before, after, file);
      return { file, text, coloured: paintDiff(text, context.terminal.out.colors) };
    }),
  );
}

/** What the experiments of the changed files mean before and after; nothing of files that hold none. */
async function differences({ texts }: Fixed, context: Context) {
  const { compare } = await import('./compare.ts');
  const { openFile } = await import('./program.ts');
  const disk = onDisk(context);
  const after = withTexts(texts, disk);
  const reports = await Promise.all(
    [...texts.keys()].map(async (file) => {
      const opened = await Promise.all([disk, after].map((reader) => openFile(file, context, { reader })));
      const isComparable = opened.every(
        ({ program }) => program && program.experiments.length + program.sweeps.length > 0,
      );
      if (!isComparable) return [];
      const target = { file, name: undefined, arm: undefined, fold: undefined, seed: undefined };
      const sides = [
        { target, reader: disk },
        { target, reader: after },
      ] as const;
      const report = await compare(sides, undefined, context);
      const { bold } = context.terminal.out.colors;
      return [
        { file, data: report.data, text: `${bold(`Difference in meaning of ${file}`)}\n${report.text}` },
      ];
    }),
  );
  return reports.flat();
}
