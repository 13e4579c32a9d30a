/** The thread beside the training loop that prepares batches: an entry point of its own, started by `openBatches`. */
import { parentPort, workerData } from 'node:worker_threads';
import { registry } from '../registry.generated.ts';
import { batchMaker, type FillBatch } from './batch-maker.ts';
import { type Answer, type Request, toFault, type WorkerStart } from './batch-messages.ts';
import { batchBytes, batchIn } from './batch-plan.ts';

const { plan, buffer, own } = workerData as WorkerStart;
const making = start();
// Its failure is the answer to every request; this keeps it from ending the thread before one comes.
making.catch(() => undefined);

async function start(): Promise<FillBatch> {
  if (!own) return batchMaker(plan, registry);
  const { withOwn } = await import('../own/components.ts');
  return batchMaker(plan, withOwn(registry, own));
}

async function answer({ index, slot }: Request): Promise<Answer> {
  try {
    const fill = await making;
    await fill(index, batchIn(buffer, slot * batchBytes(plan), plan));
    return { index, slot };
  } catch (error) {
    return { index, slot, fault: toFault(error) };
  }
}

let queue = Promise.resolve();
parentPort?.on('message', (request: Request) => {
  queue = queue.then(async () => parentPort?.postMessage(await answer(request)));
});
