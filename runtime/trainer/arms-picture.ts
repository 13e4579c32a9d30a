import type { Experiment } from '../../compiler/experiment.ts';
import type { Registry } from '../../compiler/registry.ts';
import { cropTo } from '../data/crop.ts';
import type { Bitmap } from '../data/images/encode-png.ts';
import { preparation } from '../data/prepare.ts';
import { outsideOf } from '../data/prepared.ts';
import { openPrediction, predictedPart } from '../open-prediction.ts';
import { contactSheet } from '../reports/picture.ts';
import type { PlannedArm } from './planned.ts';
import { readPredictions } from './predictions.ts';
import type { Problem } from './problem.ts';
import type { RunResult } from './result.ts';

/** An arm with its finished runs. */
export interface FinishedArm extends PlannedArm {
  readonly finished: readonly { readonly folder: string; readonly result: RunResult }[];
  /** What befell others of its runs. */
  readonly problem?: Problem;
}

/**
 * The first cases of the first fold, with the prediction of each arm's first seed. Arms on other data or another
 * part of the images than the first are left out, since their predictions are of other pixels; nothing if no case is left.
 */
export async function armsPicture(
  arms: readonly FinishedArm[],
  registry: Registry,
): Promise<Bitmap | undefined> {
  const [first] = arms;
  if (!first) return undefined;
  const windowsOf = ({ predict: [step] }: Experiment) => registry.prediction[step!.name]!.tags.windows;
  const pixels = ({ data, size, experiment }: PlannedArm) => {
    const { size: resampled, classes } = experiment.data;
    return JSON.stringify([data.hash, size, resampled, classes, windowsOf(experiment)]);
  };
  const comparable = arms.filter((arm) => pixels(arm) === pixels(first) && arm.finished.length > 0);
  const predictions = await Promise.all(
    comparable.map(({ finished }) => readPredictions(finished[0]!.folder)),
  );
  const cases = [...(predictions[0]?.keys() ?? [])].filter((id) => predictions.every((one) => one.has(id)));
  if (cases.length === 0) return undefined;

  const { source, set } = first.data;
  const prepare = await preparation(set, source, [], registry);
  const prediction = await openPrediction(first.experiment.predict, registry);
  const rows = [];
  for (const id of cases) {
    const whole = await prepare(await source.read(id));
    const part = predictedPart(prediction, [whole.height, whole.width], first.size);
    const one = cropTo(whole, part, outsideOf(set.window));
    rows.push({ one, predictions: predictions.map((each) => each.get(id)!) });
  }
  return contactSheet(
    comparable.map(({ arm, experiment }) => arm?.values.join(', ') || experiment.name),
    rows,
  );
}
