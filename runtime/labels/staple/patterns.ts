import { type LabelContext, LabelError, type LabelMap } from '../step.ts';

/** The different answers that the raters of a case give together: few, whatever the size of the image. */
export interface Patterns {
  /** [pattern][rater]: the class that the rater chose. */
  readonly answers: readonly (readonly number[])[];
  /** [pattern]: on how many kept pixels. */
  readonly counts: Float64Array;
  /** [pixel]: the pattern there. */
  readonly of: Int32Array;
}

/** @throws LabelError for a mask that is not one-hot at a kept pixel */
export function patternsOf(raters: readonly LabelMap[], { classes, keep }: LabelContext): Patterns {
  const pixels = raters[0]!.length / classes;
  let of = new Int32Array(pixels);
  let answers: readonly (readonly number[])[] = [[]];
  for (const [r, rater] of raters.entries()) {
    const numbers = new Map<number, number>();
    const longer: (readonly number[])[] = [];
    of = of.map((before, i) => {
      const choice = choiceAt(rater, i, pixels, classes);
      if (choice === undefined && keep[i])
        throw new LabelError(
          `STAPLE needs hard masks, and that of rater ${r + 1} has shares.`,
          'Make them hard, or use `average`.',
        );
      const key = before * classes + (choice ?? 0);
      const known = numbers.get(key) ?? longer.push([...answers[before]!, choice ?? 0]) - 1;
      numbers.set(key, known);
      return known;
    });
    answers = longer;
  }
  const counts = new Float64Array(answers.length);
  for (let i = 0; i < pixels; i++) if (keep[i]) counts[of[i]!]! += 1;
  return { answers, counts, of };
}

function choiceAt(rater: LabelMap, pixel: number, pixels: number, classes: number): number | undefined {
  let choice: number | undefined;
  for (let c = 0; c < classes; c++) {
    const y = rater[c * pixels + pixel]!;
    if (y === 0) continue;
    if (y !== 1 || choice !== undefined) return undefined;
    choice = c;
  }
  return choice;
}
