import type { Diagnostic } from '../grammar/diagnostic.ts';
import type { Context } from './command.ts';
import { printCompares } from './explain-compare.ts';
import { type FileLaws, openLaws } from './laws.ts';
import { openLinter } from './lint-file.ts';
import { openFile } from './program.ts';

/** What a command says of a file: data alone, so that a thread can say it. */
export interface Seen {
  readonly diagnostics: readonly Diagnostic[];
  readonly laws: readonly FileLaws[];
  /** Its comparisons, printed. */
  readonly compares: string;
}

/** What is seen in a file that cannot be read. */
export const nothingButFinding = (finding: Diagnostic): Seen => ({
  diagnostics: [finding],
  laws: [],
  compares: '',
});

type Look = (file: string) => Promise<Seen>;

/** How a command looks at files, one after the other: they share what was worked out for the ones before. */
export const looks = { check: openCheck, lint: openLint } satisfies Record<
  string,
  (context: Context) => Look
>;

function openCheck(context: Context): Look {
  const lawsOf = openLaws(context);
  return async (file) => {
    const opened = await openFile(file, context);
    const { program, diagnostics } = opened;
    const compares = program ? printCompares(program.compares, program.components) : '';
    return { diagnostics, laws: await lawsOf(opened), compares };
  };
}

function openLint(context: Context): Look {
  const look = openLinter(context);
  return async (file) => ({ diagnostics: (await look(file, new Map())).diagnostics, laws: [], compares: '' });
}
