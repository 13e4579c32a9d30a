import { type Random, random } from '../random.ts';
import { box, type Field, field } from './phantom-field.ts';
import { habitOf, type Scene } from './phantom-raters.ts';
import type { Picture, RawCase, Source, SourceContext } from './source.ts';

export interface PhantomOptions {
  /** How many pictures. @minimum 1 @integer */
  cases?: number;
  /**
   * How many people draw each of them. The first four differ most: tight, generous, smooth, hasty; later ones
   * are milder versions of these. @minimum 1 @integer
   */
  raters?: number;
  /** Another seed gives other pictures. @minimum 0 @integer */
  seed?: number;
  /** Height and width of a picture, in pixels. @unit pixels @minimum 16 @integer */
  size?: number;
}

/**
 * Made-up pictures with several simulated raters; no files. Each shows one bright shape with a border that is
 * sharper on one side than on the other, in texture and noise. The raters see the same border and draw it by
 * their own habits, so they agree in the middle and differ where the picture is blurred.
 *
 * Made of additions, multiplications, divisions and square roots alone, which every machine rounds alike.
 */
export function phantom(
  _: SourceContext,
  { cases = 60, raters = 4, seed = 0, size = 64 }: PhantomOptions = {},
): Source {
  const digits = String(cases).length;
  const ids = Array.from({ length: cases }, (_, i) => `shape${String(i + 1).padStart(digits, '0')}`);
  return {
    cases: ids,
    raters,
    channels: 1,
    soft: false,
    files: [],
    size: async () => ({ height: size, width: size }),
    read: async (id) => draw(id, size, raters, seed),
  };
}

function draw(id: string, size: number, raters: number, seed: number): RawCase {
  const scene = imagine(size, random(seed, 'phantom', id));
  const masks = Array.from({ length: raters }, (_, rater) =>
    picture(habitOf(rater, seed)(scene, random(seed, 'phantom', id, 'rater', rater)), size),
  );
  return { id, image: picture(photograph(scene, random(seed, 'phantom', id, 'noise')), size), masks };
}

/**
 * One to three lobes melt into one shape: with d the distance to a lobe's centre and r its radius,
 * u = (Σ (r/d)⁴)^(−1/4) is 1 on the border, and for a single lobe 1 − u is the distance to it in radii.
 */
function imagine(size: number, r: Random): Scene {
  const between = (low: number, high: number) => low + (high - low) * r.uniform();
  const [x, y, radius] = [between(0.38, 0.62) * size, between(0.38, 0.62) * size, between(0.15, 0.22) * size];
  const lobes = [
    { x, y, radius },
    ...Array.from({ length: 1 + r.integer(2) }, () => ({
      x: x + between(-1.1, 1.1) * radius,
      y: y + between(-1.1, 1.1) * radius,
      radius: radius * between(0.5, 0.9),
    })),
  ];
  const inside = field(size, (column, row) => {
    let sum = 0;
    for (const lobe of lobes) {
      const square = (column - lobe.x) ** 2 + (row - lobe.y) ** 2 + 1e-6;
      sum += ((lobe.radius * lobe.radius) / square) ** 2;
    }
    return radius * (1 - 1 / Math.sqrt(Math.sqrt(sum)));
  });
  // The border is sharp on one side and blurred on the other: its width, in pixels, grows along a direction.
  const [dx, dy] = [between(-1, 1), between(-1, 1)];
  const length = Math.sqrt(dx * dx + dy * dy) + 1e-6;
  const [sharp, blurred] = [0.012 * size, between(0.06, 0.1) * size];
  const blur = field(size, (column, row) => {
    const along = ((column - x) * dx + (row - y) * dy) / (length * 2.5 * radius) + 0.5;
    return sharp + (blurred - sharp) * Math.min(1, Math.max(0, along));
  });
  return { size, inside, seen: field(size, (_, __, i) => rise(inside[i]! / blur[i]!)) };
}

/** From 0 to 1, ½ at 0: like a logistic curve, without an exponential. */
function rise(u: number): number {
  return 0.5 + (0.5 * u) / Math.sqrt(1 + u * u);
}

function photograph({ size, seen }: Scene, r: Random): Field {
  const noise = () => r.uniform() + r.uniform() + r.uniform() - 1.5;
  const contrast = 0.35 + 0.2 * r.uniform();
  const texture = box(
    field(size, () => noise()),
    size,
    Math.ceil(size / 16),
  );
  return field(size, (_, __, i) => 0.3 + contrast * seen[i]! + 0.7 * texture[i]! + 0.12 * noise());
}

function picture(values: Field, size: number): Picture {
  return { height: size, width: size, channels: 1, data: Float32Array.from(values) };
}
