import { open } from 'node:fs/promises';
import { storeError } from './files.ts';

/** `metrics.jsonl`: one JSON object a line, only ever appended to. */
export interface MetricsLog {
  /** Kept in memory until the next flush. */
  append(record: object): void;
  /** Hands all that was appended to the system; returns the length of the file in bytes, from its start. */
  flush(): Promise<number>;
  close(): Promise<void>;
}

/**
 * Opens the log of a run that goes on after its first `length` bytes: what a run wrote after its last checkpoint is
 * cut off, since it is about to be written again.
 *
 * @throws StoreError
 */
export async function openMetrics(file: string, length: number): Promise<MetricsLog> {
  const guarded = async <T>(action: () => Promise<T>): Promise<T> => {
    try {
      return await action();
    } catch (error) {
      throw storeError(error, file, 'write');
    }
  };
  const handle = await guarded(() => open(file, 'a'));
  let size = await guarded(async () => {
    const stat = await handle.stat();
    if (stat.size > length) await handle.truncate(length);
    return Math.min(stat.size, length);
  });
  let lines: string[] = [];
  return {
    append(record) {
      lines.push(`${JSON.stringify(record)}\n`);
    },
    async flush() {
      if (lines.length > 0) {
        const bytes = Buffer.from(lines.join(''));
        lines = [];
        await guarded(() => handle.appendFile(bytes));
        size += bytes.length;
      }
      return size;
    },
    close: () => handle.close(),
  };
}
