import type { Source } from '../grammar/source.ts';
import { cache, recall } from '../runtime/own/home.ts';
import { buildName } from './build-name.ts';
import type { Context } from './command.ts';
import type { Looked, LookingCommand, Seen } from './looks.ts';
import { onDisk } from './reader.ts';
import { type Reads, readAgain } from './recording.ts';

/** What this build has seen in files when a command last looked at them from the same folder. */
export interface KeptSeen {
  /** Nothing if the file is new, or if it or one that it uses has changed, come or gone since. */
  readonly recall: (file: string) => Looked | undefined;
  /** What was looked at because there was nothing to recall. */
  readonly keep: (looked: ReadonlyMap<string, Looked>) => void;
}

interface Kept {
  readonly build: string;
  readonly files: readonly (readonly [file: string, reads: Reads, seen: string])[];
}

/** Of fewer files, reading what was kept may take longer than looking at them. */
const fewest = 50;

const nothing: KeptSeen = { recall: () => undefined, keep: () => {} };

export function openKeptSeen(
  command: LookingCommand,
  files: number,
  context: Context,
  build = buildName(),
): KeptSeen {
  if (build === undefined || files < fewest) return nothing;
  const { cwd, env } = context;
  const key = `${command} ${cwd}`;
  const kept = recall<Kept>('seen', key, env);
  const before = new Map(kept?.build === build ? kept.files.map((each) => [each[0], each]) : []);
  const disk = onDisk(context);
  return {
    recall: (file) => {
      const [, reads, seen] = before.get(file) ?? [];
      if (!reads || seen === undefined) return undefined;
      const sources = readAgain(reads, disk);
      return sources && { reads, seen: parseSeen(seen, sources) };
    },
    keep: (looked) => {
      const fresh = [...looked].flatMap(([file, { reads, seen }]) =>
        reads ? [[file, [file, reads, printSeen(seen)]] as const] : [],
      );
      if (fresh.length === 0) return;
      cache('seen', key, { build, files: [...new Map([...before, ...fresh]).values()] } satisfies Kept, env);
    },
  };
}

/** Places are in sources, whose texts are read anyway. */
const printSeen = (seen: Seen): string =>
  JSON.stringify(seen, (key, value) => (key === 'source' ? (value as Source).path : value));

const parseSeen = (text: string, sources: ReadonlyMap<string, Source>): Seen =>
  JSON.parse(text, (key, value) => (key === 'source' ? sources.get(value as string) : value)) as Seen;
