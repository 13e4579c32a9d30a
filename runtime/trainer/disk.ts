import { size } from '../../compiler/graph/shape.ts';
import type { Registry } from '../../compiler/registry.ts';
import { openPrediction, predictedPart } from '../open-prediction.ts';
import { checkpointsKept } from '../store/checkpoint.ts';
import { sampleCount } from './evaluate.ts';
import type { PreparedArm, PreparedRun } from './prepare-runs.ts';
import { asksPredictions, isDone } from './queue.ts';

const bytesPerElement = Float32Array.BYTES_PER_ELEMENT;

/**
 * Bytes that a run writes at most: checkpoints, weights, the predictions that are shown, and what its teachers predict
 * for it. The log and the texts are small beside these.
 */
export async function diskOf(arm: PreparedArm, run: PreparedRun, registry: Registry): Promise<number> {
  const { graph, experiment, size: shape, teachers, data } = arm;
  if (!graph || isDone(run)) return 0;
  const elements = (counts: (role: string) => boolean) =>
    graph.variables.reduce((all, variable) => all + (counts(variable.role) ? size(variable.shape) : 0), 0);
  const weights = elements((role) => role !== 'optimizer');
  const state = elements(() => true);
  const classes = experiment.data.classes.length;
  const stored = async (id: string) => {
    const { height, width } = await data.source.size(id);
    return data.set.size ?? ([height, width] as const);
  };
  const prediction = await openPrediction(experiment.predict, registry);
  let shown = 0;
  for (const id of run.fold.validation.slice(0, sampleCount)) {
    const [height, width] = predictedPart(prediction, await stored(id), shape).size;
    shown += height * width;
  }
  const saved = state + (experiment.checkpoint === 'last' ? 0 : weights);
  const trained = run.state === 'scores' ? 0 : weights + checkpointsKept * saved;
  const heads = teachers
    .filter((one) => asksPredictions(run, one))
    .reduce((all, one) => all + one.heads.length, 0);
  let pixels = 0;
  for (const id of heads > 0 ? [...run.fold.train, ...run.fold.validation] : []) {
    const [height, width] = await stored(id);
    pixels += height * width;
  }
  return bytesPerElement * (trained + classes * (shown + heads * pixels));
}
