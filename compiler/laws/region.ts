import type { Polynomial } from './polynomial.ts';
import * as polynomials from './polynomial.ts';

/**
 * Where a pixel of one class can be: prediction x and label y, as a simplex on which x − y has one sign. Soft labels
 * fill the square, which the diagonal cuts in two triangles; hard ones lie on two of its sides. Exactly one corner,
 * the last, is off the diagonal; `shadow` is the corner on the diagonal with the same label.
 */
export interface Region {
  readonly corners: readonly (readonly [x: number, y: number])[];
  readonly shadow: number;
  /** Pixels that count, or ignored ones. */
  readonly kept: boolean;
}

const soft = [
  {
    corners: [
      [0, 0],
      [1, 1],
      [1, 0],
    ],
    shadow: 0,
  },
  {
    corners: [
      [0, 0],
      [1, 1],
      [0, 1],
    ],
    shadow: 1,
  },
] as const; // biome keeps one corner a line otherwise

const hard = [
  {
    corners: [
      [0, 0],
      [1, 0],
    ],
    shadow: 0,
  },
  {
    corners: [
      [1, 1],
      [0, 1],
    ],
    shadow: 0,
  },
] as const;

export const regionsOf = (labels: 'hard' | 'soft'): readonly Region[] =>
  (labels === 'soft' ? soft : hard).flatMap((region) => [
    { ...region, kept: true },
    { ...region, kept: false },
  ]);

/** A function of one pixel of one class: a polynomial a region. */
export interface Form {
  readonly regions: readonly Region[];
  readonly parts: readonly Polynomial[];
}

export const form = (regions: readonly Region[], part: (region: Region) => Polynomial): Form => ({
  regions,
  parts: regions.map(part),
});

export const constantForm = (regions: readonly Region[], value: number): Form =>
  form(regions, ({ corners }) => polynomials.constant(corners.length, value));

export const predictionForm = (regions: readonly Region[]): Form =>
  form(regions, ({ corners }) => polynomials.affine(corners.map(([x]) => x)));

export const labelForm = (regions: readonly Region[]): Form =>
  form(regions, ({ corners }) => polynomials.affine(corners.map(([, y]) => y)));

export const keepForm = (regions: readonly Region[]): Form =>
  form(regions, ({ corners, kept }) => polynomials.constant(corners.length, Number(kept)));

export const scaleForm = (a: Form, factor: number): Form => ({
  ...a,
  parts: a.parts.map((part) => polynomials.scale(part, factor)),
});

export const addForms = (a: Form, b: Form): Form | undefined =>
  whole(a, (part, i) => polynomials.add(part, b.parts[i]!));

export const multiplyForms = (a: Form, b: Form): Form => ({
  ...a,
  parts: a.parts.map((part, i) => polynomials.multiply(part, b.parts[i]!)),
});

/** a to a power above 0, of a form that is nowhere below 0. */
export const powerForm = (a: Form, exponent: number): Form | undefined =>
  isNonnegative(a) ? whole(a, (part) => polynomials.power(part, exponent)) : undefined;

/** |a|, where its sign is known in every region. */
export const absoluteForm = (a: Form): Form | undefined =>
  whole(a, (part) => {
    if (polynomials.isNonnegative(part)) return part;
    const negative = polynomials.scale(part, -1);
    return polynomials.isNonnegative(negative) ? negative : undefined;
  });

export const isZero = (a: Form): boolean => a.parts.every(polynomials.isZero);
export const isNonnegative = (a: Form): boolean => a.parts.every(polynomials.isNonnegative);

/** The same with the label in place of the prediction. */
export const atTarget = (a: Form): Form | undefined =>
  whole(a, (part, i) => {
    const { corners, shadow } = a.regions[i]!;
    const away = corners.length - 1;
    const images = corners.map((_, corner) =>
      polynomials.affine(
        corners.map((_, j) => Number(corner !== away && (j === corner || (j === away && corner === shadow)))),
      ),
    );
    return polynomials.substitute(part, images);
  });

/** How a form rises from its value at the target: not below it, and above it wherever the prediction is another. */
export function rises(a: Form): 'only' | 'among' | undefined {
  const target = atTarget(a);
  const rise = target && addForms(a, scaleForm(target, -1));
  if (!rise || !isNonnegative(rise)) return undefined;
  const ignored = rise.parts.filter((_, i) => !a.regions[i]!.kept);
  if (!ignored.every(polynomials.isZero)) return undefined;
  return rise.parts.every((part, i) => !a.regions[i]!.kept || atAway(part) > 0) ? 'only' : 'among';
}

/** A nonnegative form that is 0 at kept pixels only where prediction and label are 0 both. */
export const vanishesAtOriginOnly = (a: Form): boolean =>
  isNonnegative(a) &&
  a.parts.every((part, i) => {
    const { corners, kept } = a.regions[i]!;
    return (
      !kept ||
      corners.every(([x, y], corner) => (x === 0 && y === 0) || polynomials.atCorner(part, corner) > 0)
    );
  });

/** Whether a = c · b wherever the label is 0, for some c. */
export function proportionalWithoutLabel(a: Form, b: Form): boolean {
  const unlabelled = a.regions.map(({ corners }) => corners.flatMap(([, y], i) => (y === 0 ? [i] : [])));
  const face = ({ parts }: Form) => parts.map((part, i) => polynomials.onFace(part, unlabelled[i]!));
  const [left, right] = [face(a), face(b)];
  const factor = Math.max(...left.map(atAway)) / Math.max(...right.map(atAway));
  return (
    Number.isFinite(factor) &&
    left.every((part, i) => {
      const rest = polynomials.subtract(part, polynomials.scale(right[i]!, factor));
      return rest !== undefined && polynomials.isZero(polynomials.onFace(rest, unlabelled[i]!));
    })
  );
}

/** Whether a form is 0 wherever the label is 0 and the prediction is it. */
export const vanishesAtOrigin = (a: Form): boolean =>
  a.parts.every((part, i) =>
    a.regions[i]!.corners.every(
      ([x, y], corner) => x !== 0 || y !== 0 || polynomials.atCorner(part, corner) === 0,
    ),
  );

/** No exponent between 0 and 1, whose derivative would be infinite at 0. */
export const hasBoundedDerivative = (a: Form): boolean =>
  a.parts.every((part) => part.terms.every(({ exponents }) => exponents.every((e) => e === 0 || e >= 1)));

const atAway = (part: Polynomial) => polynomials.atCorner(part, part.size - 1);

function whole(
  a: Form,
  part: (polynomial: Polynomial, index: number) => Polynomial | undefined,
): Form | undefined {
  const parts = a.parts.map(part);
  return parts.every((p) => p !== undefined) ? { ...a, parts } : undefined;
}
