/** The thread beside the language server that answers the long questions: an entry point of its own. */
import { parentPort, workerData } from 'node:worker_threads';
import { rememberLaws } from '../compiler/laws/term.ts';
import { analyse, type Round } from '../editors/server/analysis.ts';
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

let queue = Promise.resolve();
parentPort?.on('message', (round: Round) => {
  queue = queue.then(() =>
    analyse(
      round,
      services,
      () => Atomics.load(newest, 0) !== round.number,
      (told) => parentPort?.postMessage(told),
    ),
  );
});
