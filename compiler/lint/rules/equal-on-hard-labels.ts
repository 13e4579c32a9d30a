import { text } from '../../../grammar/diagnostic.ts';
import { meaningOf } from '../../check/meaning.ts';
import type { Experiment, Term } from '../../experiment.ts';
import { equalOnHard, meaningOnHard } from '../equal-losses.ts';
import { sweepRule } from '../rule.ts';

export const equalOnHardLabels = sweepRule({
  code: 'DML3402',
  name: 'equal-on-hard-labels',
  level: 'warning',
  summary: 'Arms compare losses that are the same one on hard labels.',
  why: 'Where a label is 0 or 1, min(x, y) is xy: `sdl`, `dml1` and `dml2` are one loss, and so are `sjl`, `jml1` and `jml2`. What the table shows as a difference of two of them is the rounding of float32, after hours of training.',
  source: 'Wang et al., Dice Semimetric Losses, MICCAI 2023, theorem 2 (equal on hard labels)',
  bad: 'experiment a extends base { labels: voted  seed: 0 .. 2 } sweep s of a { vary loss in [0.25 ce + 0.75 sdl, 0.25 ce + 0.75 dml1] }',
  good: 'experiment a extends base { labels: mean  seed: 0 .. 2 } sweep s of a { vary loss in [0.25 ce + 0.75 dml2, 0.25 ce + 0.75 dml1] }',
  message: text`Arms ${'first'} and ${'second'} differ in ${'losses'} alone, which on their hard labels are the same: both ${'value'} for a pixel labelled 1 and predicted 0.5.`,
  help: text`Leave one of them out with \`except\`, or compare them on soft labels.`,
  async check({ sweep, witness }) {
    const terms = sweep.arms.flatMap(({ experiment }) => experiment.loss);
    const names = new Set(terms.filter(isOnHard).map(({ loss }) => loss.name));
    if (names.size < 2) return [];
    const keys = sweep.arms.map(({ experiment }) => keyOf(experiment));
    const findings = sweep.arms.map(async ({ number, experiment }, i) => {
      const j = keys.indexOf(keys[i]!);
      if (j === i) return [];
      const before = sweep.arms[j]!;
      // Arms that are written alike are found when the file is checked.
      const pair = differing(before.experiment.loss, experiment.loss);
      if (!pair) return [];
      const [value] = (await witness(pair[1].loss, { label: 1, probabilities: [0.5] })) ?? [];
      const values = {
        first: String(before.number),
        second: String(number),
        losses: pair.map(({ loss }) => `\`${loss.name}\``).join(' and '),
        value: value!.toFixed(3),
      };
      return [{ span: sweep.span, values, related: [{ span: pair[1].loss.span, message: 'the same loss' }] }];
    });
    return (await Promise.all(findings)).flat();
  },
});

const isOnHard = ({ loss, on }: Term): boolean => !on.soft && equalOnHard(loss) !== undefined;

/** The same for experiments that train alike, to the last digit that the theorem promises. */
const keyOf = (experiment: Experiment): string =>
  meaningOf({
    ...experiment,
    name: '',
    loss: experiment.loss.map((term) => [keyOfTerm(term), term.weight, term.at, term.on]),
  });

const keyOfTerm = ({ loss, on }: Term): string => (on.soft ? meaningOf(loss) : meaningOnHard(loss));

/** The first two terms at one place that are not written alike. */
function differing(a: readonly Term[], b: readonly Term[]): readonly [Term, Term] | undefined {
  const i = b.findIndex((term, k) => meaningOf(term.loss) !== meaningOf(a[k]!.loss));
  const pair = [a[i], b[i]] as const;
  return pair[0] && pair[1] && equalOnHard(pair[1].loss) !== undefined ? [pair[0], pair[1]] : undefined;
}
