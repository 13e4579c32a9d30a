import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Experiment, Parts } from '../../compiler/experiment.ts';
import type { Graph, Shape, Variable } from '../../compiler/graph/graph.ts';
import { equal } from '../../compiler/graph/shape.ts';
import type { Registry } from '../../compiler/registry.ts';
import { isTaken, partOf } from '../../compiler/weight-parts.ts';
import { nearest } from '../../grammar/nearest.ts';
import { memoryBytes } from '../arrays/bytes.ts';
import { readSafetensors } from '../arrays/safetensors.ts';
import type { Dimensions } from '../build.ts';
import { belowRoot } from '../data/below-root.ts';
import { DataError } from '../data/source.ts';
import type { Tensors } from '../engines/engine.ts';
import { predictionGraph } from '../prediction-graph.ts';
import type { PlannedArm } from './planned.ts';
import type { Problem } from './problem.ts';
import type { Place } from './run-task.ts';
import { readTeacherWeights } from './teacher-logits.ts';

/** Weights to begin with, and running statistics if the file holds them. */
export interface StartWeights {
  /** SHA-256 of the file that they are from. */
  readonly hash: string;
  readonly tensors: Tensors;
}

/**
 * The weights of `start: weights("…")`, as float32; nothing for another start. Rejects with a DataError unless the file,
 * below the data root, holds exactly the weights of the model, or of those of its parts that are taken, by name and shape.
 */
export async function readStart(
  { start, ...experiment }: Experiment,
  dimensions: Dimensions,
  root: string,
  registry: Registry,
): Promise<StartWeights | undefined> {
  if (start === 'random' || start.kind === 'trained') return undefined;
  const { parts } = start;
  const written = `start: weights("${start.file}")`;
  const file = path.join(root, belowRoot(start.file, written));
  const bytes = await readFile(file).catch((error: Error) => {
    throw new DataError(
      `The weights ${file} cannot be read: ${error.message}`,
      file,
      `The data root is ${root}; give another by \`--data DIR\` or DML_DATA.`,
    );
  });
  const found = await readSafetensors(memoryBytes(file, bytes));
  const { variables } = await predictionGraph({ ...experiment, start }, dimensions, ['main'], registry);
  const infinite = [...found].filter(
    ([name, { data }]) => isTaken(partOf(name), parts) && !data.every((value) => Number.isFinite(value)),
  );
  const faults = [
    ...misfits(found, variables, parts),
    ...listed(
      'not all numbers are finite in',
      infinite.map(([name]) => `'${name}'`),
    ),
  ];
  if (faults.length > 0)
    throw new DataError(
      `The weights ${file} do not fit \`model: ${experiment.model.name}\`: ${faults.join('; ')}.`,
      file,
      parts === 'all'
        ? 'It must hold every weight of the model and nothing else, kernels as [height, width, in, out]: as the weights.safetensors of a run does. `parts: …` takes a part of it.'
        : 'It must hold every weight of these parts of the model, kernels as [height, width, in, out].',
    );
  return {
    hash: createHash('sha256').update(bytes).digest('hex'),
    tensors: new Map(
      [...found].flatMap(([name, { data }]) =>
        isTaken(partOf(name), parts) ? [[name, Float32Array.from(data)]] : [],
      ),
    ),
  };
}

/** The network that an experiment is built as, and the one that it begins with. */
type Built = Pick<PlannedArm, 'experiment' | 'data' | 'size'>;

/** Why an experiment cannot begin with the weights of another one; nothing if it can. */
export async function trainedMisfit(
  own: Built,
  other: Built,
  registry: Registry,
): Promise<Problem | undefined> {
  const { start, model, name } = own.experiment;
  if (start === 'random' || start.kind !== 'trained') return undefined;
  const variables = await variablesOf(own, registry);
  const known = new Set(variables.map((variable) => partOf(variable.name)));
  // A part that this model lacks is nothing that it could take.
  const theirs = (await variablesOf(other, registry)).filter((variable) => known.has(partOf(variable.name)));
  const found = new Map(theirs.map((variable) => [variable.name, variable]));
  const faults = misfits(found, variables, start.parts);
  if (faults.length === 0) return undefined;
  return {
    message: `${name} cannot begin with the weights of ${other.experiment.name}, which do not fit its \`model: ${model.name}\`: ${faults.join('; ')}.`,
    help: 'Weights are taken over by name and shape: give both the same model and as many channels, or name with `parts` what is the same in both.',
    exit: 2,
  };
}

async function variablesOf({ experiment, data, size: [height, width] }: Built, registry: Registry) {
  const dimensions = { height, width, channels: data.source.channels };
  return (await predictionGraph(experiment, dimensions, ['main'], registry)).variables;
}

/** The weights that a run begins with, where not all are drawn: those of a file, or of a run of another experiment. */
export async function firstWeights(
  { arm, teaching }: Pick<Place, 'arm' | 'teaching'>,
  { variables }: Graph,
): Promise<StartWeights | undefined> {
  const { start } = arm.experiment;
  if (start === 'random' || start.kind === 'weights') return arm.start;
  if (teaching.start === undefined)
    throw new Error(`Nothing is there for ${arm.experiment.name} to begin with.`);
  const { hash, tensors } = await readTeacherWeights(teaching.start);
  const own = new Set(variables.map(({ name }) => name));
  const taken = [...tensors].filter(([name]) => own.has(name) && isTaken(partOf(name), start.parts));
  return { hash, tensors: new Map(taken) };
}

/**
 * What is lacking of what is to be taken, too much, or of another shape. Statistics may be left out: they begin as they
 * always do.
 */
function misfits(
  found: ReadonlyMap<string, { readonly shape: Shape }>,
  variables: readonly Variable[],
  parts: Parts,
): readonly string[] {
  const wanted = new Map(variables.map((variable) => [variable.name, variable]));
  const isWanted = (name: string) => isTaken(partOf(name), parts);
  const lacking = variables.filter(
    ({ name, role }) => role === 'weight' && isWanted(name) && !found.has(name),
  );
  const superfluous = [...found.keys()].filter((name) => isWanted(name) && !wanted.has(name));
  const reshaped = [...found].flatMap(([name, { shape }]) => {
    const expected = wanted.get(name)?.shape;
    return expected && isWanted(name) && !equal(shape, expected)
      ? [`'${name}' is [${shape}] in it, expected [${expected}]`]
      : [];
  });
  return [
    ...unknownParts(parts, variables),
    ...listed(
      'it lacks',
      lacking.map(({ name, shape }) => `'${name}' [${shape}]`),
    ),
    ...listed(
      'the model has no',
      superfluous.map((name) => `'${name}'`),
    ),
    ...reshaped.slice(0, shown),
  ];
}

/** Parts that are named and that the model has not, which only its weights can tell of a model that does not say. */
function unknownParts(parts: Parts, variables: readonly Variable[]): readonly string[] {
  const known = [...new Set(variables.map(({ name }) => partOf(name)))];
  const named = parts === 'all' ? [] : 'only' in parts ? parts.only : parts.but;
  return named
    .filter((part) => !known.includes(part))
    .map((part) => {
      const guess = nearest(part, known);
      const has = guess ? `did you mean '${guess}'?` : `it has ${known.map((one) => `'${one}'`).join(', ')}`;
      return `the model has no part '${part}' (${has})`;
    });
}

/** So many names of a kind are said. */
const shown = 3;

function listed(what: string, names: readonly string[]): readonly string[] {
  if (names.length === 0) return [];
  const more = names.length > shown ? ` and ${names.length - shown} more` : '';
  return [`${what} ${names.slice(0, shown).join(', ')}${more}`];
}
