import { evaluateValues, tensor } from '../lower/reference/evaluate.ts';
import { type LossGraph, labelsName } from './loss-graph.ts';

/** Probabilities and labels, [class, image, pixel], flat. */
export interface Point {
  readonly prediction: readonly number[];
  /** One a target. */
  readonly labels: readonly (readonly number[])[];
}

/** Stands for log p where p has underflowed to 0: log softmax stays finite for all finite logits. */
const lowestLog = -1e4;

const feeds = ({ setting, soft }: LossGraph, { prediction, labels }: Point) => {
  const shape = [setting.classes, setting.images, setting.pixels];
  const logs = prediction.map((p) => Math.max(lowestLog, Math.log(p)));
  const given = soft.map((_, i) => [labelsName(i), tensor(shape, labels[i]!)] as const);
  return {
    probabilities: tensor(shape, prediction),
    logProbabilities: tensor(shape, logs),
    keep: tensor([1, ...shape.slice(1)], new Array<number>(setting.images * setting.pixels).fill(1)),
    ...Object.fromEntries(given),
  };
};

/** The loss itself, in float64. */
export const lossAt = (graph: LossGraph, point: Point): number =>
  evaluateValues([graph.value], feeds(graph, point))[0]!.data[0]!;

/** The loss, and its gradient with respect to the logits of a softmax over classes that gives this prediction. */
export function slopeAt(
  graph: LossGraph,
  point: Point,
): { readonly loss: number; readonly gradient: readonly number[] } {
  const [value, x, logX] = evaluateValues([graph.value, ...graph.gradients], feeds(graph, point));
  const { classes, images, pixels } = graph.setting;
  const places = images * pixels;
  const p = point.prediction;
  const gradient = new Array<number>(p.length).fill(0);
  for (let place = 0; place < places; place++) {
    let [weighted, total] = [0, 0];
    for (let c = 0; c < classes; c++) {
      const i = c * places + place;
      // A factor of 0 stops even an infinite gradient only in exact numbers; here 0 · ∞ shows as no number.
      weighted += p[i]! * x!.data[i]!;
      total += logX!.data[i]!;
    }
    for (let c = 0; c < classes; c++) {
      const i = c * places + place;
      gradient[i] = p[i]! * (x!.data[i]! - weighted) + logX!.data[i]! - p[i]! * total;
    }
  }
  return { loss: value!.data[0]!, gradient };
}
