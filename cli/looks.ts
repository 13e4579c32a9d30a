import type { Diagnostic } from '../grammar/diagnostic.ts';
import type { Context } from './command.ts';
import { printCompares } from './explain-compare.ts';
import { type FileLaws, openLaws } from './laws.ts';
import { openLinter } from './lint-file.ts';
import { openFile } from './program.ts';
import { onDisk, type Reader } from './reader.ts';
import { type Reads, recording } from './recording.ts';

/** What a command says of a file: data alone, so that a thread can say it, and a later command again. */
export interface Seen {
  readonly diagnostics: readonly Diagnostic[];
  readonly laws: readonly FileLaws[];
  /** Its comparisons, printed. */
  readonly compares: string;
}

/** What was seen in a file, and what it was seen from; nothing where that cannot be told. */
export interface Looked {
  readonly seen: Seen;
  readonly reads: Reads | undefined;
}

/** What is seen in a file that cannot be read. */
export const nothingButFinding = (finding: Diagnostic): Looked => ({
  seen: { diagnostics: [finding], laws: [], compares: '' },
  reads: undefined,
});

type See = (file: string) => Promise<Seen>;

/** What each command sees. */
const sights = { check: openCheck, lint: openLint } satisfies Record<
  string,
  (context: Context, reader: Reader) => See
>;

export type LookingCommand = keyof typeof sights;

/** How a command looks at files, one after the other: they share what was worked out for the ones before. */
export function openLook(command: LookingCommand, context: Context): (file: string) => Promise<Looked> {
  const { reader, taken } = recording(onDisk(context));
  const see = sights[command](context, reader);
  return async (file) => {
    // Of one before that failed.
    taken();
    const seen = await see(file);
    return { seen, reads: taken() };
  };
}

function openCheck(context: Context, reader: Reader): See {
  const lawsOf = openLaws(context);
  return async (file) => {
    const opened = await openFile(file, context, { reader });
    const { program, diagnostics } = opened;
    const compares = program ? printCompares(program.compares, program.components) : '';
    return { diagnostics, laws: await lawsOf(opened), compares };
  };
}

function openLint(context: Context, reader: Reader): See {
  const look = openLinter(context, reader);
  return async (file) => ({ diagnostics: (await look(file, new Map())).diagnostics, laws: [], compares: '' });
}
