/**
 * `kde` at every pixel of one image, two classes, as wall and processor time:
 * `npx tsx bench/kde/index.ts [--size 384] [--keys 1000] [--rounds 3] [--classes 2]`.
 * The teacher is a noisy disc, more or less sure at its edge; keys are drawn from the image, as many of each class.
 */
import { parseArgs } from 'node:util';
import { kde } from '../../runtime/labels/kde.ts';
import type { LabelContext, LabelMap } from '../../runtime/labels/step.ts';
import { random } from '../../runtime/random.ts';

const { values } = parseArgs({
  options: {
    size: { type: 'string', default: '384' },
    keys: { type: 'string', default: '1000' },
    rounds: { type: 'string', default: '3' },
    classes: { type: 'string', default: '2' },
  },
});
const [size, keys, rounds, classes] = [values.size, values.keys, values.rounds, values.classes].map(
  Number,
) as [number, number, number, number];

/** Softmax of logits that fall with the distance from a ring of each class. */
function noisyDisc(): { probabilities: LabelMap; hard: LabelMap } {
  const draw = random('bench', 'kde');
  const pixels = size * size;
  const probabilities = new Float64Array(classes * pixels);
  const hard = new Float64Array(classes * pixels);
  for (let i = 0; i < pixels; i++) {
    const radius = Math.hypot((i % size) - size / 2, Math.floor(i / size) - size / 2) / size;
    const logits = Array.from(
      { length: classes },
      (_, c) => -12 * classes * Math.abs(radius - 0.5 + (0.5 * c) / (classes - 1)),
    );
    const exps = logits.map((z) => Math.exp(z + draw.normal()));
    const sum = exps.reduce((a, b) => a + b, 0);
    for (const [c, e] of exps.entries()) probabilities[c * pixels + i] = e / sum;
    let [label, rest] = [0, draw.uniform() - exps[0]! / sum];
    while (rest > 0 && label < classes - 1) rest -= exps[++label]! / sum;
    hard[label * pixels + i] = 1;
  }
  return { probabilities, hard };
}

const { probabilities, hard } = noisyDisc();
const context: LabelContext = {
  id: 'disc',
  classes,
  height: size,
  width: size,
  keep: new Uint8Array(size * size).fill(1),
  hard: () => hard,
  keys: undefined,
  random: random('keys'),
  note: () => undefined,
};

for (const bandwidth of [1e-5, 1e-3, 1e-2, 1e-1, 1, 'auto'] as const) {
  const times = Array.from({ length: rounds }, () => {
    const [start, used] = [performance.now(), process.cpuUsage()];
    kde(probabilities, context, { bandwidth, keys, where: 'all' });
    const { user, system } = process.cpuUsage(used);
    return { wall: (performance.now() - start) / 1e3, processor: (user + system) / 1e6 };
  });
  const median = (of: 'wall' | 'processor') =>
    times.map((time) => time[of]).sort((a, b) => a - b)[rounds >> 1]!;
  console.log(
    `h ${bandwidth}: ${median('wall').toFixed(2)} s, processor ${median('processor').toFixed(2)} s`,
  );
}
