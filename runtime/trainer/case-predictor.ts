import type { DataSet } from '../../compiler/experiment.ts';
import { cropTo } from '../data/crop.ts';
import { outsideOf, type PreparedCase } from '../data/prepared.ts';
import { predictedPart } from '../open-prediction.ts';
import { softmax } from '../softmax.ts';
import { type Predictor, predictPart } from './predict-part.ts';

/** The part of a case that is predicted, with its probabilities, [class, pixel]. */
export interface Sample {
  readonly one: PreparedCase;
  readonly probabilities: Float32Array;
}

/** Predicts whole cases, as the `predict` of an experiment says. */
export interface CasePredictor {
  /** Cases that are predicted at once. */
  readonly batch: number;
  /** So many cases or fewer; `window` is that of their data set, which says what lies outside of an image. */
  predict(cases: readonly PreparedCase[], window: DataSet['window']): Promise<readonly Sample[]>;
}

/** A network that takes several images at once and gives probabilities: of each case the window in its middle. */
export function middlePredictor(
  { session, size, prediction }: Omit<Predictor, 'heads' | 'window'>,
  batch: number,
): CasePredictor {
  const pixels = size[0] * size[1];
  return {
    batch,
    async predict(whole, window) {
      const cases = whole.map((one) =>
        cropTo(one, predictedPart(prediction, [one.height, one.width], size), outsideOf(window)),
      );
      const { channels, classes } = cases[0]!;
      // A batch that is not full is filled up with zeros.
      const image = new Float32Array(batch * pixels * channels);
      for (const [i, one] of cases.entries()) image.set(one.image, i * pixels * channels);
      const { probabilities } = await session.call('infer', { image });
      return cases.map((one, i) => {
        const own = new Float32Array(classes * pixels);
        for (let c = 0; c < classes; c++) {
          const start = (c * batch + i) * pixels;
          own.set(probabilities!.subarray(start, start + pixels), c * pixels);
        }
        return { one, probabilities: own };
      });
    },
  };
}

/** A network that takes one image and gives logits: all windows of a case, in all ways to look at them. */
export function partPredictor(predictor: Omit<Predictor, 'heads' | 'window'>): CasePredictor {
  const { prediction, size } = predictor;
  return {
    batch: 1,
    async predict([one], window) {
      const { height, width, classes } = one!;
      const part = predictedPart(prediction, [height, width], size);
      const { main } = await predictPart(one!, part, { ...predictor, window, heads: ['main'] });
      const probabilities = Float32Array.from(softmax(main!, classes));
      return [{ one: cropTo(one!, part, outsideOf(window)), probabilities }];
    },
  };
}
