import { open, readFile, rename, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { storeError } from './files.ts';
import { StoreError } from './store-error.ts';

/** Who holds a folder. */
export interface Holder {
  readonly pid: number;
  readonly host: string;
  /** Tells a process from a later one with the same number, where the system can say (Linux). */
  readonly birth: string | null;
}

const name = 'lock';

/**
 * Takes a folder for this process alone, until the function that it returns is called. The lock of a process of this
 * machine that is gone is taken over; that of another machine cannot be checked and holds.
 *
 * @throws StoreError that names the holder
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const taken = await takeFolder(folder);
  if ('release' in taken) return taken.release;
  throw held(folder, taken.holder);
}

/** Seconds between two looks at a lock that is waited for. */
const lookSeconds = 0.25;

/**
 * The same, but waits for whoever holds the folder, and takes it over from one that dies. `begin` is called once, before it
 * waits; `undefined` if the signal comes while it does.
 */
export async function awaitFolder(
  folder: string,
  { begin, signal }: { readonly begin: (holder: Holder) => void; readonly signal: AbortSignal | undefined },
): Promise<(() => Promise<void>) | undefined> {
  for (let isFirst = true; ; isFirst = false) {
    const taken = await takeFolder(folder);
    if ('release' in taken) return taken.release;
    // It would wait for itself.
    if (taken.holder.pid === process.pid && taken.holder.host === hostname())
      throw held(folder, taken.holder);
    if (isFirst) begin(taken.holder);
    await sleep(1000 * lookSeconds, undefined, { signal }).catch(() => undefined);
    if (signal?.aborted) return undefined;
  }
}

type Taken = { readonly release: () => Promise<void> } | { readonly holder: Holder };

async function takeFolder(folder: string): Promise<Taken> {
  const file = path.join(folder, name);
  const own = JSON.stringify({
    pid: process.pid,
    host: hostname(),
    birth: (await birthOf(process.pid)) ?? null,
  });
  while (!(await create(file, own))) {
    const found = await readWritten(file);
    if (found === undefined) continue;
    const holder = parse(found);
    if (holder && (await isAlive(holder))) return { holder };
    await removeStale(file, found);
  }
  return {
    release: async () => {
      if ((await read(file)) === own) await rm(file, { force: true });
    },
  };
}

/**
 * Whether `lockFolder` could take a folder, without taking it.
 *
 * @throws StoreError that names the holder
 */
export async function demandUnlocked(folder: string): Promise<void> {
  const holder = await holderOf(folder);
  if (holder) throw held(folder, holder);
}

/** The process that works in a folder; nothing if none does. */
export async function holderOf(folder: string): Promise<Holder | undefined> {
  const found = await readWritten(path.join(folder, name));
  const holder = found === undefined ? undefined : parse(found);
  return holder && (await isAlive(holder)) ? holder : undefined;
}

/** `process 123`, with the name of another machine. */
export const holderText = ({ pid, host }: Holder): string =>
  `process ${pid}${host === hostname() ? '' : ` on ${host}`}`;

function held(folder: string, holder: Holder): StoreError {
  const { host } = holder;
  const here = host === hostname();
  return new StoreError(
    `Another dml works in this folder: ${holderText(holder)}.`,
    folder,
    here
      ? 'Wait until it is done, or stop it.'
      : `If no dml runs on ${host} any more, delete ${path.join(folder, name)}.`,
  );
}

/** Whether the file is now there with this content; false if there was one already. */
async function create(file: string, content: string): Promise<boolean> {
  try {
    const handle = await open(file, 'wx');
    await handle.writeFile(content).finally(() => handle.close());
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw storeError(error, file, 'write');
  }
}

/** Takes the stale lock away. If another process was quicker and the lock is already a new one, that is put back. */
async function removeStale(file: string, stale: string): Promise<void> {
  const aside = `${file}.stale.${process.pid}`;
  try {
    await rename(file, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw storeError(error, file, 'write');
  }
  const moved = await read(aside);
  if (moved !== undefined && moved !== stale) await create(file, moved);
  await rm(aside, { force: true });
}

/** A lock is empty for the moment between its creation and its first byte; whoever made it may also have died then. */
async function readWritten(file: string): Promise<string | undefined> {
  for (let tries = 0; tries < 20; tries++) {
    const content = await read(file);
    if (content !== '') return content;
    await sleep(50);
  }
  return '';
}

async function read(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw storeError(error, file, 'read');
  }
}

function parse(content: string): Holder | undefined {
  try {
    const { pid, host, birth } = JSON.parse(content) as Partial<Holder>;
    return typeof pid === 'number' && typeof host === 'string'
      ? { pid, host, birth: birth ?? null }
      : undefined;
  } catch {
    return undefined;
  }
}

async function isAlive({ pid, host, birth }: Holder): Promise<boolean> {
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is there and belongs to somebody else.
    if (codeOf(error) !== 'EPERM') return false;
  }
  const now = await birthOf(pid);
  return birth === null || now === undefined || now === birth;
}

/** Boot and start time of a process, in clock ticks after the boot. */
async function birthOf(pid: number): Promise<string | undefined> {
  try {
    const boot = (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The name of the program, in parentheses, may hold blanks; the start time is the 20th field after it.
    return `${boot} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`;
  } catch {
    return undefined;
  }
}

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;
