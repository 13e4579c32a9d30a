import { createHash } from 'node:crypto';

/** A stream of random numbers that depends on its keys alone: never on order, batch, worker or machine. */
export interface Random {
  /** In [0, 1). */
  uniform(): number;
  /** Mean 0, variance 1 (Box–Muller). */
  normal(): number;
  /** In 0 … n − 1. */
  integer(n: number): number;
  /** A permutation of 0 … n − 1 (Fisher–Yates). */
  permutation(n: number): number[];
}

/** The stream of these keys, for example `random(seed, 'crop', epoch, caseId)`: SHA-256 of the keys seeds sfc32. */
export function random(...keys: readonly (string | number)[]): Random {
  const digest = createHash('sha256').update(JSON.stringify(keys)).digest();
  let [a, b, c, d] = [0, 4, 8, 12].map((at) => digest.readUInt32LE(at)) as [number, number, number, number];
  const next = () => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + t) | 0;
    return t >>> 0;
  };
  for (let i = 0; i < 12; i++) next();
  const uniform = () => (next() * 2 ** 21 + (next() >>> 11)) / 2 ** 53;
  const integer = (n: number) => Math.floor(uniform() * n);
  return {
    uniform,
    integer,
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    permutation(n) {
      const order = Array.from({ length: n }, (_, i) => i);
      for (let i = n - 1; i > 0; i--) {
        const j = integer(i + 1);
        [order[i], order[j]] = [order[j]!, order[i]!];
      }
      return order;
    },
  };
}
