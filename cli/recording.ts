import { createHash } from 'node:crypto';
import type { Source } from '../grammar/source.ts';
import type { Reader } from './reader.ts';

/** One answer of a reader. */
interface Read {
  readonly path: string;
  /** The folder that it may not lead out of. */
  readonly root?: string;
  /** SHA-256 of the text; absent where there was no file. */
  readonly hash?: string;
}

/** All that was read to look at a file: while every answer stays what it was, so does what is seen. */
export type Reads = readonly Read[];

/** A reader that remembers what it answered. */
export interface Recording {
  readonly reader: Reader;
  /** What was read since the last time; `undefined` if not all of it was texts, which can be asked for again. */
  readonly taken: () => Reads | undefined;
}

export function recording(reader: Reader): Recording {
  let reads: Read[] = [];
  let isWhole = true;
  const record = (path: string, source: Source | undefined, root?: string) => {
    const hash = source && { hash: hashOf(source.text) };
    reads.push({ path, ...(root === undefined ? {} : { root }), ...hash });
    return source;
  };
  /** Programs change in more files than one. */
  const asked = <T>(answer: T): T => {
    isWhole = false;
    return answer;
  };
  return {
    reader: {
      source: async (file) => record(file, await reader.source(file))!,
      read: (file, root) => {
        try {
          return record(file, reader.read(file, root), root);
        } catch (unreadable) {
          isWhole = false;
          throw unreadable;
        }
      },
      components: (file) => {
        const components = reader.components(file);
        return (path) => asked(components(path));
      },
      byCode: (code) => asked(reader.byCode(code)),
    },
    taken: () => {
      const taken = isWhole ? reads : undefined;
      reads = [];
      isWhole = true;
      return taken;
    },
  };
}

/** The sources that were read, if a reader still gives every answer that it gave. */
export function readAgain(
  reads: Reads,
  { read }: Pick<Reader, 'read'>,
): ReadonlyMap<string, Source> | undefined {
  const sources = new Map<string, Source>();
  for (const { path, root, hash } of reads) {
    const source = readable(() => read(path, root));
    if ((source && hashOf(source.text)) !== hash) return undefined;
    if (source) sources.set(path, source);
  }
  return sources;
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64');

function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
