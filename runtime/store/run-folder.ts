import { rm } from 'node:fs/promises';
import path from 'node:path';
import { declaredName } from '../../compiler/canonical/text.ts';
import type { EngineClass } from '../engines/engine.ts';
import { listFolder, makeFolder, readJson, readWhole, removeDrafts, writeJson, writeWhole } from './files.ts';

/** `environment.json`: what a run depends on, written before its first step. */
export interface Environment {
  /** Version of dml. */
  readonly dml: string;
  readonly node: string;
  readonly platform: string;
  readonly engine: EngineClass;
  readonly identity: Identity;
  /** What `--set` changed, as written; the canonical form holds it already. */
  readonly set: readonly string[];
  /** SHA-256 of what went in, by what it is. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Temperatures that were fitted before the first step, by their label source as written. */
  readonly temperatures?: Readonly<Record<string, number>>;
  /** Floating-point operations of a training step; absent in runs of dml before it was kept. */
  readonly flops?: number;
  /** When the run began, in ISO 8601. */
  readonly started: string;
}

/** What two runs share if they compute the same. */
export interface Identity {
  /** Of all that is below and of the engine class. */
  readonly key: string;
  readonly training: string;
  /** Of the content of all that is read: data, weights to begin with, and those of teachers. */
  readonly data: string;
  readonly fold: number | 'none';
  readonly seed: number;
}

/** Where things lie in the folder of a run. */
export const files = (folder: string) => ({
  source: path.join(folder, 'source.dml'),
  experiment: path.join(folder, 'experiment.yaml'),
  environment: path.join(folder, 'environment.json'),
  metrics: path.join(folder, 'metrics.jsonl'),
  checkpoints: path.join(folder, 'checkpoints'),
  predictions: path.join(folder, 'predictions.safetensors'),
  /** Of whole cases, for students. */
  logits: path.join(folder, 'logits'),
  picture: path.join(folder, 'picture.png'),
  weights: path.join(folder, 'weights.safetensors'),
  result: path.join(folder, 'result.json'),
});

const shortHash = 12;

/**
 * `OUT/NAME/KEY/fold0-seed0`. Runs that differ in fold and seed alone lie side by side, so `group` leaves these out. The
 * arms of a sweep, `NAME/1` and so on, lie below its name: their numbers change when another is added.
 */
export function runFolder(
  out: string,
  name: string,
  group: string,
  { fold, seed }: Pick<Identity, 'fold' | 'seed'>,
): string {
  const leaf = `fold${fold === 'none' ? '-none' : fold}-seed${seed}`;
  return path.join(out, declaredName(name), group.slice(0, shortHash), leaf);
}

/** A run that lies on disk, finished or not. */
export interface KnownRun {
  readonly folder: string;
  readonly environment: Environment;
}

/** All runs below a root, whatever their experiments are called. */
export async function listRuns(out: string): Promise<readonly KnownRun[]> {
  const below = async (folders: readonly string[]) =>
    (
      await Promise.all(
        folders.map(async (folder) => (await listFolder(folder)).map((name) => path.join(folder, name))),
      )
    ).flat();
  const runs: KnownRun[] = [];
  for (const folder of await below(await below(await below([out])))) {
    // A damaged file of another run is no reason not to run this one.
    const environment = await readEnvironment(folder).catch(() => undefined);
    if (environment) runs.push({ folder, environment });
  }
  return runs;
}

/** Whether a run has its result. */
export const isFinished = async ({ folder }: KnownRun): Promise<boolean> =>
  (await readWhole(files(folder).result)) !== undefined;

/** Whether a run has something to go on from. */
export async function isInterrupted(run: KnownRun): Promise<boolean> {
  const [finished, saved] = await Promise.all([isFinished(run), listFolder(files(run.folder).checkpoints)]);
  return !finished && saved.length > 0;
}

/** The written parts of a run that is about to start. */
export interface Opening {
  /** The file as its author wrote it. */
  readonly source: string;
  /** The canonical form. */
  readonly experiment: string;
  readonly environment: Environment;
}

/** Makes a folder ready for a run from its first step: whatever another run of the same key left is removed. */
export async function startRun(folder: string, { source, experiment, environment }: Opening): Promise<void> {
  const { checkpoints, metrics, predictions, logits, picture, weights, result, ...written } = files(folder);
  // The result first: a run that is cut off after this is one that never finished.
  for (const old of [result, checkpoints, metrics, predictions, logits, picture, weights])
    await rm(old, { recursive: true, force: true });
  await removeDrafts(folder);
  await makeFolder(checkpoints);
  await writeWhole(written.source, source);
  await writeWhole(written.experiment, experiment);
  await writeJson(written.environment, environment);
}

/** The environment of a run that began; `undefined` if there is none of this key. */
export async function readEnvironment(folder: string): Promise<Environment | undefined> {
  return await readJson<Environment>(files(folder).environment);
}
