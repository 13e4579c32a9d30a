/**
 * A homogeneous polynomial in the barycentric coordinates of a simplex, its coefficients by their exponents. Such a
 * polynomial whose coefficients are all at least 0 is at least 0 on the whole simplex, and where it vanishes can be
 * read off its exponents: that is all the algebra that proofs here need. Exponents may be broken numbers.
 */
export interface Polynomial {
  /** Number of coordinates. */
  readonly size: number;
  /** Of every term; an empty sum has degree 0. */
  readonly degree: number;
  readonly terms: readonly Term[];
}

interface Term {
  readonly exponents: readonly number[];
  readonly coefficient: number;
}

/** Greatest power that is multiplied out. */
const greatestPower = 12;

/** What rounding in float64 leaves of a coefficient that is 0, as a share of the greatest one that went into it. */
const rounding = 1e-12;

export const constant = (size: number, value: number): Polynomial =>
  polynomial(size, 0, [{ exponents: new Array<number>(size).fill(0), coefficient: value }]);

/** Σ values[i] · λ[i]: the affine function with these values at the corners of the simplex. */
export const affine = (values: readonly number[]): Polynomial =>
  polynomial(
    values.length,
    1,
    values.map((coefficient, i) => ({ exponents: values.map((_, j) => Number(i === j)), coefficient })),
  );

export const scale = (p: Polynomial, factor: number): Polynomial =>
  polynomial(
    p.size,
    p.degree,
    p.terms.map(({ exponents, coefficient }) => ({ exponents, coefficient: coefficient * factor })),
  );

/** `undefined` where degrees differ by a broken number: such a sum is no homogeneous polynomial. */
export function add(p: Polynomial, q: Polynomial): Polynomial | undefined {
  if (isZero(p)) return q;
  if (isZero(q)) return p;
  const degree = Math.max(p.degree, q.degree);
  const [a, b] = [elevate(p, degree), elevate(q, degree)];
  return a && b && polynomial(p.size, degree, [...a.terms, ...b.terms]);
}

export const subtract = (p: Polynomial, q: Polynomial): Polynomial | undefined => add(p, scale(q, -1));

export const multiply = (p: Polynomial, q: Polynomial): Polynomial =>
  polynomial(
    p.size,
    p.degree + q.degree,
    p.terms.flatMap((a) =>
      q.terms.map((b) => ({
        exponents: a.exponents.map((e, i) => e + b.exponents[i]!),
        coefficient: a.coefficient * b.coefficient,
      })),
    ),
  );

/** p to a power above 0: whole ones are multiplied out, others are known of a single term with a factor above 0 alone. */
export function power(p: Polynomial, exponent: number): Polynomial | undefined {
  if (isZero(p)) return p;
  const [only, second] = p.terms;
  if (only && !second && only.coefficient > 0)
    return polynomial(p.size, p.degree * exponent, [
      { exponents: only.exponents.map((e) => e * exponent), coefficient: only.coefficient ** exponent },
    ]);
  if (!Number.isInteger(exponent) || p.degree * exponent > greatestPower) return undefined;
  return Array.from({ length: exponent }, () => p).reduce(multiply, constant(p.size, 1));
}

/** p with polynomials of degree 1 in place of its coordinates. */
export function substitute(p: Polynomial, images: readonly Polynomial[]): Polynomial | undefined {
  const parts = p.terms.map(({ exponents, coefficient }) =>
    exponents.reduce<Polynomial | undefined>(
      (product, exponent, i) => {
        const factor = exponent === 0 ? constant(p.size, 1) : power(images[i]!, exponent);
        return product && factor && multiply(product, factor);
      },
      constant(p.size, coefficient),
    ),
  );
  return parts.reduce<Polynomial | undefined>(
    (total, part) => total && part && add(total, part),
    polynomial(p.size, p.degree, []),
  );
}

export const isZero = (p: Polynomial): boolean => p.terms.length === 0;

/** No coefficient is below 0, so p ≥ 0 on the simplex. */
export const isNonnegative = (p: Polynomial): boolean => p.terms.every(({ coefficient }) => coefficient > 0);

/** Value at a corner. */
export const atCorner = (p: Polynomial, corner: number): number =>
  p.terms.find(({ exponents }) => exponents.every((e, i) => i === corner || e === 0))?.coefficient ?? 0;

/** What is left of p on the face that these corners span. */
export const onFace = (p: Polynomial, corners: readonly number[]): Polynomial => ({
  ...p,
  terms: p.terms.filter(({ exponents }) => exponents.every((e, i) => e === 0 || corners.includes(i))),
});

function elevate(p: Polynomial, degree: number): Polynomial | undefined {
  const missing = degree - p.degree;
  if (!Number.isInteger(missing)) return undefined;
  const one = affine(new Array<number>(p.size).fill(1));
  return Array.from({ length: missing }, () => one).reduce(multiply, p);
}

/** Like terms put together; what rounding alone has left is gone. */
function polynomial(size: number, degree: number, terms: readonly Term[]): Polynomial {
  const sums = new Map<string, { exponents: readonly number[]; coefficient: number; greatest: number }>();
  for (const { exponents, coefficient } of terms) {
    const key = exponents.join();
    const { coefficient: sum, greatest } = sums.get(key) ?? { coefficient: 0, greatest: 0 };
    sums.set(key, {
      exponents,
      coefficient: sum + coefficient,
      greatest: Math.max(greatest, Math.abs(coefficient)),
    });
  }
  const kept = [...sums.values()].filter(
    ({ coefficient, greatest }) => Math.abs(coefficient) > rounding * greatest,
  );
  return {
    size,
    degree: kept.length === 0 ? 0 : degree,
    terms: kept.map(({ exponents, coefficient }) => ({ exponents, coefficient })),
  };
}
