import { text } from '../../../grammar/diagnostic.ts';
import { percent } from '../numbers.ts';
import { ratesOf, shareOf } from '../phases.ts';
import { rule } from '../rule.ts';

export const runOutlivesSchedule = rule({
  code: 'DML3202',
  name: 'run-outlives-schedule',
  level: 'warning',
  summary: 'The schedule has fallen to 0 before the run ends.',
  why: 'After the last phase its final factor stays. A decay that is over after 60 % of the run leaves the other 40 % at rate 0: they cost their time and change no weight.',
  source: 'language, schedules',
  bad: 'experiment a extends base { labels: mean  schedule: warmup(10%) then poly(duration: 50%) }',
  good: 'experiment a extends base { labels: mean  schedule: warmup(10%) then poly }',
  message: text`\`${'phase'}\` ends at rate 0 after ${'share'} % of the run: in the other ${'rest'} % no weight changes.`,
  help: text`Leave its \`duration\` out, so that it takes the rest of the run.`,
  check({ experiment }) {
    const { schedule, train } = experiment;
    const last = schedule.at(-1);
    if (!last || train === 'none' || ratesOf(last, experiment)?.end !== 0) return [];
    const shares = schedule.map((phase) => shareOf(phase, train));
    if (!shares.every((share) => typeof share === 'number')) return [];
    const share = shares.reduce((sum, each) => sum + each, 0);
    if (share > 1 - 1e-9) return [];
    return [
      { span: last.span, values: { phase: last.name, share: percent(share), rest: percent(1 - share) } },
    ];
  },
});
