import type { Random } from '../../random.ts';
import { type KeyPoints, LabelError, type LabelMap } from '../step.ts';

/** Key points that are pixels of the image itself: of each, which. */
export interface OwnKeys {
  readonly keys: KeyPoints;
  readonly pixels: Int32Array;
}

export interface Draws {
  readonly classes: number;
  /** How many, about: rounded up for each class, and no more than it has pixels. */
  readonly count: number;
  /** As many of each class that is there, or as its share of the pixels. */
  readonly sampling: 'balanced' | 'proportional';
  readonly keep: ArrayLike<number>;
  readonly random: Random;
}

/** Draws key points among the kept pixels of an image, of each class of its hard labels, none twice. */
export function drawKeys(labels: LabelMap, hard: LabelMap, draws: Draws): OwnKeys {
  const { classes, count, sampling, keep, random } = draws;
  const all = labels.length / classes;
  const members = Array.from({ length: classes }, (): number[] => []);
  for (let i = 0; i < all; i++) {
    if (!keep[i]) continue;
    for (let c = 0; c < classes; c++) if (hard[c * all + i] === 1) members[c]!.push(i);
  }
  const kept = members.reduce((sum, { length }) => sum + length, 0);
  const present = members.filter(({ length }) => length > 0).length;
  const chosen = members.map((pixels) => {
    const share = sampling === 'balanced' ? 1 / present : pixels.length / kept;
    return pixels.length === 0 ? [] : sampleOf(pixels, Math.ceil(count * share), random);
  });
  const pixels = Int32Array.from(chosen.flat());
  const probabilities = new Float64Array(pixels.length * classes);
  for (const [j, pixel] of pixels.entries())
    for (let c = 0; c < classes; c++) probabilities[j * classes + c] = labels[c * all + pixel]!;
  const keyLabels = Int32Array.from(chosen.flatMap((own, c) => own.map(() => c)));
  return { keys: { probabilities, labels: keyLabels }, pixels };
}

/** Some of the values, none twice (the first steps of Fisher–Yates). */
function sampleOf(values: readonly number[], count: number, random: Random): readonly number[] {
  const rest = [...values];
  const size = Math.min(count, rest.length);
  for (let i = 0; i < size; i++) {
    const j = i + random.integer(rest.length - i);
    [rest[i], rest[j]] = [rest[j]!, rest[i]!];
  }
  return rest.slice(0, size);
}

/** @throws LabelError for keys that are not of these classes */
export function checkKeys({ probabilities, labels }: KeyPoints, classes: number): void {
  if (labels.length === 0 || probabilities.length !== labels.length * classes)
    throw new LabelError(
      `the key points have ${probabilities.length} probabilities and ${labels.length} labels, and there are ${classes} classes.`,
      `Give one row of ${classes} probabilities and one label a key.`,
    );
  for (let j = 0; j < labels.length; j++) {
    const label = labels[j]!;
    if (!(Number.isInteger(label) && label >= 0 && label < classes))
      throw new LabelError(
        `the label of key ${j} (counted from 0) is ${label}.`,
        `Labels of keys are whole numbers from 0 to ${classes - 1}.`,
      );
  }
  for (const [i, p] of probabilities.entries())
    if (!(p >= 0 && p <= 1))
      throw new LabelError(`key ${Math.floor(i / classes)} (counted from 0) has the probability ${p}.`);
}

/**
 * Where key points that were given without their place are in the image, as far as that can be known: each at the
 * first pixel that has exactly its probabilities and is not another key's.
 *
 * @returns by pixel: the key
 */
export function placesOf(
  { probabilities, labels: { length } }: KeyPoints,
  labels: LabelMap,
  classes: number,
): ReadonlyMap<number, number> {
  const all = labels.length / classes;
  const byFirst = new Map<number, number[]>();
  for (let j = 0; j < length; j++) {
    const first = probabilities[j * classes]!;
    byFirst.set(first, [...(byFirst.get(first) ?? []), j]);
  }
  const places = new Map<number, number>();
  for (let i = 0; i < all; i++) {
    const open = byFirst.get(labels[i]!);
    const at = open?.findIndex((j) => {
      for (let c = 1; c < classes; c++)
        if (probabilities[j * classes + c] !== labels[c * all + i]) return false;
      return true;
    });
    if (open === undefined || at === undefined || at < 0) continue;
    places.set(i, open[at]!);
    open.splice(at, 1);
  }
  return places;
}
