import { Worker } from 'node:worker_threads';

/**
 * Starts a thread from an entry point: the bundled one beside the caller, or in development its source, which a thread
 * reads only by a loader of its own.
 *
 * @param caller `import.meta.url` of a module in the folder of the entry point
 */
export function startThread(caller: string, name: string, workerData: unknown): Worker {
  const isBundled = !caller.endsWith('.ts');
  if (isBundled) return new Worker(new URL(`./${name}.js`, caller), { workerData });
  const loader = import.meta.resolve('tsx/esm/api');
  const entry = new URL(`./${name}.ts`, caller);
  return new Worker(
    `import('${loader}').then(({ register }) => { register(); return import('${entry}'); });`,
    { workerData, eval: true },
  );
}
