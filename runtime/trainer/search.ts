import type { Best, Measure } from '../../compiler/experiment.ts';
import type { Quantity, Registry } from '../../compiler/registry.ts';
import { remember } from '../data/batch-maker.ts';
import type { PreparedCase } from '../data/prepared.ts';
import { evaluateCases, openCases } from './evaluate.ts';
import { measureText } from './naming.ts';
import type { Network } from './network.ts';
import type { PlannedArm, PlannedRun } from './planned.ts';
import type { Problem } from './problem.ts';
import type { Measured } from './result.ts';
import type { Place } from './run-task.ts';
import type { Search } from './train.ts';

/** After which steps the cases are looked at: each time that `every` has passed, and at the end. */
export function looksEvery(
  { value, unit }: Quantity,
  { steps, stepsPerEpoch }: Pick<PlannedRun, 'steps' | 'stepsPerEpoch'>,
): Search['isDue'] {
  const interval = unit === 'epochs' ? value * stepsPerEpoch : value;
  return (step) => {
    const times = Math.round(step / interval);
    // An epoch and a half may be no whole number of steps; more often than each step is each step.
    const isWhole = interval <= 1 || Math.round(times * interval) === step;
    return step === steps ? steps > 0 : times > 0 && isWhole;
  };
}

/** Why the best weights of a run cannot be found; nothing if they can. */
export function unsearchable({
  experiment,
  runs,
}: Pick<PlannedArm, 'experiment' | 'runs'>): Problem | undefined {
  const { checkpoint, name, train } = experiment;
  if (checkpoint === 'last') return undefined;
  const every = `${checkpoint.every.value} ${checkpoint.every.unit}`;
  for (const { fold, steps, stepsPerEpoch, name: run } of runs) {
    if (fold.validation.length === 0)
      return {
        message: `The best weights of ${name} are found on the validation cases of fold ${run.fold}, and there are none.`,
        help: 'Keep the last ones, `checkpoint: last`, or cut the cases into other `folds`.',
        exit: 2,
      };
    const interval = checkpoint.every.value * (checkpoint.every.unit === 'epochs' ? stepsPerEpoch : 1);
    if (interval > steps && train !== 'none')
      return {
        message: `The best weights of ${name} are looked for every ${every}, which is ${interval} steps, and the run is over after ${steps}.`,
        help: 'Look more often, or keep the last ones: `checkpoint: last`.',
        exit: 2,
      };
  }
  return undefined;
}

/** The metric by which the best weights of an arm are found. */
export const bestMeasure = ({ experiment }: Pick<PlannedArm, 'experiment'>, { metric }: Best): Measure =>
  experiment.evaluate.find((measure) => measure.metric.name === metric)!;

/** The metric as events and results name it. */
export function bestName(measure: Measure, registry: Registry): Pick<Measured, 'metric' | 'unit'> {
  const { metric, unit } = measureText(measure, registry);
  return { metric, ...(unit === undefined ? {} : { unit }) };
}

/** Bytes of validation cases that are kept between looks. */
const memory = 512 * 1024 ** 2;

const bytesOf = ({ image, labels, raters, keep }: PreparedCase): number =>
  [image, raters, keep, ...labels].reduce((sum, { byteLength }) => sum + byteLength, 0);

/** How the best weights of a run are found; nothing where the last ones are kept. */
export async function openSearch(
  { arm, run, options, teaching }: Place,
  network: Network,
): Promise<Search | undefined> {
  const { checkpoint } = arm.experiment;
  if (checkpoint === 'last') return undefined;
  const { registry, signal } = options;
  const measure = bestMeasure(arm, checkpoint);
  const isLower = registry.metric[measure.metric.name]!.tags.better === 'lower';
  const shared = { data: arm.data, measures: [measure], seed: run.name.seed, teaching, registry };
  const read = remember(await openCases(shared), bytesOf, memory);
  return {
    isDue: looksEvery(checkpoint.every, run),
    isBetter: (value, than) => (isLower ? value < than : value > than),
    async look(variables) {
      const predictor = await network.predictor(variables);
      const found = await evaluateCases({ ...shared, read, predictor, cases: run.fold.validation, signal });
      const value = found?.scores[0]?.value;
      return found && (value === undefined ? {} : { value });
    },
    report({ step, count, best }, value) {
      const shown = {
        ...bestName(measure, registry),
        ...(value === undefined ? {} : { value }),
        isBest: best?.step === step,
      };
      options.on({ kind: 'look', run: run.name, step, steps: run.steps, count, ...shown });
    },
  };
}
