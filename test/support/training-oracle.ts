import { GraphBuilder } from '../../compiler/graph/builder.ts';
import { softmax } from '../../compiler/graph/functions/softmax.ts';
import type { Graph } from '../../compiler/graph/graph.ts';
import { add } from '../../compiler/graph/operations/add.ts';
import { biasAdd } from '../../compiler/graph/operations/bias-add.ts';
import { conv2d } from '../../compiler/graph/operations/conv2d.ts';
import { mul } from '../../compiler/graph/operations/mul.ts';
import { relu } from '../../compiler/graph/operations/relu.ts';
import { reshape } from '../../compiler/graph/operations/reshape.ts';
import { transpose } from '../../compiler/graph/operations/transpose.ts';
import { passes } from '../../compiler/graph/passes/index.ts';
import { ce } from '../../runtime/losses/ce.ts';
import { dml1 } from '../../runtime/losses/dml1.ts';
import { sgd } from '../../runtime/optimizers/sgd.ts';
import { oracle } from './oracle.ts';
import type { StoredTensor } from './stored-tensor.ts';

export interface TrainingCase {
  readonly loss: string;
  readonly smooth: number;
  readonly image: StoredTensor;
  readonly target: StoredTensor;
  readonly initial: Readonly<Record<string, StoredTensor>>;
  readonly after_two_steps: Readonly<Record<string, StoredTensor>>;
  readonly final: Readonly<Record<string, StoredTensor>>;
  readonly steps: readonly {
    readonly lr: number;
    readonly ce: number;
    readonly dml1: number;
    readonly loss: number;
  }[];
}

/** The trajectory of 10 steps on a network of two convolutions; `undefined` where the vectors are absent. */
export const trainingCase = oracle<{ cases: TrainingCase[] }>('training')?.cases.find(
  ({ loss }) => loss === 'dml1',
);

/** That network with 0.25 CE + 0.75 DML1 and SGD, as the training graph that engines get. */
export function trainingGraph({ image, initial, smooth }: TrainingCase): Graph {
  const builder = new GraphBuilder();
  const [batch, height, width] = image.shape as [number, number, number];
  const weight = (name: string) =>
    builder.variable({
      name,
      shape: initial[name]!.shape,
      role: 'weight',
      initial: { kind: 'fill', value: 0 },
    });
  const convolve = (x: Parameters<typeof conv2d>[0], name: string) =>
    biasAdd(conv2d(x, weight(`${name}.kernel`)), weight(`${name}.bias`));
  const maps = convolve(relu(convolve(builder.input('image', image.shape), 'conv1')), 'conv2');
  const logits = reshape(transpose(maps, [3, 0, 1, 2]), [2, batch, height * width]);
  const inputs = {
    ...softmax(logits, 0),
    labels: builder.input('labels0', [2, batch, height * width]),
    keep: builder.input('keep', [1, batch, height * width]),
    height,
    width,
    soft: true,
  };
  const terms = [ce(inputs), dml1(inputs, { smooth })];
  const loss = add(mul(terms[0]!, 0.25), mul(terms[1]!, 0.75));
  builder.define('train', {
    loss: reshape(loss, [1]),
    'loss.0': reshape(terms[0]!, [1]),
    'loss.1': reshape(terms[1]!, [1]),
  });
  builder.define('infer', { probabilities: inputs.probabilities });
  const options = { rate: 0.2, momentum: 0.9, decay: 5e-4 };
  return Object.values(passes((context) => sgd(context, options))).reduce(
    (graph, pass) => pass(graph),
    builder.build(),
  );
}
