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

/** A difference that a reader sees at once: the search goes on for a while to find one. */
export const plainGap = 0.01;

const softLevels = [0.5, 0.3, 0.7, 0.1, 0.9, 0, 1];
const hardLevels = [1, 0];

/** The first label whose loss at itself is not 0. */
export function searchZero(graph: LossGraph): Search<Example> {
  let tried = 0;
  for (const labels of labelsOf(graph)) {
    tried++;
    const atLabel = lossAt(graph, { prediction: labels[0]!, labels });
    if (Math.abs(atLabel) > tolerance || Number.isNaN(atLabel))
      return { found: example(graph, { prediction: labels[0]!, labels }, atLabel, atLabel), tried };
  }
  return { found: undefined, tried };
}

/**
 * A prediction that costs less than the label: first all predictions of zeros and ones (a ratio of affine functions is
 * least at one of them), then along each pixel from the best of them, from the label, and from a second target.
 */
export function searchLower(graph: LossGraph, budget: number): Search<Example> {
  let tried = 0;
  let fallback: Example | undefined;
  for (const labels of labelsOf(graph)) {
    if (tried > budget) break;
    const target = labels[0]!;
    const atLabel = lossAt(graph, { prediction: target, labels });
    let best = { prediction: target, loss: atLabel };
    const consider = (prediction: readonly number[]) => {
      tried++;
      const loss = lossAt(graph, { prediction, labels });
      if (loss < best.loss - tolerance) best = { prediction, loss };
    };
    for (const corner of corners(graph.setting)) consider(corner);
    for (const start of new Set([best.prediction, ...labels]))
      for (const near of alongPixels(start, graph.setting)) consider(near);
    if (best.prediction === target) continue;
    const found = example(graph, { prediction: best.prediction, labels }, best.loss, atLabel);
    if (atLabel - best.loss > plainGap) return { found, tried };
    fallback ??= found;
  }
  return { found: fallback, tried };
}

/** A prediction that costs exactly what the label costs, which is not the label. */
export function searchEqual(graph: LossGraph, budget: number): Search<Example> {
  let tried = 0;
  for (const labels of labelsOf(graph)) {
    if (tried > budget) break;
    const target = labels[0]!;
    const atLabel = lossAt(graph, { prediction: target, labels });
    const others = [
      ...corners(graph.setting),
      ...exchanges(target, graph.setting),
      ...alongPixels(target, graph.setting),
    ];
    for (const prediction of others) {
      if (distance(prediction, target) < tolerance) continue;
      tried++;
      const loss = lossAt(graph, { prediction, labels });
      if (Math.abs(loss - atLabel) <= tolerance)
        return { found: example(graph, { prediction, labels }, loss, atLabel), tried };
    }
  }
  return { found: undefined, tried };
}

/** Shares of the way from a corner of the predictions to the label, from nothing on. */
const approach = [0, 1e-12, 1e-9, 1e-6, 1e-4, 1e-2];

/** A gradient that grows by this, twice in a row, has no bound as far as numbers can tell. */
const growth = 30;
const large = 1e4;

/** A prediction at which the loss or its gradient is infinite or no number, or to which the gradient grows without end. */
export function searchSteep(
  graph: LossGraph,
  budget: number,
): Search<Example & { readonly gradient: number }> {
  let tried = 0;
  for (const labels of labelsOf(graph)) {
    for (const corner of corners(graph.setting)) {
      if (tried > budget) return { found: undefined, tried };
      const path = approach.map((share): Steepness => {
        tried++;
        const prediction = corner.map((p, i) => (1 - share) * p + share * labels[0]![i]!);
        const { loss, gradient } = slopeAt(graph, { prediction, labels });
        const size = Math.max(...gradient.map(Math.abs));
        const finite = Number.isFinite(loss) && Number.isFinite(size);
        return { prediction, loss, size: finite ? size : Number.POSITIVE_INFINITY };
      });
      const worst =
        path.find(({ size }) => size === Number.POSITIVE_INFINITY) ??
        path.find(({ size }, i) => {
          const [next, after] = [path[i + 1]?.size ?? size, path[i + 2]?.size ?? size];
          return size > large && size > growth * next && next > growth * after;
        });
      if (!worst) continue;
      const atLabel = lossAt(graph, { prediction: labels[0]!, labels });
      const found = example(graph, { prediction: worst.prediction, labels }, worst.loss, atLabel);
      return { found: { ...found, gradient: worst.size }, tried };
    }
  }
  return { found: undefined, tried };
}

interface Steepness {
  readonly prediction: readonly number[];
  readonly loss: number;
  readonly size: number;
}

/** Labels to try, one a target: shares of the last class against the first, at each pixel. */
function* labelsOf({ setting, soft }: LossGraph): Generator<readonly (readonly number[])[]> {
  const pixels = setting.images * setting.pixels;
  const [first, ...others] = soft;
  // Two targets make pairs of labels: fewer of each.
  const levels = (isSoft: boolean) =>
    !isSoft ? hardLevels : others.length > 0 && pixels > 1 ? [0, 1, 0.5] : softLevels;
  const labelsWith = (isSoft: boolean) =>
    product(Array.from({ length: pixels }, () => levels(isSoft))).map((shares) => labelOf(shares, setting));
  if (first && others.length === 0 && setting.classes > 2) yield [faintLabel(setting)];
  for (const label of labelsWith(first!)) {
    if (others.length === 0) yield [label];
    else
      for (const second of labelsWith(others.every(Boolean)))
        if (distance(label, second) > 0) yield [label, ...others.map(() => second)];
  }
}

/** The share of a class that is all but absent: below the usual threshold of presence. */
const faint = 0.008;

/** A pixel that is almost all of one class, the rest of it of another: of three classes or more. */
const faintLabel = ({ classes, images, pixels }: Setting): readonly number[] =>
  Array.from({ length: classes }, (_, c) =>
    new Array<number>(images * pixels).fill(c === 0 ? 1 - faint : c === 1 ? faint : 0),
  ).flat();

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

/** Two classes of a pixel change places. */
function exchanges(
  start: readonly number[],
  { classes, images, pixels }: Setting,
): readonly (readonly number[])[] {
  const places = images * pixels;
  const pairs = Array.from({ length: classes }, (_, c) => c).flatMap((a) =>
    Array.from({ length: classes - a - 1 }, (_, i) => [a, a + 1 + i] as const),
  );
  return pairs.map(([a, b]) =>
    start.map((p, i) => {
      const [c, place] = [Math.floor(i / places), i % places];
      return place > 0 ? p : c === a ? start[b * places]! : c === b ? start[a * places]! : p;
    }),
  );
}

const distance = (a: readonly number[], b: readonly number[]) =>
  Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));

function example({ setting, soft }: LossGraph, point: Point, loss: number, atLabel: number): Example {
  const places = setting.images * setting.pixels;
  const rows = (flat: readonly number[]) =>
    Array.from({ length: setting.classes }, (_, c) => flat.slice(c * places, (c + 1) * places));
  return {
    label: rows(point.labels[0]!),
    ...(soft.length > 1 ? { teacher: rows(point.labels[1]!) } : {}),
    prediction: rows(point.prediction),
    loss,
    atLabel,
  };
}
