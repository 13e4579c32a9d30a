import { createHash } from 'node:crypto';
import path from 'node:path';
import type { Distilled } from '../../compiler/experiment.ts';
import type { Registry } from '../../compiler/registry.ts';
import { fileBytes } from '../arrays/bytes.ts';
import { openSafetensors } from '../arrays/safetensors.ts';
import { preparation } from '../data/prepare.ts';
import { DataError } from '../data/source.ts';
import { logitsTensor, predictionFile } from '../data/teacher.ts';
import type { Engine, Session, Tensors } from '../engines/engine.ts';
import { openPrediction } from '../open-prediction.ts';
import { predictionGraph } from '../prediction-graph.ts';
import { makeFolder, readWhole, writeWhole } from '../store/files.ts';
import { files } from '../store/run-folder.ts';
import { decodeTensors, encodeTensors } from '../store/safetensors.ts';
import { StoreError } from '../store/store-error.ts';
import type { OpenData } from './data.ts';
import { dimensionsOf, type PlannedArm } from './planned.ts';
import { predictPart } from './predict-part.ts';

/** What students need of one finished run. */
export interface Demand {
  /** The teacher. */
  readonly arm: PlannedArm;
  /** Of its run. */
  readonly folder: string;
  readonly heads: readonly string[];
  /** How it predicts whole images. */
  readonly predict: Distilled['predict'];
  /** Data of the student, and the cases of them. */
  readonly data: OpenData;
  readonly cases: readonly string[];
}

export interface Tools {
  /** The teacher's network, to which weights are written. */
  readonly network: () => Promise<Session>;
  readonly registry: Registry;
  readonly signal: AbortSignal | undefined;
  /** Called before the first prediction, with how many cases there are. */
  readonly begin: (cases: number) => void;
}

const shortHash = 12;

/**
 * Makes sure that the logits of all cases lie beside the teacher's run, and says where. They are kept by weights and
 * images, so students share them, and what an interrupted run has predicted is not predicted again. `undefined` if the
 * signal came before the last one.
 */
export async function ensureLogits(
  demand: Demand,
  { network, registry, signal, begin }: Tools,
): Promise<string | undefined> {
  const { arm, data, heads, cases, predict } = demand;
  const weights = await readTeacherWeights(demand.folder);
  const folder = path.join(files(demand.folder).logits, keyOf(weights.hash, demand).slice(0, shortHash));
  const missing: { id: string; heads: readonly string[] }[] = [];
  for (const id of cases) {
    const lacking: string[] = [];
    for (const head of heads) if (!(await isWhole(predictionFile(folder, head, id)))) lacking.push(head);
    if (lacking.length > 0) missing.push({ id, heads: lacking });
  }
  if (missing.length === 0) return folder;

  begin(missing.length);
  for (const head of heads) await makeFolder(path.join(folder, head));
  const session = await network();
  await session.init();
  await session.write(weights.tensors);
  const prepare = await preparation(data.set, data.source, [], registry);
  const prediction = await openPrediction(predict, registry);
  const predictor = { session, size: arm.size, heads, prediction, window: data.set.window };
  for (const { id, heads: lacking } of missing) {
    if (signal?.aborted) return undefined;
    const one = await prepare(await data.source.read(id));
    const whole = { corner: { top: 0, left: 0 }, size: [one.height, one.width] } as const;
    const logits = await predictPart(one, whole, predictor);
    const shape = [one.classes, one.height, one.width];
    for (const head of lacking) {
      const tensors = new Map([[logitsTensor, { shape, data: logits[head]! }]]);
      const metadata = { case: id, head, weights: weights.hash };
      await writeWhole(predictionFile(folder, head, id), encodeTensors({ tensors, metadata }));
    }
  }
  return folder;
}

/** A network of the teacher that gives the logits of these heads. */
export async function openTeacher(
  arm: PlannedArm,
  heads: readonly string[],
  engine: Engine,
  registry: Registry,
): Promise<Session> {
  return await engine.load(await predictionGraph(arm.experiment, dimensionsOf(arm), heads, registry));
}

/** The weights of a finished run, and their SHA-256. Rejects with a StoreError if they are damaged. */
export async function readTeacherWeights(
  run: string,
): Promise<{ readonly hash: string; readonly tensors: Tensors }> {
  const file = files(run).weights;
  const bytes = await readWhole(file);
  const found = bytes ? decodeTensors(bytes) : { reason: 'it is gone' };
  if (!bytes || 'reason' in found)
    throw new StoreError(
      `The weights of a teacher cannot be read: ${'reason' in found ? found.reason : ''}.`,
      file,
      'Run the teacher by itself with --force to train it again.',
    );
  return {
    hash: createHash('sha256').update(bytes).digest('hex'),
    tensors: new Map([...found.tensors].map(([name, { data }]) => [name, data])),
  };
}

/** Of all that decides what a network predicts for a case, but for the network itself. */
function keyOf(weights: string, { data, predict }: Demand): string {
  const { hash, set } = data;
  const { source, size, window } = set;
  const steps = predict.map(({ name, options }) => [name, options]);
  return createHash('sha256')
    .update(JSON.stringify([weights, hash, source.name, source.options, size ?? null, window, steps]))
    .digest('hex');
}

/** Whether a file is there, and by its head and length not damaged. */
async function isWhole(file: string): Promise<boolean> {
  try {
    await openSafetensors(await fileBytes(file), logitsTensor);
    return true;
  } catch (error) {
    if (error instanceof DataError) return false;
    throw error;
  }
}
