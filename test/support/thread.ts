import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { buildSync } from 'esbuild';

const bundles = new Map<string, string>();

/**
 * What `runtime/thread.ts` does, for tests: the sources of an entry point are bundled once for all the threads of a file of
 * tests. A loader of sources takes longer than most of what the threads do.
 */
export function startThread(caller: string, name: string, workerData: unknown): Worker {
  const entry = fileURLToPath(new URL(`./${name}.ts`, caller));
  const bundle = bundles.get(entry) ?? bundled(entry);
  bundles.set(entry, bundle);
  return new Worker(bundle, { workerData, eval: true });
}

function bundled(entry: string): string {
  const { outputFiles } = buildSync({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    logLevel: 'error',
  });
  return outputFiles[0]!.text;
}
