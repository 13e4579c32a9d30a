import { lossAt, type Point, slopeAt } from './evaluate.ts';
import type { LossGraph, Setting } from './loss-graph.ts';

/** A label, a prediction and the loss at both, all recomputed by the loss itself. [class, pixel], classes of one pixel add up to 1. */
export interface Example {
  readonly label: readonly (readonly number[])[];
  /** The second target, where terms of the loss have two. */
  readonly teacher?: readonly (readonly number[])[];
  readonly prediction: readonly (readonly number[])[];
  readonly loss: number;
  readonly atLabel: number;
}

/** What a search has found, and how many points it has tried. */
export interface Search<Found> {
  readonly found: Found | undefined;
  readonly tried: number;
}

/** What two losses must differ by to be different: float64 sums of a few numbers are exact to much less. */
const tolerance = 1e-9;

const softLevels = [0.5, 0.3, 0.7, 0.1, 0.9, 0, 1];
const hardLevels = [1, 0];

/** The first label whose loss at itself is not 0. */
export function searchZero(graph: LossGraph, soft: boolean): Search<Example> {
  let tried = 0;
  for (const labels of labelsOf(graph, soft)) {
    tried++;
    const atLabel = lossAt(graph, { prediction: labels[0]!, labels });
    if (Math.abs(atLabel) > tolerance || Number.isNaN(atLabel))
      return { found: example(graph, { prediction: labels[0]!, labels }, atLabel, atLabel), tried };
  }
  return { found: undefined, tried };
}

/**
 * A prediction that costs less than the label, or with `equal` as much: first all predictions of zeros and ones (a
 * ratio of affine functions is least at one of them), then along each pixel from the best of them and from the label.
 */
export function searchLower(graph: LossGraph, soft: boolean, budget: number, equal = false): Search<Example> {
  let tried = 0;
  for (const labels of labelsOf(graph, soft)) {
    if (tried > budget) break;
    const target = labels[0]!;
    const atLabel = lossAt(graph, { prediction: target, labels });
    const cost = (prediction: readonly number[]) => {
      tried++;
      const loss = lossAt(graph, { prediction, labels });
      return Number.isNaN(loss) ? Number.POSITIVE_INFINITY : loss;
    };
    let best = { prediction: target, loss: equal ? Number.POSITIVE_INFINITY : atLabel };
    const consider = (prediction: readonly number[]) => {
      if (equal && distance(prediction, target) < 1e-3) return;
      const loss = cost(prediction);
      if (loss < best.loss) best = { prediction, loss };
    };
    for (const corner of corners(graph.setting)) consider(corner);
    for (let round = 0; round < 2 && !(equal && best.loss <= atLabel + tolerance); round++)
      for (const start of [best.prediction, target]) for (const near of alongPixels(start, graph.setting)) consider(near);
    const isFound = equal ? best.loss <= atLabel + tolerance : best.loss < atLabel - tolerance;
    if (isFound) return { found: example(graph, { prediction: best.prediction, labels }, best.loss, atLabel), tried };
  }
  return { found: undefined, tried };
}

/** A prediction at which the loss or its gradient is infinite, no number, or grows without end on the way there. */
export function searchSteep(graph: LossGraph, soft: boolean): Search<Example & { readonly gradient: number }> {
  let tried = 0;
  for (const labels of labelsOf(graph, soft)) {
    for (const corner of corners(graph.setting)) {
      const at = (distance: number): Steepness => {
        tried++;
        const prediction = corner.map((p, i) => (1 - distance) * p + distance * labels[0]![i]!);
        const { loss, gradient } = slopeAt(graph, { prediction, labels });
        const size = Math.max(...gradient.map(Math.abs));
        const finite = Number.isFinite(loss) && Number.isFinite(size);
        return { prediction, loss, size: finite ? size : Number.POSITIVE_INFINITY };
      };
      const [there, near, nearer, far] = [at(0), at(1e-12), at(1e-9), at(1e-6)];
      const grows = near.size > 100 * nearer.size && nearer.size > 100 * far.size && near.size > 1e4;
      const worst = there.size === Number.POSITIVE_INFINITY ? there : grows ? near : undefined;
      if (!worst) continue;
      const atLabel = lossAt(graph, { prediction: labels[0]!, labels });
      return {
        found: { ...example(graph, { prediction: worst.prediction, labels }, worst.loss, atLabel), gradient: worst.size },
        tried,
      };
    }
  }
  return { found: undefined, tried };
}

interface Steepness {
  readonly prediction: readonly number[];
  readonly loss: number;
  readonly size: number;
}

/** Labels to try, of one pixel first: shares of the last class against the first, for each pixel and target. */
function* labelsOf({ setting, targets }: LossGraph, soft: boolean): Generator<readonly (readonly number[])[]> {
  const levels = soft ? softLevels : hardLevels;
  const pixels = setting.images * setting.pixels;
  const choices = product(Array.from({ length: pixels }, () => levels));
  for (const shares of choices) {
    const label = labelOf(shares, setting);
    if (targets === 1) yield [label];
    else
      for (const others of product(Array.from({ length: pixels }, () => softLevels))) {
        const second = labelOf(others, setting);
        if (distance(label, second) > 0) yield [label, ...Array.from({ length: targets - 1 }, () => second)];
      }
  }
}

/** One class by itself has the share; of several the last has it, and the first the rest. */
function labelOf(shares: readonly number[], { classes }: Setting): readonly number[] {
  return Array.from({ length: classes }, (_, c) =>
    shares.map((share) => (c === classes - 1 ? share : c === 0 ? 1 - share : 0)),
  ).flat();
}

/** All predictions of zeros and ones; of several classes one is 1 at each pixel. */
function corners({ classes, images, pixels }: Setting): readonly (readonly number[])[] {
  const places = images * pixels;
  const choices = classes === 1 ? [0, 1] : Array.from({ length: classes }, (_, c) => c);
  return product(Array.from({ length: places }, () => choices)).map((chosen) =>
    Array.from({ length: classes }, (_, c) =>
      chosen.map((choice) => (classes === 1 ? choice : Number(choice === c))),
    ).flat(),
  );
}

const steps = Array.from({ length: 20 }, (_, i) => (i + 1) / 20);

/** From a prediction some way towards each class, one pixel after the other. */
function* alongPixels(
  start: readonly number[],
  { classes, images, pixels }: Setting,
): Generator<readonly number[]> {
  const places = images * pixels;
  const ends = classes === 1 ? [0, 1] : Array.from({ length: classes }, (_, c) => c);
  for (let place = 0; place < places; place++)
    for (const end of ends)
      for (const step of steps)
        yield start.map((p, i) => {
          if (i % places !== place) return p;
          const goal = classes === 1 ? end : Number(Math.floor(i / places) === end);
          return p + step * (goal - p);
        });
}

function product<T>(lists: readonly (readonly T[])[]): readonly (readonly T[])[] {
  return lists.reduce<readonly (readonly T[])[]>(
    (rows, list) => rows.flatMap((row) => list.map((item) => [...row, item])),
    [[]],
  );
}

const distance = (a: readonly number[], b: readonly number[]) =>
  Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));

function example({ setting, targets }: LossGraph, point: Point, loss: number, atLabel: number): Example {
  const places = setting.images * setting.pixels;
  const rows = (flat: readonly number[]) =>
    Array.from({ length: setting.classes }, (_, c) => flat.slice(c * places, (c + 1) * places));
  return {
    label: rows(point.labels[0]!),
    ...(targets > 1 ? { teacher: rows(point.labels[1]!) } : {}),
    prediction: rows(point.prediction),
    loss,
    atLabel,
  };
}
