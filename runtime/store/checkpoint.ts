import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Variable } from '../../compiler/graph/graph.ts';
import { equal } from '../../compiler/graph/shape.ts';
import type { Tensors } from '../engines/engine.ts';
import { listFolder, readWhole, writeWhole } from './files.ts';
import { decodeTensors, encodeTensors, type StoredTensor } from './safetensors.ts';
import { StoreError } from './store-error.ts';

/** The whole state of a run between two steps. */
export interface Checkpoint {
  /** Steps done. */
  readonly step: number;
  /** Weights, optimizer state and statistics. */
  readonly variables: Tensors;
  /** Length of `metrics.jsonl` that belongs to it. */
  readonly metricsBytes: number;
  /** Time of training so far. */
  readonly seconds: number;
  /** Of the last step, before its update. */
  readonly loss: number | undefined;
  /** What looks at the validation cases have found so far; absent where there are none. */
  readonly looks?: Looks;
}

/** Looks at the validation cases between steps, to keep the best weights. */
export interface Looks {
  /** How many there were, and after which step the last one was. */
  readonly count: number;
  readonly step: number;
  /** The first of the best; absent while no look gave a value. */
  readonly best?: Best;
}

/** The best weights so far. */
export interface Best {
  /** Steps done. */
  readonly step: number;
  readonly value: number;
  /** Weights and statistics. */
  readonly variables: Tensors;
}

/** What a checkpoint must belong to. */
export interface Owner {
  /** Key of the run. */
  readonly key: string;
  readonly variables: readonly Variable[];
}

/** So many are kept: should the newest be damaged, the one before it is there. */
export const checkpointsKept = 2;

const pattern = /^step-(\d+)\.safetensors$/;
const nameOf = (step: number) => `step-${String(step).padStart(8, '0')}.safetensors`;

/** Writes a checkpoint beside the others, then removes the oldest; returns its file. */
export async function writeCheckpoint(
  folder: string,
  { key, variables }: Owner,
  checkpoint: Checkpoint,
): Promise<string> {
  const { step, metricsBytes, seconds, loss, looks } = checkpoint;
  const { best } = looks ?? {};
  const tensors = new Map([
    ...storedTensors(variables, checkpoint.variables),
    ...(best ? storedTensors(bestVariables(variables), prefixed(best.variables)) : []),
  ]);
  const found = looks && { ...looks, ...(best ? { best: { step: best.step, value: best.value } } : {}) };
  const state = JSON.stringify({ step, metricsBytes, seconds, loss, looks: found });
  const metadata = { key, state, digest: digestOf(tensors, state) };
  const file = path.join(folder, nameOf(step));
  await writeWhole(file, encodeTensors({ tensors, metadata }));
  const older = (await listFolder(folder)).filter((name) => pattern.test(name) && name <= nameOf(step));
  for (const name of older.slice(0, -checkpointsKept)) await rm(path.join(folder, name), { force: true });
  return file;
}

/** A checkpoint that cannot be used, and why. */
export interface Damaged {
  readonly file: string;
  readonly reason: string;
}

/**
 * The newest checkpoint that can be used, with the damaged ones that are newer; none if there is none at all.
 *
 * @throws StoreError if there are some and all are damaged
 */
export async function readCheckpoint(
  folder: string,
  owner: Owner,
): Promise<{ readonly checkpoint?: Checkpoint; readonly damaged: readonly Damaged[] }> {
  const names = (await listFolder(folder)).filter((name) => pattern.test(name)).reverse();
  const damaged: Damaged[] = [];
  for (const name of names) {
    const file = path.join(folder, name);
    const bytes = await readWhole(file);
    const found = bytes ? parse(bytes, owner) : { reason: 'it is gone' };
    if (!('reason' in found)) return { checkpoint: found, damaged };
    damaged.push({ file, reason: found.reason });
  }
  const [first] = damaged;
  if (first)
    throw new StoreError(
      `This checkpoint cannot be used: ${first.reason}. There is no older one that can.`,
      first.file,
      'Run with --force to start again from the first step.',
    );
  return { damaged };
}

function parse(bytes: Uint8Array, { key, variables }: Owner): Checkpoint | { readonly reason: string } {
  const file = decodeTensors(bytes);
  if ('reason' in file) return file;
  const { tensors, metadata } = file;
  if (metadata.key !== key) return { reason: 'it belongs to another run' };
  const hasBest = [...tensors.keys()].some((name) => name.startsWith(bestPrefix));
  const expected = hasBest ? [...variables, ...bestVariables(variables)] : variables;
  const known = new Set(expected.map(({ name }) => name));
  const foreign = [...tensors.keys()].find((name) => !known.has(name));
  if (foreign !== undefined) return { reason: `it holds '${foreign}', which the network does not have` };
  for (const { name, shape } of expected) {
    const tensor = tensors.get(name);
    if (!tensor) return { reason: `it lacks '${name}'` };
    if (!equal(tensor.shape, shape))
      return { reason: `'${name}' is [${tensor.shape}] in it, expected [${shape}]` };
  }
  const { state = '', digest } = metadata;
  if (digest !== digestOf(tensors, state)) return { reason: 'its content is not what was written' };
  const { looks, ...saved } = JSON.parse(state) as Omit<Checkpoint, 'variables'>;
  const values = ({ name }: Variable) => [name, tensors.get(name)!.data] as const;
  const best = looks?.best && {
    ...looks.best,
    variables: new Map(
      bestVariables(variables)
        .map(values)
        .map(([name, data]) => [name.slice(bestPrefix.length), data]),
    ),
  };
  return {
    ...saved,
    ...(looks ? { looks: { ...looks, ...(best ? { best } : {}) } } : {}),
    variables: new Map(variables.map(values)),
  };
}

/** Of the best weights in a file that holds the last ones as well; no variable is called so. */
const bestPrefix = 'best:';

const bestVariables = (variables: readonly Variable[]): readonly Variable[] =>
  variables
    .filter(({ role }) => role !== 'optimizer')
    .map((variable) => ({ ...variable, name: bestPrefix + variable.name }));

const prefixed = (values: Tensors): Tensors =>
  new Map([...values].map(([name, data]) => [bestPrefix + name, data]));

/** The variables with their shapes, as a file takes them. */
export const storedTensors = (
  variables: readonly Variable[],
  values: Tensors,
): ReadonlyMap<string, StoredTensor> =>
  new Map(variables.map(({ name, shape }) => [name, { shape, data: values.get(name)! }]));

/** Over everything, numbers in the order of their names: a file may be whole and yet have lost a bit. */
function digestOf(tensors: ReadonlyMap<string, StoredTensor>, state: string): string {
  const hash = createHash('sha256').update(state);
  for (const name of [...tensors.keys()].sort()) {
    const { data } = tensors.get(name)!;
    hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }
  return hash.digest('hex');
}
