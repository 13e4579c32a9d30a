import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { gradients } from '../../../compiler/graph/autodiff.ts';
import { GraphBuilder } from '../../../compiler/graph/builder.ts';
import type { Graph } from '../../../compiler/graph/graph.ts';
import { conv2d } from '../../../compiler/graph/operations/conv2d.ts';
import { mul } from '../../../compiler/graph/operations/mul.ts';
import { sum } from '../../../compiler/graph/operations/sum.ts';
import { size } from '../../../compiler/graph/shape.ts';
import { evaluate, tensor } from '../../../compiler/lower/reference/evaluate.ts';
import { savedModelBytes } from '../../../compiler/lower/tensorflow/saved-model.ts';
import { random } from '../../random.ts';
import { EngineError } from '../error.ts';
import { lastLines, runProgram } from './process.ts';
import { settingsFor } from './settings.ts';

/** What the library said of itself while it computed. */
export interface SelfTest {
  readonly version: string;
  readonly gpu: boolean;
}

const shapes = { x: [2, 8, 8, 3], w: [3, 3, 3, 16] };

/**
 * Loads the package in a process of its own, since a library that does not fit may end it, and compares a convolution and
 * its gradients with the reference.
 * @throws EngineError where it fails
 */
export async function selfTest(packageFolder: string): Promise<SelfTest> {
  const graph = convolution();
  const feeds = Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [name, numbers(name, size(shape))]),
  );
  const folder = await mkdtemp(path.join(os.tmpdir(), 'dml-self-test-'));
  try {
    await writeFile(path.join(folder, 'saved_model.pb'), savedModelBytes(graph));
    await writeFile(path.join(folder, 'test.cjs'), script);
    await writeFile(path.join(folder, 'feeds.json'), JSON.stringify({ packageFolder, shapes, feeds }));
    const { code, signal, stdout, stderr } = await runProgram(process.execPath, ['test.cjs'], {
      cwd: folder,
      env: { ...process.env, ...settingsFor({ engine: 'cuda', threads: 1 }), NODE_OPTIONS: '' },
    });
    if (code !== 0)
      throw new EngineError(
        `TensorFlow was built but does not run (${signal ?? `exit ${code}`}):\n${lastLines(stderr, 10)}`,
        'Try another TensorFlow with --from; 2.21.0 is known to work.',
      );
    const { results, ...said }: SelfTest & { results: Record<string, number[]> } = JSON.parse(
      lastLines(stdout, 1),
    );
    demandEqual(graph, feeds, results);
    return said;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const script = `
const util = require('node:util');
util.isArray = Array.isArray;
util.isNullOrUndefined = (value) => value === null || value === undefined;
const { packageFolder, shapes, feeds } = require('./feeds.json');
const tf = require(packageFolder);
const { isUsingGpuDevice, binding } = tf.backend();
tf.node.loadSavedModel(__dirname, ['serve'], 'convolve').then((model) => {
  const inputs = Object.entries(feeds).map(([name, data]) => [name, tf.tensor(data, shapes[name], 'float32')]);
  const outputs = Object.entries(model.predict(Object.fromEntries(inputs)));
  const results = Object.fromEntries(outputs.map(([name, value]) => [name, [...value.dataSync()]]));
  console.log(JSON.stringify({ version: binding.TF_Version, gpu: isUsingGpuDevice, results }));
});
`;

function convolution(): Graph {
  const builder = new GraphBuilder();
  const x = builder.input('x', shapes.x);
  const w = builder.input('w', shapes.w);
  const y = conv2d(x, w);
  const [dx, dw] = gradients(sum(mul(y, y)), [x, w]);
  builder.define('convolve', { y, dx: dx!, dw: dw! });
  return builder.build();
}

function numbers(name: string, count: number): number[] {
  const stream = random('self-test', name);
  return Array.from({ length: count }, () => Math.fround(stream.uniform() - 0.5));
}

/** Relative to the largest entry: one rounding of float32 is 6e-8, one of TF32 is 5e-4. */
const tolerance = 2e-5;

function demandEqual(
  graph: Graph,
  feeds: Readonly<Record<string, readonly number[]>>,
  found: Readonly<Record<string, readonly number[]>>,
): void {
  const { outputs } = evaluate(graph, 'convolve', {
    x: tensor(shapes.x, feeds.x!),
    w: tensor(shapes.w, feeds.w!),
  });
  for (const [name, { data }] of Object.entries(outputs)) {
    const largest = data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const error = data.reduce(
      (most, value, i) => Math.max(most, Math.abs(value - (found[name]?.[i] ?? Number.NaN))),
      0,
    );
    if (!(error <= tolerance * largest))
      throw new EngineError(
        `TensorFlow runs but computes ${name} of a convolution wrongly: off by ${error} where the largest is ${largest}.`,
        'Try another TensorFlow with --from; 2.21.0 is known to work.',
      );
  }
}
