import { readWhole, writeWhole } from '../store/files.ts';
import { files } from '../store/run-folder.ts';
import { decodeTensors, encodeTensors } from '../store/safetensors.ts';
import type { Sample } from './case-predictor.ts';

/** Writes the predictions of the cases that pictures show: [class, height, width], by the name of the case. */
export async function writePredictions(folder: string, samples: readonly Sample[]): Promise<void> {
  const tensors = samples.map(({ one: { id, classes, height, width }, probabilities }) => {
    return [id, { shape: [classes, height, width], data: probabilities }] as const;
  });
  await writeWhole(files(folder).predictions, encodeTensors({ tensors: new Map(tensors), metadata: {} }));
}

/** The predictions of a finished run, [class, pixel]; none if the file cannot be read any more. */
export async function readPredictions(folder: string): Promise<ReadonlyMap<string, Float32Array>> {
  const bytes = await readWhole(files(folder).predictions);
  const file = bytes && decodeTensors(bytes);
  if (!file || 'reason' in file) return new Map();
  return new Map([...file.tensors].map(([id, { data }]) => [id, data]));
}
