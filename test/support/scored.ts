import type { Metric, ScoredCase } from '../../runtime/metrics/metric.ts';

/** The score of these cases. */
export const scoreOf = <Part>(metric: Metric<Part>, ...cases: readonly ScoredCase[]): number | undefined =>
  metric.value(cases.map((one) => metric.of(one)));

/** A case of two classes from the values of the foreground. */
export function binary(
  foreground: readonly number[],
  truth: readonly number[],
  changes: Partial<ScoredCase> = {},
): ScoredCase {
  const pixels = foreground.length;
  const rows = (values: readonly number[]) => Float64Array.from([...values.map((y) => 1 - y), ...values]);
  return {
    id: 'case',
    classes: 2,
    pixels,
    images: 1,
    probabilities: rows(foreground),
    truth: rows(truth),
    raters: rows(truth),
    keep: new Uint8Array(pixels).fill(1),
    ...changes,
  };
}

/** A case from the class of each pixel, on both sides. */
export function labelled(
  classes: number,
  predicted: readonly number[],
  truth: readonly number[],
  changes: Partial<ScoredCase> = {},
): ScoredCase {
  const oneHot = (labels: readonly number[]) =>
    Float64Array.from({ length: classes }, (_, c) => c).reduce<Float64Array>(
      (all, c) => {
        for (const [i, label] of labels.entries()) all[c * labels.length + i] = Number(label === c);
        return all;
      },
      new Float64Array(classes * labels.length),
    );
  return binary(predicted, truth, {
    classes,
    probabilities: oneHot(predicted),
    truth: oneHot(truth),
    raters: oneHot(truth),
    ...changes,
  });
}

/** Some images of equal size as one case, and each as a case of its own. */
export function stacked(images: readonly ScoredCase[]): ScoredCase {
  const { classes, pixels: size } = images[0]!;
  const pixels = size * images.length;
  const join = (field: 'probabilities' | 'truth') => {
    const all = new Float64Array(classes * pixels);
    for (const [k, image] of images.entries())
      for (let c = 0; c < classes; c++)
        for (let i = 0; i < size; i++) all[c * pixels + k * size + i] = image[field][c * size + i]!;
    return all;
  };
  const truth = join('truth');
  return {
    id: 'stack',
    classes,
    pixels,
    images: images.length,
    probabilities: join('probabilities'),
    truth,
    raters: truth,
    keep: images.flatMap(({ keep }) => Array.from(keep)),
  };
}
