/**
 * t such that Student's distribution with ν degrees of freedom has the share `inside` between −t and t: 2.776 for 0.95
 * and ν = 4. The share is a finite sum in the angle θ, t = √ν tan θ, and grows with it, so θ is found by halving.
 *
 * @param inside between 0 and 1
 * @param freedom a whole number ≥ 1
 * Source: Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.3 and 26.7.4.
 */
export function studentQuantile(inside: number, freedom: number): number {
  let low = 0;
  let high = Math.PI / 2;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (shareWithin(middle, freedom) < inside) low = middle;
    else high = middle;
  }
  return Math.sqrt(freedom) * Math.tan((low + high) / 2);
}

function shareWithin(angle: number, freedom: number): number {
  const odd = freedom % 2 === 1;
  const squared = Math.cos(angle) ** 2;
  let term = odd ? Math.cos(angle) : 1;
  let sum = freedom === 1 ? 0 : term;
  for (let k = odd ? 3 : 2; k < freedom; k += 2) {
    term *= ((k - 1) / k) * squared;
    sum += term;
  }
  return odd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
}
