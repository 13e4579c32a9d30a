import fc from 'fast-check';
import { gradients } from '../../compiler/graph/autodiff.ts';
import { evaluateValues, tensor } from '../../compiler/lower/reference/evaluate.ts';
import { mixOf, type TermUnderTest } from './losses.ts';

/** Prediction and label [class, batch, pixel] with the mask [batch, pixel] of pixels that count. */
export interface Sample {
  readonly shape: readonly [classes: number, images: number, pixels: number];
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly keep: readonly number[];
  readonly soft: boolean;
}

export type LossOptions = NonNullable<TermUnderTest['options']>;

/** Value of a loss of probabilities in float64, and its gradient for them. */
export function measure(
  loss: string,
  { shape, x, y, keep, soft }: Sample,
  options: LossOptions = {},
): { readonly value: number; readonly gradient: Float64Array } {
  const mix = mixOf([{ loss, options, soft }], shape, 'probabilities');
  const [dx] = gradients(mix.value, [mix.input('x')]);
  const feeds = { x: tensor(shape, x), labels: tensor(shape, y), keep: tensor([1, ...shape.slice(1)], keep) };
  const [value, gradient] = evaluateValues([mix.value, dx!], feeds);
  return { value: value!.data[0]!, gradient: gradient!.data };
}

export const lossOf = (...of: Parameters<typeof measure>): number => measure(...of).value;

/** One class of one image, all pixels kept. */
export const vectors = (x: readonly number[], y: readonly number[]): Sample => ({
  shape: [1, 1, x.length],
  x,
  y,
  keep: x.map(() => 1),
  soft: true,
});

/** In 0..1, often 0, 1 or a value that comes twice. */
export const share = fc.oneof(
  fc.integer({ min: 0, max: 4 }).map((n) => n / 4),
  fc.integer({ min: 0, max: 2 ** 30 }).map((n) => n / 2 ** 30),
);
export const binary = fc.integer({ min: 0, max: 1 });

export const samples = ({
  prediction = share,
  label = share,
  keep = fc.constantFrom(1, 1, 1, 0),
}: {
  prediction?: typeof share;
  label?: typeof share;
  keep?: typeof share;
} = {}): fc.Arbitrary<Sample> =>
  fc
    .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 5 }))
    .chain(([classes, images, pixels]) => {
      const list = (of: typeof share, length: number) =>
        fc.array(of, { minLength: length, maxLength: length });
      return fc.record({
        shape: fc.constant([classes, images, pixels] as const),
        x: list(prediction, classes * images * pixels),
        y: list(label, classes * images * pixels),
        keep: list(keep, images * pixels),
        soft: fc.boolean(),
      });
    });

const reductions = ['batch', 'image', 'class'] as const;
export const reduction = fc.oneof(
  fc.constantFrom(...reductions),
  fc
    .tuple(...reductions.map(() => fc.integer({ min: 1, max: 4 })))
    .map((weights) => ({ mix: Object.fromEntries(reductions.map((name, i) => [name, weights[i]! / 4])) })),
);

/** Options of every loss of overlap. Without smoothing a logarithm may be infinite, so there it has some. */
export const overlapOptions = (classes: number): fc.Arbitrary<LossOptions> =>
  fc
    .record({
      smooth: fc.constantFrom(0, 1e-3, 0.5, 1),
      gamma: fc.constantFrom(1, 1.5, 2),
      log: fc.boolean(),
      weights: fc.oneof(
        fc.constant('equal'),
        fc.array(fc.integer({ min: 0, max: 4 }), { minLength: classes, maxLength: classes }),
      ),
      active: fc.constantFrom('auto', 'all', 'present'),
      threshold: fc.constantFrom(0, 0.01, 0.25),
      reduction,
    })
    .map((options) => (options.log && options.smooth === 0 ? { ...options, smooth: 1e-3 } : options));

/** A sample with options that fit it. */
export const sampledWith = (of: fc.Arbitrary<Sample>): fc.Arbitrary<readonly [Sample, LossOptions]> =>
  of.chain((sample) => overlapOptions(sample.shape[0]).map((options) => [sample, options] as const));
