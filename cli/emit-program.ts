import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Experiment } from '../compiler/experiment.ts';
import type { Graph } from '../compiler/graph/graph.ts';
import { nativeProfile } from '../compiler/graph/passes/native-profile.ts';
import { lowerFunction } from '../compiler/lower/onnx/lower.ts';
import { savedModelBytes } from '../compiler/lower/tensorflow/saved-model.ts';
import type { Registry } from '../compiler/registry.ts';
import { trainingGraph } from './training-graph.ts';
import { writeFileWhole } from './write-file.ts';

export type ProgramForm = 'savedmodel' | 'onnx';

/** Files of a program, by name. */
const forms: Readonly<Record<ProgramForm, (graph: Graph) => Readonly<Record<string, Uint8Array>>>> = {
  savedmodel: (graph) => ({ 'saved_model.pb': savedModelBytes(graph) }),
  onnx(graph) {
    const plain = Object.values(nativeProfile(plainLayout)).reduce((passed, pass) => pass(passed), graph);
    const names = Object.keys(plain.functions);
    return Object.fromEntries(names.map((name) => [`${name}.onnx`, lowerFunction(plain, name).model]));
  },
};

/** Blocks of one channel, which every processor can work in. */
const plainLayout = 1;

/** Writes the training graph of an experiment into a folder; returns the files. */
export async function emitProgram(
  form: ProgramForm,
  experiment: Experiment,
  registry: Registry,
  { root, output, cwd }: { readonly root: string; readonly output: string; readonly cwd: string },
): Promise<readonly string[]> {
  const { graph } = await trainingGraph(experiment, root, registry);
  await mkdir(path.resolve(cwd, output), { recursive: true });
  const files = Object.entries(forms[form](graph));
  for (const [name, bytes] of files) await writeFileWhole(path.join(output, name), bytes, cwd);
  return files.map(([name]) => path.join(output, name));
}
