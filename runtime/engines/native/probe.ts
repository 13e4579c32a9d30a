import { GraphBuilder } from '../../../compiler/graph/builder.ts';
import type { Graph, Shape } from '../../../compiler/graph/graph.ts';
import { blockedBiasGradient } from '../../../compiler/graph/operations/blocked/blocked-bias-gradient.ts';
import { blockedConv2d } from '../../../compiler/graph/operations/blocked/blocked-conv2d.ts';
import { blockedFilterGradient } from '../../../compiler/graph/operations/blocked/blocked-filter-gradient.ts';
import { blockedMaxPool2d } from '../../../compiler/graph/operations/blocked/blocked-max-pool2d.ts';
import { blockedMaxPool2dGradient } from '../../../compiler/graph/operations/blocked/blocked-max-pool2d-gradient.ts';
import { packImage } from '../../../compiler/graph/operations/blocked/pack-image.ts';
import { selectTaps } from '../../../compiler/graph/operations/blocked/select-taps.ts';
import { unpackImage } from '../../../compiler/graph/operations/blocked/unpack-image.ts';
import { size } from '../../../compiler/graph/shape.ts';
import { ModelWriter } from '../../../compiler/lower/onnx/model.ts';
import { NCHWC } from '../../../compiler/lower/onnx/nchwc/layout.ts';
import { evaluate, type TensorMap, tensor } from '../../../compiler/lower/reference/evaluate.ts';
import { type Onnxruntime, sessionOptions } from './onnxruntime.ts';
import { openSession } from './session.ts';

/**
 * Channels in a block of ONNX Runtime's blocked operators on this processor: 16 with AVX-512, 8 with AVX2. It is 1, the
 * plain layout, where there are none, and where they do not compute what we know of them: they are internal to the
 * library, so this is tried and not believed.
 */
export function probeBlock(ort: Onnxruntime): Promise<number> {
  const block = known.get(ort) ?? probe(ort);
  known.set(ort, block);
  return block;
}

/** A library stays what it is, and is asked whenever an engine is looked for and opened. */
const known = new WeakMap<Onnxruntime, Promise<number>>();

async function probe(ort: Onnxruntime): Promise<number> {
  const block = await reorderedChannels(ort);
  return block > 1 && (await isSound(ort, block)) ? block : 1;
}

/** To how many channels 4 are filled up. */
async function reorderedChannels(ort: Onnxruntime): Promise<number> {
  const writer = new ModelWriter();
  const x = writer.input('x', [1, 4, 1, 1]);
  writer.output('y', writer.node('ReorderInput', [x], {}, NCHWC), [1, 16, 1, 1]);
  try {
    const session = await ort.InferenceSession.create(writer.finish('probe'), quiet);
    const { y } = await session.run({ x: new ort.Tensor('float32', new Float32Array(4), [1, 4, 1, 1]) });
    await session.release();
    return y!.dims[1]!;
  } catch {
    return 1;
  }
}

const quiet = { ...sessionOptions(1), logSeverityLevel: 4 } as const;

/** Whether a little of everything gives the same whole numbers as plain loops. */
async function isSound(ort: Onnxruntime, block: number): Promise<boolean> {
  const graph = sample(block);
  const inputs: TensorMap = {
    x: numbers([2, 4, 6, 2 * block], 1),
    w: numbers([1, 2, 3, 3, block, block], 2),
    bias: numbers([block], 3),
    sum: numbers([2, 1, 4, 6, block], 4),
  };
  const expected = evaluate(graph, 'sample', inputs).outputs;
  try {
    const session = await openSession(ort, graph, 1);
    const feeds = Object.entries(inputs).map(([name, { data }]) => [name, Float32Array.from(data)]);
    const actual = await session.call('sample', Object.fromEntries(feeds));
    await session.dispose();
    return Object.entries(expected).every(([name, { data }]) => data.every((n, i) => n === actual[name]![i]));
  } catch {
    return false;
  }
}

function sample(block: number): Graph {
  const builder = new GraphBuilder();
  const image = packImage(builder.input('x', [2, 4, 6, 2 * block]), block);
  const w = builder.input('w', [1, 2, 3, 3, block, block]);
  const geometry = { strides: [1, 1], padding: [1, 1, 1, 1], dilations: [1, 1] } as const;
  const [bias, sum] = [builder.input('bias', [block]), builder.input('sum', [2, 1, 4, 6, block])];
  const y = blockedConv2d(image, w, geometry, { bias, sum, relu: true });
  const pooled = blockedMaxPool2d(y);
  const flipped = selectTaps(w, { taps: [8, 7, 6, 5, 4, 3, 2, 1, 0], kernel: [3, 3], turn: true });
  builder.define('sample', {
    y: unpackImage(y, block),
    dx: blockedConv2d(sum, flipped, geometry),
    dw: blockedFilterGradient(image, sum, [3, 3], geometry, false),
    exchanged: blockedFilterGradient(image, sum, [3, 3], geometry, true),
    dbias: blockedBiasGradient(sum),
    pooling: blockedMaxPool2dGradient(y, pooled, pooled),
  });
  return builder.build();
}

/** Small whole numbers of both signs: products and sums are exact in float32. */
const numbers = (shape: Shape, seed: number) =>
  tensor(
    shape,
    Float64Array.from({ length: size(shape) }, (_, i) => ((((i + seed) * 2654435761) % 2 ** 32) % 9) - 4),
  );
