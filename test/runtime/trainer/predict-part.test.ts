import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Use } from '../../../compiler/experiment.ts';
import type { Session } from '../../../runtime/engines/engine.ts';
import { openPrediction, predictedPart } from '../../../runtime/open-prediction.ts';
import { registry } from '../../../runtime/registry.generated.ts';
import { softmax } from '../../../runtime/softmax.ts';
import { partPredictor } from '../../../runtime/trainer/case-predictor.ts';
import { predictPart } from '../../../runtime/trainer/predict-part.ts';
import { use } from '../../support/experiment.ts';

/** A network that computes the logits of a window from its image alone, class by class. */
function network(infer: (image: Float32Array, call: number) => readonly (readonly number[])[]): Session {
  let calls = 0;
  const unused = () => Promise.reject(new Error('not called'));
  return {
    init: unused,
    write: unused,
    read: unused,
    dispose: unused,
    call: async (_, { image }) => ({ logits: Float32Array.from(infer(image!, calls++).flat()) }),
  };
}

const sliding = use('sliding', { stride: 2 / 3, blend: 'uniform' });
const flips = (directions: string): Use => use('flips', { directions });
const imageOf = (height: number, width: number) => ({
  height,
  width,
  channels: 1,
  classes: 2,
  image: Float32Array.from({ length: height * width }, (_, i) => i / 7),
});
const whole = (height: number, width: number) =>
  ({ corner: { top: 0, left: 0 }, size: [height, width] }) as const;

async function predicted(
  session: Session,
  steps: readonly Use[],
  [height, width]: readonly [number, number],
  size: readonly [number, number],
) {
  const prediction = await openPrediction(steps, registry);
  const predictor = { session, size, heads: ['main'], prediction, window: 'image' as const };
  return (await predictPart(imageOf(height, width), whole(height, width), predictor)).main!;
}

test('logits of the whole image are the mean of all windows that cover a pixel', async () => {
  // The image, and beside it the number of the call.
  const echo = network((image, call) => [[...image], [...image].map(() => call)]);
  const main = await predicted(echo, [sliding], [3, 5], [4, 3]);
  expect(main.subarray(0, 15)).toEqual(imageOf(3, 5).image);
  // Two windows: columns 0 … 2 and 2 … 4.
  expect([...main.subarray(15, 20)]).toEqual([0, 0, 0.5, 1, 1]);
});

test('a Gaussian weighs the windows of a pixel by how far it is from their middles', async () => {
  const numbers = network((image, call) => [[...image], [...image].map(() => call)]);
  const steps = [use('sliding', { stride: 2 / 3, blend: 'gaussian' })];
  const main = await predicted(numbers, steps, [3, 6], [3, 4]);
  // Windows of columns 0 … 3 and 2 … 5: column 2 is half a pixel from the middle of the first, one and a half from that of the second.
  const weight = (distance: number) => Math.exp(-((distance / 0.5) ** 2) / 2);
  const expected = weight(1.5) / (weight(0.5) + weight(1.5));
  expect(main[18 + 2]).toBeCloseTo(expected, 6);
  expect(main[18 + 3]).toBeCloseTo(1 - expected, 6);
});

test('flips give the mean of the probabilities of both ways, turned back', async () => {
  // Sees left from right: the first class is likelier in the first column of what is shown.
  const sided = network((image) => [
    [...image].map((_, i) => (i % 3 === 0 ? 2 : 0)),
    [...image].map(() => 0),
  ]);
  const logits = await predicted(sided, [sliding, flips('horizontal')], [2, 3], [2, 3]);
  const likely = 1 / (1 + Math.exp(-2));
  const mean = (likely + 0.5) / 2;
  expect([...softmax(logits, 2).subarray(0, 6)].map((p) => p.toFixed(6))).toEqual(
    [mean, 0.5, mean, mean, 0.5, mean].map((p) => p.toFixed(6)),
  );
});

test('of a network that does not mind where things lie, flips change nothing', async () => {
  const pointwise = (image: Float32Array) => [[...image], [...image].map((value) => 1 - value)];
  const side = fc.integer({ min: 1, max: 9 });
  await fc.assert(
    fc.asyncProperty(side, side, fc.constantFrom('all', 'horizontal', 'vertical'), async (h, w, ways) => {
      const [plain, flipped] = [
        await predicted(network(pointwise), [sliding], [h, w], [4, 4]),
        await predicted(network(pointwise), [sliding, flips(ways)], [h, w], [4, 4]),
      ];
      const [before, after] = [softmax(plain, 2), softmax(flipped, 2)];
      for (const [i, p] of before.entries()) expect(after[i]).toBeCloseTo(p, 5);
    }),
    { numRuns: 30 },
  );
});

test('probabilities that are below every float leave no infinite logit', async () => {
  const sure = network((image) => [[...image].map(() => 400), [...image].map(() => -800)]);
  const logits = await predicted(sure, [sliding, flips('all')], [2, 2], [2, 2]);
  expect([...logits].every(Number.isFinite)).toBe(true);
  expect(logits[4]).toBeCloseTo(-1200, 3);
});

test('flips one after the other are each with each, and equal ways count once', async () => {
  const views = async (...steps: Use[]) =>
    (await openPrediction([sliding, ...steps], registry)).views([2, 3]).map((view) => view.join(''));
  const all = await views(flips('all'));
  expect(new Set(await views(flips('horizontal'), flips('vertical')))).toEqual(new Set(all));
  expect(await views(flips('horizontal'), flips('horizontal'))).toEqual(await views(flips('horizontal')));
  expect(await views()).toEqual(['012345']);
});

test('what is predicted is the window in the middle, or the image and what pads it', async () => {
  const part = async (step: Use, image: readonly [number, number]) =>
    predictedPart(await openPrediction([step], registry), image, [4, 4]);
  expect(await part(use('center'), [9, 9])).toEqual({ corner: { top: 2, left: 2 }, size: [4, 4] });
  expect(await part(sliding, [9, 7])).toEqual({ corner: { top: 0, left: 0 }, size: [9, 7] });
  expect(await part(sliding, [9, 2])).toEqual({ corner: { top: 0, left: -1 }, size: [9, 4] });
});

test('a case is scored on the part that is predicted, and padding does not count', async () => {
  const prediction = await openPrediction([sliding], registry);
  const session = network((image) => [[...image].map(() => 1), [...image].map(() => 1)]);
  const one = {
    ...imageOf(6, 2),
    id: 'a',
    labels: [],
    raters: new Float64Array(2 * 12).fill(1, 12),
    keep: new Uint8Array(12).fill(1),
  };
  const [sample] = await partPredictor({ session, size: [4, 4], prediction }).predict([one], 'image');
  expect(sample!.one).toMatchObject({ height: 6, width: 4 });
  expect([...sample!.one.keep.subarray(0, 4)]).toEqual([0, 1, 1, 0]);
  expect(sample!.probabilities).toEqual(new Float32Array(2 * 24).fill(0.5));
});
