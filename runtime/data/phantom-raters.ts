import { type Random, random } from '../random.ts';
import { box, type Field, field } from './phantom-field.ts';

/** What there is to see, before noise. */
export interface Scene {
  readonly size: number;
  /** Distance to the border in pixels, positive inside. */
  readonly inside: Field;
  /** How much a pixel looks like part of the shape: 1 inside, ½ on the border, 0 outside. */
  readonly seen: Field;
}

/** How a rater draws: a mask of 0 and 1. */
export type Habit = (scene: Scene, r: Random) => Field;

/**
 * The habit of a rater (from 0). All raters differ: after the first round of habits each is drawn closer to the
 * border itself by a factor of its own.
 */
export function habitOf(rater: number, seed: number): Habit {
  const mild = rater < habits.length ? 1 : 0.3 + 0.5 * random(seed, 'phantom', 'habit', rater).uniform();
  return habits[rater % habits.length]!(mild);
}

const habits: readonly ((strength: number) => Habit)[] = [
  /** Takes only what is surely part of the shape. */
  (strength) =>
    ({ size, seen }) =>
      field(size, (_, __, i) => Number(seen[i]! >= 0.5 + 0.3 * strength)),
  /** Takes everything that might be part of it. */
  (strength) =>
    ({ size, seen }) =>
      field(size, (_, __, i) => Number(seen[i]! >= 0.5 - 0.3 * strength)),
  /** Draws a round outline and skips dents and corners. */
  (strength) =>
    ({ size, seen }) => {
      const rounded = box(box(seen, size, Math.round(0.06 * strength * size)), size, 2);
      return field(size, (_, __, i) => Number(rounded[i]! >= 0.5));
    },
  /** Draws fast: shifted as a whole, with a wavering line. */
  (strength) =>
    ({ size, seen }, r) => {
      const reach = Math.round(0.045 * strength * size);
      const [right, down] = [r.integer(2 * reach + 1) - reach, r.integer(2 * reach + 1) - reach];
      const waver = box(
        field(size, () => r.uniform() - 0.5),
        size,
        Math.ceil(size / 20),
      );
      const clamp = (at: number) => Math.min(size - 1, Math.max(0, at));
      return field(size, (column, row, i) => {
        const from = clamp(row - down) * size + clamp(column - right);
        return Number(seen[from]! >= 0.5 + 3 * strength * waver[i]!);
      });
    },
];
