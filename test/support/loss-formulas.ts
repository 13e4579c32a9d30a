import type { LossOptions, Sample } from './loss-samples.ts';

/*
 * The losses of overlap once more, from the table of the reference vectors: one number after the other, no graph.
 */

/** What a loss of one class is made of: predictions and labels of the pixels of its reduction. */
type Pixels = readonly (readonly [x: number, y: number])[];

const total = (pixels: Pixels, of: (x: number, y: number) => number) =>
  pixels.reduce((sum, [x, y]) => sum + of(x, y), 0);

/** Similarity T of one class as intersection and denominator, both still without smoothing. */
type Similarity = (
  pixels: Pixels,
  options: LossOptions,
) => readonly [intersection: number, denominator: number];

const product = (pixels: Pixels) => total(pixels, (x, y) => x * y);
const sizes = (pixels: Pixels) => total(pixels, (x, y) => x + y);
const distance = (pixels: Pixels) => total(pixels, (x, y) => Math.abs(x - y));

function tversky(pixels: Pixels, fp: number, fn: number, norm: number): readonly [number, number] {
  const [X, Y] = [total(pixels, (x) => x ** norm), total(pixels, (_, y) => y ** norm)];
  const TP = (X + Y - total(pixels, (x, y) => Math.abs(x - y) ** norm)) / 2;
  return [TP, TP + fp * (X - TP) + fn * (Y - TP)];
}

export const similarities: Readonly<Record<string, Similarity>> = {
  sdl: (p) => [product(p), sizes(p) / 2],
  sdl_l2: (p) => [product(p), total(p, (x, y) => x * x + y * y) / 2],
  sjl: (p) => [product(p), sizes(p) - product(p)],
  jml1: (p, { norm = 1 }) => tversky(p, 1, 1, norm as number),
  jml2: (p) => [product(p), product(p) + distance(p)],
  dml1: (p, { norm = 1 }) => tversky(p, 0.5, 0.5, norm as number),
  dml2: (p) => [product(p), product(p) + distance(p) / 2],
  tversky: (p, { fp, fn, norm = 1 }) => tversky(p, fp as number, fn as number, norm as number),
};

const mean = (values: readonly number[]) =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

const range = (length: number) => Array.from({ length }, (_, i) => i);

/** The loss of a sample under options that are all given. */
export function overlapFormula(loss: string, sample: Sample, options: LossOptions): number {
  const { shape, x, y, keep, soft } = sample;
  const [classes, images, pixels] = shape;
  const everyClass = options.active === 'all' || (options.active === 'auto' && soft);

  const pixelsOf = (c: number, members: readonly number[]): Pixels =>
    members.flatMap((b) =>
      range(pixels).map((p) => {
        const kept = keep[b * pixels + p]!;
        const at = (c * images + b) * pixels + p;
        return [kept * x[at]!, kept * y[at]!] as const;
      }),
    );
  /** The loss of a class, or none where it is not active. */
  const lossOf = (c: number, members: readonly number[]): readonly number[] => {
    const part = pixelsOf(c, members);
    if (!everyClass && !part.some(([, label]) => label > (options.threshold as number))) return [];
    const [intersection, denominator] = similarities[loss]!(part, options);
    const smooth = options.smooth as number;
    const similarity = denominator + smooth === 0 ? 1 : (intersection + smooth) / (denominator + smooth);
    const plain = options.log ? -Math.log(similarity) : 1 - similarity;
    const weight = options.weights === 'equal' ? 1 : (options.weights as readonly number[])[c]!;
    return [weight * Math.max(plain, 0) ** (options.gamma as number)];
  };
  const everyImage = range(images);
  const reductions: Readonly<Record<string, () => number>> = {
    batch: () => mean(range(classes).flatMap((c) => lossOf(c, everyImage))),
    image: () => mean(everyImage.flatMap((b) => meanOfSome(range(classes).flatMap((c) => lossOf(c, [b]))))),
    class: () => mean(range(classes).flatMap((c) => meanOfSome(everyImage.flatMap((b) => lossOf(c, [b]))))),
  };
  if (typeof options.reduction === 'string') return reductions[options.reduction]!();
  const { mix } = options.reduction as { readonly mix: Readonly<Record<string, number>> };
  return Object.entries(mix).reduce((sum, [name, weight]) => sum + weight * reductions[name]!(), 0);
}

/** The mean of what there is; nothing of nothing, which then does not count either. */
const meanOfSome = (values: readonly number[]) => (values.length === 0 ? [] : [mean(values)]);
