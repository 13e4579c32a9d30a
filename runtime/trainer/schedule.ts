import type { Phase } from '../schedules/phase.ts';

/** What a schedule is laid over. */
export interface Course {
  /** Steps of the whole run. */
  readonly steps: number;
  readonly stepsPerEpoch: number;
  /** The optimizer's rate. */
  readonly rate: number;
}

/**
 * The learning rate of each step, from 0: phases one after the other, a function of the step alone.
 * What lasts beyond the run is cut off; after the last phase its final factor stays.
 */
export function learningRate(phases: readonly Phase[], course: Course): (step: number) => number {
  const lengths = stepsOf(phases, course);
  const starts = lengths.map((_, i) => lengths.slice(0, i).reduce((sum, length) => sum + length, 0));
  const ends = starts.map((start, i) => start + lengths[i]!);
  return (step) => {
    const found = ends.findIndex((end) => step < end);
    const i = found === -1 ? phases.length - 1 : found;
    const steps = lengths[i]!;
    const phase = phases[i];
    if (!phase || steps === 0 || course.rate === 0) return course.rate;
    return course.rate * phase.factor({ step: Math.min(step - starts[i]!, steps), steps, rate: course.rate });
  };
}

/** Length of each phase in steps, with fractions. */
function stepsOf(phases: readonly Phase[], { steps, stepsPerEpoch }: Course): readonly number[] {
  const fixed = phases.map(({ duration }) => {
    if (duration === 'rest') return undefined;
    if (typeof duration === 'number') return duration * steps;
    return duration.value * (duration.unit === 'epochs' ? stepsPerEpoch : 1);
  });
  const taken = fixed.reduce<number>((sum, length) => sum + (length ?? 0), 0);
  const sharers = fixed.filter((length) => length === undefined).length;
  const rest = Math.max(0, steps - taken) / Math.max(1, sharers);
  return fixed.map((length) => length ?? rest);
}
