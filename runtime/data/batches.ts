import type { OwnComponents } from '../own/components.ts';
import { startThread } from '../thread.ts';
import type { Batch } from './batch.ts';
import { type Answer, type Request, toError, type WorkerStart } from './batch-messages.ts';
import { type BatchPlan, batchBytes, batchesPerEpoch, batchIn } from './batch-plan.ts';

/** Batches by index, prepared ahead in a worker. */
export interface Batches {
  /** Batches in one epoch: whole ones only, at least one. */
  readonly perEpoch: number;
  /**
   * Batch `index`, a pure function of plan and index. Its arrays are valid until the next call, and calls do not
   * overlap. Asking in ascending order, from any start, finds the next ones ready. Rejects with a DataError where
   * data are bad.
   */
  get(index: number): Promise<Batch>;
  /** Ends the worker. */
  close(): Promise<void>;
}

/** Batches that are ready or under way, at most. */
const ahead = 4;

/** Starts the worker for a plan, which may name a user's own components. What it cannot do is said by `get`. */
export function openBatches(plan: BatchPlan, own?: OwnComponents): Batches {
  const bytes = batchBytes(plan);
  const buffer = new SharedArrayBuffer(ahead * bytes);
  const current = batchIn(new ArrayBuffer(bytes), 0, plan);
  const slots: Slot[] = Array.from({ length: ahead }, () => unused);
  const start: WorkerStart = { plan, buffer, own };
  const worker = startThread(import.meta.url, 'batch-worker', start);
  let fatal: Error | undefined;

  const fail = (error: Error) => {
    fatal ??= error;
    for (const slot of slots) slot.reject(fatal);
  };
  worker.on('error', fail);
  worker.on('exit', () => fail(new Error('The thread that prepares batches has ended.')));
  worker.on('message', ({ index, slot, fault }: Answer) => {
    // An answer to a request that was dropped since, by a jump to another index, is passed over.
    const waiting = slots[slot]!;
    if (waiting.index !== index) return;
    if (fault) waiting.reject(toError(fault));
    else waiting.resolve();
  });

  const request = (index: number): Slot => {
    const slot = index % ahead;
    const known = slots[slot]!;
    if (known.index === index) return known;
    const fresh = waitingFor(index);
    slots[slot] = fresh;
    if (fatal) fresh.reject(fatal);
    else worker.postMessage({ index, slot } satisfies Request);
    return fresh;
  };

  return {
    perEpoch: batchesPerEpoch(plan),
    async get(index) {
      const wanted = request(index);
      for (let next = index + 1; next < index + ahead; next++) request(next);
      await wanted.ready;
      copy(batchIn(buffer, (index % ahead) * bytes, plan), current);
      // The slot is free again: its next batch is made while this one is computed with.
      request(index + ahead);
      return current;
    },
    async close() {
      await worker.terminate();
    },
  };
}

interface Slot {
  readonly index: number;
  readonly ready: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

const unused: Slot = {
  index: -1,
  ready: Promise.resolve(),
  resolve: () => undefined,
  reject: () => undefined,
};

function waitingFor(index: number): Slot {
  let resolve: Slot['resolve'] = () => undefined;
  let reject: Slot['reject'] = () => undefined;
  const ready = new Promise<void>((done, failed) => {
    resolve = done;
    reject = failed;
  });
  // Whoever asks for this batch sees the failure; nobody may ever ask.
  ready.catch(() => undefined);
  return { index, ready, resolve, reject };
}

/** Out of shared memory, which native libraries do not take. */
function copy(from: Batch, to: Batch): void {
  to.image.set(from.image);
  to.keep.set(from.keep);
  for (const [t, labels] of from.labels.entries()) to.labels[t]!.set(labels);
}
