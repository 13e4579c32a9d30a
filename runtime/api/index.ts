/**
 * What a user's own TypeScript imports from "dml". A loss and a model are functions that build graph nodes from graph
 * nodes with the operations below, so they run on every engine and have a gradient; a label step and a metric compute
 * on plain arrays. Shapes are static: `value.shape` is known while a graph is built.
 */

export type { Operand, Value } from '../../compiler/graph/builder.ts';
export { averagePool2d, resizeBilinear } from '../../compiler/graph/functions/resample.ts';
export { softmax } from '../../compiler/graph/functions/softmax.ts';
export type { Initial, Shape } from '../../compiler/graph/graph.ts';
export { abs } from '../../compiler/graph/operations/abs.ts';
export { add } from '../../compiler/graph/operations/add.ts';
export { biasAdd } from '../../compiler/graph/operations/bias-add.ts';
export { broadcast } from '../../compiler/graph/operations/broadcast.ts';
export { concat } from '../../compiler/graph/operations/concat.ts';
export { conv2d } from '../../compiler/graph/operations/conv2d.ts';
export { div } from '../../compiler/graph/operations/div.ts';
export { exp } from '../../compiler/graph/operations/exp.ts';
export { greater } from '../../compiler/graph/operations/greater.ts';
export { log } from '../../compiler/graph/operations/log.ts';
export { mapAxis } from '../../compiler/graph/operations/map-axis.ts';
export { matmul } from '../../compiler/graph/operations/matmul.ts';
export { max } from '../../compiler/graph/operations/max.ts';
export { maxPool2d } from '../../compiler/graph/operations/max-pool2d.ts';
export { min } from '../../compiler/graph/operations/min.ts';
export { mul } from '../../compiler/graph/operations/mul.ts';
export { neg } from '../../compiler/graph/operations/neg.ts';
export { pow } from '../../compiler/graph/operations/pow.ts';
export { relu } from '../../compiler/graph/operations/relu.ts';
export { reshape } from '../../compiler/graph/operations/reshape.ts';
export { sign } from '../../compiler/graph/operations/sign.ts';
export { slice } from '../../compiler/graph/operations/slice.ts';
export { sqrt } from '../../compiler/graph/operations/sqrt.ts';
export { sub } from '../../compiler/graph/operations/sub.ts';
export { sum } from '../../compiler/graph/operations/sum.ts';
export { transpose } from '../../compiler/graph/operations/transpose.ts';
export { upsampleNearest } from '../../compiler/graph/operations/upsample-nearest.ts';
export type { Duration, Interval, Mix, Pixels, Quantity, Share, Size } from '../../compiler/registry.ts';
export {
  type CombineRaters,
  type LabelContext,
  LabelError,
  type LabelMap,
  type LabelStep,
} from '../labels/step.ts';
export { ce } from '../losses/ce.ts';
export { dml1 } from '../losses/dml1.ts';
export { dml2 } from '../losses/dml2.ts';
export { LossError, type LossInputs } from '../losses/loss.ts';
export { type OverlapOptions, overlap, type Ratio } from '../losses/overlap-ratio.ts';
export type { Sums } from '../losses/overlap-sums.ts';
export { sdl } from '../losses/sdl.ts';
export type { Metric, ScoredCase } from '../metrics/metric.ts';
export { largestClasses } from '../metrics/selection.ts';
export { type Heads, ModelError, type ModelInputs } from '../models/model.ts';
export type { Random } from '../random.ts';
export { constant } from './constant.ts';
