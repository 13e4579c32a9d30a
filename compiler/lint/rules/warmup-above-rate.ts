import { text } from '../../../grammar/diagnostic.ts';
import { settingOption } from '../edits.ts';
import { rule } from '../rule.ts';

export const warmupAboveRate = rule({
  code: 'DML3203',
  name: 'warmup-above-rate',
  level: 'warning',
  summary: 'A warm-up starts at or above the rate that it should rise to.',
  why: 'The factor is max(from / rate, step / steps): from 1 on it never rises, and above 1 the first steps are longer than any later one.',
  source: 'official code of the Dice semimetric losses, warm-up',
  bad: 'experiment a extends base { labels: mean  schedule: warmup(1%, from: 0.1) then poly }',
  good: 'experiment a extends base { labels: mean  schedule: warmup(1%, from: 1e-6) then poly }',
  message: text`The warm-up starts from ${'from'}, ${'times'} times the rate ${'rate'} that it leads to.`,
  help: text`\`from\` is a rate, not a factor: choose one far below ${'rate'}, such as 1e-6.`,
  check({ experiment: { schedule, optimizer } }) {
    const { rate } = optimizer.options;
    return schedule.flatMap((phase) => {
      const {
        name,
        options: { from },
        span,
      } = phase;
      if (name !== 'warmup' || typeof from !== 'number' || typeof rate !== 'number' || from < rate) return [];
      const times = String(Number((from / rate).toPrecision(3)));
      const values = { from: String(from), rate: String(rate), times };
      return [{ span, values, fix: settingOption(phase, 'from', '1e-6') }];
    });
  },
});
