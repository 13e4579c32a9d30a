import { existsSync } from 'node:fs';
import type { Worker } from 'node:worker_threads';
import { createConnection } from 'vscode-languageserver/node';
import { families } from '../compiler/reference-sections.ts';
import type { Component } from '../compiler/registry.ts';
import type { Analyser, Told } from '../editors/server/analysis.ts';
import type { RepairOrder } from '../editors/server/repair.ts';
import { serve } from '../editors/server/server.ts';
import type { Services } from '../editors/server/services.ts';
import { keptSignatures } from '../runtime/own/read.ts';
import { registry } from '../runtime/registry.generated.ts';
import { startThread } from '../runtime/thread.ts';
import type { Context } from './command.ts';
import { filesIn, usedFiles } from './files.ts';
import type { Mended, WorkerStart } from './language-worker.ts';

/** Serves the editor at the other end of standard input and output. The process ends with the connection. */
export function serveEditor(context: Context): Promise<never> {
  const { cwd, env } = context;
  const connection = createConnection(process.stdin, process.stdout);
  const services: Services = {
    registry,
    read: usedFiles(context),
    list: filesIn,
    // What is not kept is read by the thread, which takes about a second; until then nothing is known of it.
    components: (file, root) => keptSignatures(file, { cwd, root, env }),
    page: pageOf,
  };
  serve(connection, services, (tell) =>
    analyserBeside({ cwd, env }, tell, (message) => connection.console.error(message)),
  );
  return new Promise(() => {});
}

/** The page of the reference about a component, which comes with dml; of a user's own there is none. */
function pageOf({ family, name, code }: Component): string | undefined {
  const { folder } = families[family];
  const page = new URL(`../docs/reference/${folder}/${name}.md`, import.meta.url);
  return code === undefined && existsSync(page) ? page.href : undefined;
}

/** Starts the thread; one that fails is started anew by the next round. */
function analyserBeside(
  place: Pick<WorkerStart, 'cwd' | 'env'>,
  tell: (told: Told) => void,
  say: (message: string) => void,
): Analyser {
  const newest = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const waiting = new Map<number, (text: string | undefined) => void>();
  let orders = -1;
  const start = (): Worker => {
    const started = startThread(import.meta.url, 'language-worker', {
      ...place,
      newest,
    } satisfies WorkerStart);
    started.on('message', (message: Told | Mended) => {
      if (!('mended' in message)) return tell(message);
      waiting.get(message.mended)?.(message.text);
      waiting.delete(message.mended);
    });
    started.on('error', (error) => {
      say(`What rules find is not shown until the next change: ${error.stack ?? error.message}`);
      for (const answer of waiting.values()) answer(undefined);
      waiting.clear();
      if (thread === started) thread = undefined;
    });
    return started;
  };
  let thread: Worker | undefined = start();
  return {
    analyse(round) {
      Atomics.store(newest, 0, round.number);
      thread ??= start();
      thread.postMessage(round);
    },
    repair(order) {
      const number = --orders;
      Atomics.store(newest, 0, number);
      thread ??= start();
      thread.postMessage({ ...order, number } satisfies RepairOrder);
      return new Promise((resolve) => waiting.set(number, resolve));
    },
    cancel: () => void Atomics.store(newest, 0, -1),
  };
}
