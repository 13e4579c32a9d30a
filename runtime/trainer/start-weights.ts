import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Experiment } from '../../compiler/experiment.ts';
import type { Variable } from '../../compiler/graph/graph.ts';
import { equal } from '../../compiler/graph/shape.ts';
import type { Registry } from '../../compiler/registry.ts';
import type { NumericArray } from '../arrays/array.ts';
import { memoryBytes } from '../arrays/bytes.ts';
import { readSafetensors } from '../arrays/safetensors.ts';
import type { Dimensions } from '../build.ts';
import { belowRoot } from '../data/below-root.ts';
import { DataError } from '../data/source.ts';
import type { Tensors } from '../engines/engine.ts';
import { predictionGraph } from '../prediction-graph.ts';

/** Weights to begin with, and running statistics if the file holds them. */
export interface StartWeights {
  /** SHA-256 of the file. */
  readonly hash: string;
  readonly tensors: Tensors;
}

/**
 * The weights of `start: weights("…")`, as float32; nothing for `start: random`. Rejects with a DataError unless the
 * file, below the data root, holds exactly the weights of the model, by name and shape.
 */
export async function readStart(
  { start, ...experiment }: Experiment,
  dimensions: Dimensions,
  root: string,
  registry: Registry,
): Promise<StartWeights | undefined> {
  if (start === 'random') return undefined;
  const written = `start: weights("${start.weights}")`;
  const file = path.join(root, belowRoot(start.weights, written));
  const bytes = await readFile(file).catch((error: Error) => {
    throw new DataError(
      `The weights ${file} cannot be read: ${error.message}`,
      file,
      `The data root is ${root}; give another by \`--data DIR\` or DML_DATA.`,
    );
  });
  const found = await readSafetensors(memoryBytes(file, bytes));
  const { variables } = await predictionGraph({ ...experiment, start }, dimensions, ['main'], registry);
  const faults = misfits(found, variables);
  if (faults.length > 0)
    throw new DataError(
      `The weights ${file} do not fit \`model: ${experiment.model.name}\`: ${faults.join('; ')}.`,
      file,
      'It must hold every weight of the model and nothing else, kernels as [height, width, in, out]: as the weights.safetensors of a run does.',
    );
  return {
    hash: createHash('sha256').update(bytes).digest('hex'),
    tensors: new Map([...found].map(([name, { data }]) => [name, Float32Array.from(data)])),
  };
}

/** What a file lacks, has too much, or has in another shape. Statistics may be left out: they begin as they always do. */
function misfits(
  found: ReadonlyMap<string, NumericArray>,
  variables: readonly Variable[],
): readonly string[] {
  const wanted = new Map(variables.map((variable) => [variable.name, variable]));
  const lacking = variables.filter(({ name, role }) => role === 'weight' && !found.has(name));
  const superfluous = [...found.keys()].filter((name) => !wanted.has(name));
  const reshaped = [...found].flatMap(([name, { shape }]) => {
    const expected = wanted.get(name)?.shape;
    return expected && !equal(shape, expected)
      ? [`'${name}' is [${shape}] in it, expected [${expected}]`]
      : [];
  });
  const infinite = [...found].filter(([, { data }]) => !data.every((value) => Number.isFinite(value)));
  return [
    ...listed(
      'it lacks',
      lacking.map(({ name, shape }) => `'${name}' [${shape}]`),
    ),
    ...listed(
      'the model has no',
      superfluous.map((name) => `'${name}'`),
    ),
    ...reshaped.slice(0, shown),
    ...listed(
      'not all numbers are finite in',
      infinite.map(([name]) => `'${name}'`),
    ),
  ];
}

/** So many names of a kind are said. */
const shown = 3;

function listed(what: string, names: readonly string[]): readonly string[] {
  if (names.length === 0) return [];
  const more = names.length > shown ? ` and ${names.length - shown} more` : '';
  return [`${what} ${names.slice(0, shown).join(', ')}${more}`];
}
