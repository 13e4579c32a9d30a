/** The thread beside the language server that answers the long questions: an entry point of its own. */
import { parentPort, workerData } from 'node:worker_threads';
import { rememberLaws } from '../compiler/laws/term.ts';
import { analyse, type Round, type Told } from '../editors/server/analysis.ts';
import { type RepairOrder, repaired } from '../editors/server/repair.ts';
import type { Analysis } from '../editors/server/services.ts';
import { readSignatures } from '../runtime/own/read.ts';
import { registry } from '../runtime/registry.generated.ts';
import { witnessOf } from '../runtime/witness.ts';
import { dataRoot } from './data-root.ts';
import { filesIn, usedFiles } from './files.ts';
import { outlookTexts } from './outlook.ts';

/** What the server gives to the thread. */
export interface WorkerStart {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The number of the newest round, which is counted on as soon as a file changes. */
  readonly newest: Int32Array;
}

const { cwd, env, newest } = workerData as WorkerStart;
const textOf = outlookTexts(registry);

const services: Analysis = {
  registry,
  witness: witnessOf(registry),
  laws: rememberLaws(),
  read: usedFiles({ cwd }),
  list: filesIn,
  components: (file, root) => readSignatures(file, { cwd, root, env }, () => undefined),
  outlook: (subject, file) => textOf(subject, dataRoot(undefined, file, { cwd, env })),
};

/** The answer to an order to mend a file: its number, and the text of the file. */
export interface Mended {
  readonly mended: number;
  readonly text: string | undefined;
}

const tell = (message: Told | Mended) => parentPort?.postMessage(message);

async function answer(asked: Round | RepairOrder): Promise<void> {
  const isOvertaken = () => Atomics.load(newest, 0) !== asked.number;
  if ('files' in asked) return analyse(asked, services, isOvertaken, tell);
  tell({ mended: asked.number, text: await repaired(asked, services, isOvertaken) });
}

let queue = Promise.resolve();
parentPort?.on('message', (asked: Round | RepairOrder) => {
  queue = queue.then(() => answer(asked));
});
