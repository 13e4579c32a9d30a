import type { Graph, Initial } from '../../compiler/graph/graph.ts';
import { size } from '../../compiler/graph/shape.ts';
import type { Tensors } from '../engines/engine.ts';
import { random } from '../random.ts';
import { readWhole } from '../store/files.ts';
import { files } from '../store/run-folder.ts';
import { decodeTensors } from '../store/safetensors.ts';
import type { Problem } from './problem.ts';

/** The weights that a run begins with: drawn from seed and name alone, so they are equal on every engine. */
export function initialWeights({ variables }: Graph, seed: number): Tensors {
  const weights = variables.filter(({ role }) => role === 'weight');
  return new Map(weights.map(({ name, shape, initial }) => [name, draw(initial, name, size(shape), seed)]));
}

function draw(initial: Initial, name: string, length: number, seed: number): Float32Array {
  const data = new Float32Array(length);
  if (initial.kind === 'fill') return data.fill(initial.value);
  const stream = random(seed, 'weights', name);
  for (let i = 0; i < length; i++) data[i] = initial.deviation * stream.normal();
  return data;
}

/** The weights and statistics of a finished run; why not, if they are damaged. */
export async function readWeights(folder: string): Promise<Tensors | Problem> {
  const { weights } = files(folder);
  const bytes = await readWhole(weights);
  const file = bytes ? decodeTensors(bytes) : { reason: 'it is gone' };
  if (!('reason' in file)) return new Map([...file.tensors].map(([name, { data }]) => [name, data]));
  return {
    message: `${weights} cannot be read: ${file.reason}.`,
    help: 'Run with --force to train again.',
    exit: 2,
  };
}
