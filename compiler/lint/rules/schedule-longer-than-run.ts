import { text } from '../../../grammar/diagnostic.ts';
import { shareOf } from '../phases.ts';
import { rule } from '../rule.ts';

export const scheduleLongerThanRun = rule({
  code: 'DML3201',
  name: 'schedule-longer-than-run',
  level: 'warning',
  summary: 'The phases of a schedule last as long as the run, or longer.',
  why: 'What comes after the end of the run never happens: a warm-up of 20 epochs in a run of 10 ends at half the rate, and a decay behind it never begins.',
  source: 'language, schedules',
  bad: 'experiment a extends base { labels: mean  schedule: warmup(20 epochs) then poly }',
  good: 'experiment a extends base { labels: mean  schedule: warmup(1 epoch) then poly }',
  message: text`The schedule is over ${'share'} % of the run before \`${'phase'}\` begins.`,
  help: text`Shorten the phases before it; \`train\` is ${'train'}.`,
  check({ experiment: { schedule, train } }) {
    if (train === 'none') return [];
    let share = 0;
    for (const [i, phase] of schedule.entries()) {
      const own = shareOf(phase, train);
      if (typeof own !== 'number') return [];
      share += own;
      const next = schedule[i + 1];
      const isOver = share > 1 + 1e-9 || (next !== undefined && share > 1 - 1e-9);
      if (!isOver) continue;
      const values = {
        share: String(Number((100 * share).toPrecision(4))),
        phase: next?.name ?? 'the end of it',
        train: `${train.value} ${train.unit}`,
      };
      return [{ span: phase.span, values }];
    }
    return [];
  },
});
