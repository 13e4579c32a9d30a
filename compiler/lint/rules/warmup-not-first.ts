import { text } from '../../../grammar/diagnostic.ts';
import { short } from '../numbers.ts';
import { ratesOf } from '../phases.ts';
import { rule } from '../rule.ts';

/** A fall by this factor from one step to the next is none that a schedule would want. */
const fall = 10;

export const warmupNotFirst = rule({
  code: 'DML3208',
  name: 'warmup-not-first',
  level: 'warning',
  summary: 'A warm-up stands behind another phase.',
  why: 'Phases follow each other as they are written. `poly then warmup` decays to 0, then rises from 1e-6 to the full rate, at which the run ends; `constant then warmup` drops the rate by a factor of 10,000 in the middle.',
  source:
    'Goyal et al., Accurate, Large Minibatch SGD, 2017, section 2.2: warm-up is for the start of training',
  bad: 'experiment a extends base { labels: mean  schedule: poly(duration: 90%) then warmup(10%) }',
  good: 'experiment a extends base { labels: mean  schedule: warmup(10%) then poly }',
  message: text`\`${'phase'}\` rises from ${'begin'} to ${'end'} behind \`${'other'}\`, which has ended at ${'before'}${'last'}.`,
  help: text`Put it first: \`${'phase'} then ${'other'}\`.`,
  check({ experiment }) {
    const { schedule } = experiment;
    const rates = schedule.map((phase) => ratesOf(phase, experiment));
    return schedule.flatMap((phase, i) => {
      const [before, own] = [rates[i - 1], rates[i]];
      if (!before || !own || own.begin >= own.end) return [];
      const isLast = i === schedule.length - 1;
      // Behind a decay a rise is a restart, if something follows it.
      if (!isLast && before.end <= fall * own.begin) return [];
      const values = {
        phase: phase.name,
        other: schedule[i - 1]!.name,
        begin: short(own.begin),
        end: short(own.end),
        before: short(before.end),
        last: isLast ? ': the run ends at the full rate' : '',
      };
      return [{ span: phase.span, values }];
    });
  },
});
