import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Distilled } from '../../compiler/experiment.ts';
import type { LabelMap } from '../labels/step.ts';
import { softmax } from '../softmax.ts';
import { decodeTensors, type StoredTensor } from '../store/safetensors.ts';
import { teacherKey } from './label-key.ts';
import { DataError } from './source.ts';

/** Where what teachers predict lies: a folder by `teacherKey`. */
export type TeacherFolders = Readonly<Record<string, string>>;

/** Logits that one trained network predicts for whole images, as files. */
export interface TeacherPredictions {
  /** [class, height, width]. Rejects with a DataError where they are not there or damaged. */
  read(id: string, head: string): Promise<StoredTensor>;
}

/** Name of the tensor in each file. */
export const logitsTensor = 'logits';

/** The file of one case and head. A name of a case may hold what a name of a file may not. */
export const predictionFile = (folder: string, head: string, id: string): string =>
  join(folder, head, `${encodeURIComponent(id)}.safetensors`);

export function openPredictions(folder: string): TeacherPredictions {
  return {
    async read(id, head) {
      const path = predictionFile(folder, head, id);
      const bytes = await readFile(path).catch((error: Error) => {
        throw new DataError(
          `What the teacher predicts for case ${id} cannot be read: ${error.message}`,
          path,
          'Run again: what is missing is predicted anew.',
        );
      });
      const logits = logitsIn(bytes);
      if ('reason' in logits)
        throw new DataError(
          `What the teacher predicts for case ${id} is damaged: ${logits.reason}.`,
          path,
          'Run again: it is predicted anew.',
        );
      return logits;
    },
  };
}

/** The logits of a file's content, [class, height, width]. */
export function logitsIn(bytes: Uint8Array): StoredTensor | { readonly reason: string } {
  const file = decodeTensors(bytes);
  if ('reason' in file) return file;
  return file.tensors.get(logitsTensor) ?? { reason: `it holds no '${logitsTensor}'` };
}

/** A case as predictions are asked for it. */
interface Asked {
  readonly id: string;
  readonly classes: number;
  readonly height: number;
  readonly width: number;
}

/**
 * What `roots` give for one case: all is read at once, so that a label source is evaluated without waiting.
 */
export async function predictionsOf(
  roots: readonly Distilled[],
  folders: TeacherFolders,
  asked: Asked,
): Promise<(root: Distilled) => LabelMap> {
  const read = new Map<string, StoredTensor>();
  for (const root of roots) {
    const key = logitsKey(root);
    if (!read.has(key)) read.set(key, await readLogits(root, folders, asked));
  }
  return (root) => softmax(read.get(logitsKey(root))!.data, asked.classes, root.temperature);
}

const logitsKey = (root: Distilled): string => JSON.stringify([teacherKey(root), root.head]);

async function readLogits(
  root: Distilled,
  folders: TeacherFolders,
  { id, classes, height, width }: Asked,
): Promise<StoredTensor> {
  const folder = folders[teacherKey(root)];
  if (folder === undefined) throw new Error(`Nothing is predicted by ${root.experiment.name}.`);
  const logits = await openPredictions(folder).read(id, root.head);
  const expected = [classes, height, width];
  if (JSON.stringify(logits.shape) !== JSON.stringify(expected))
    throw new DataError(
      `The teacher ${root.experiment.name} predicts [${logits.shape}] for case ${id}, expected [${expected}] (class, height, width).`,
      predictionFile(folder, root.head, id),
      'Teacher and student must have the same classes and see the same images.',
    );
  return logits;
}
