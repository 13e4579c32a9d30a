import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { startThread } from '../runtime/thread.ts';
import type { Context } from './command.ts';
import { openKeptSeen } from './kept-seen.ts';
import { type Looked, type LookingCommand, nothingButFinding, openLook, type Seen } from './looks.ts';
import { processTerminal } from './terminal.ts';
import { type Tolerant, tolerant } from './unreadable.ts';

/** What the threads are given. */
export interface Shared extends Pick<Context, 'cwd' | 'env' | 'format'> {
  readonly command: LookingCommand;
  readonly files: readonly string[];
  /** The number of the first file that no thread has taken. */
  readonly next: Int32Array;
}

/** What was seen in files that lie one behind the other in the list; nothing of one that could not be looked at. */
interface Told {
  readonly from: number;
  readonly looked: readonly (Looked | undefined)[];
}

/** A thread is worth its start, about a tenth of a second, where it takes this many files off another. */
const filesPerThread = 100;
/** More wait for one another, and for memory. */
const mostThreads = 8;
/** So many that asking for the next ones is nothing, so few that no thread works on when the others have finished. */
const taken = 16;

/** How many threads look at so many files, this one among them. */
const threadsFor = (files: number): number =>
  Math.max(1, Math.min(availableParallelism(), mostThreads, Math.floor(files / filesPerThread)));

/** What a command says of each of some files, in their order; of many that did not change, what it said before. */
export async function lookAtFiles(
  command: LookingCommand,
  files: readonly string[],
  context: Context,
  threads?: number,
): Promise<{ readonly seen: readonly Seen[] } & Pick<Tolerant<[], Looked>, 'ended'>> {
  const { look, ended } = tolerant(files, openLook(command, context), nothingButFinding);
  const kept = openKeptSeen(command, files.length, context);
  const before = new Map(files.map((file) => [file, kept.recall(file)]));
  const others = files.filter((file) => before.get(file) === undefined);
  const looked = await lookAnew(command, others, look, context, threads ?? threadsFor(others.length));
  const fresh = new Map(others.map((file, i) => [file, looked[i]!]));
  kept.keep(fresh);
  return { seen: files.map((file) => (before.get(file) ?? fresh.get(file)!).seen), ended };
}

/** Looks at files, which are shared out among threads. */
async function lookAnew(
  command: LookingCommand,
  files: readonly string[],
  look: (file: string) => Promise<Looked>,
  { cwd, env, format }: Context,
  threads: number,
): Promise<readonly Looked[]> {
  const next = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const shared = { command, files, cwd, env, format, next } satisfies Shared;
  const found: (Looked | undefined)[] = [];
  const keep = (told: Told) => {
    for (const [i, each] of told.looked.entries()) found[told.from + i] = each;
  };
  const others = Array.from({ length: threads - 1 }, async () => {
    const thread = startThread(import.meta.url, 'files-worker', shared);
    thread.on('message', keep);
    // Files of a thread that failed are looked at below.
    await once(thread, 'exit').catch(() => undefined);
  });
  await takeFiles(look, shared, keep);
  await Promise.all(others);
  const looked: Looked[] = [];
  for (const [i, file] of files.entries()) looked.push(found[i] ?? (await look(file)));
  return looked;
}

/** Looks at files that no thread has taken until there are none. */
async function takeFiles(
  look: (file: string) => Promise<Looked | undefined>,
  { files, next }: Shared,
  tell: (told: Told) => void,
): Promise<void> {
  for (;;) {
    const from = Atomics.add(next, 0, taken);
    if (from >= files.length) return;
    const looked: (Looked | undefined)[] = [];
    for (const file of files.slice(from, from + taken)) looked.push(await look(file));
    tell({ from, looked });
  }
}

/** What a thread does; nobody talks to it. */
export async function lookInThread(shared: Shared, tell: (told: Told) => void): Promise<void> {
  const nobody = () => {
    throw new Error('A thread has no input.');
  };
  const context: Context = {
    cwd: shared.cwd,
    env: shared.env,
    format: shared.format,
    terminal: processTerminal(() => undefined),
    interruption: nobody,
    readInput: nobody,
    inputLines: nobody,
  };
  const look = openLook(shared.command, context);
  // What is wrong with a file is said by the first thread, which looks at it once more.
  await takeFiles((file) => look(file).catch(() => undefined), shared, tell);
}
