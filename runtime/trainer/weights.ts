import type { Graph, Initial } from '../../compiler/graph/graph.ts';
import { size } from '../../compiler/graph/shape.ts';
import type { Tensors } from '../engines/engine.ts';
import { random } from '../random.ts';

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
