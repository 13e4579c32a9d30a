/** The thread that looks at files beside the first one: an entry point of its own. */
import { parentPort, workerData } from 'node:worker_threads';
import { loadQuick } from './load-quick.ts';
import type { Shared } from './threads.ts';

const shared = workerData as Shared;
const { lookInThread } = loadQuick(`${shared.command}-thread`) ?? (await import('./threads.ts'));
await lookInThread(shared, (told) => parentPort?.postMessage(told));
