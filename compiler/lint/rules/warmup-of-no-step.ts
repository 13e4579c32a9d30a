import { text } from '../../../grammar/diagnostic.ts';
import { short } from '../numbers.ts';
import { ratesOf, stepsOf } from '../phases.ts';
import { rule } from '../rule.ts';

export const warmupOfNoStep = rule({
  code: 'DML3204',
  name: 'warmup-of-no-step',
  level: 'warning',
  summary: 'A warm-up comes to less than two steps, so it never rises.',
  why: 'A share of the run is not rounded to whole steps: 1 % of 50 steps is half a step. The first one has the lowest rate and the second the full one: the step that was to be eased in is only put off by one.',
  source: 'official code of the Dice semimetric losses: 1 % of some 10,000 steps',
  bad: 'experiment a extends base { labels: mean  train: 50 steps  schedule: warmup(1%) then poly }',
  good: 'experiment a extends base { labels: mean  train: 50 steps  schedule: warmup(10%) then poly }',
  message: text`The warm-up lasts ${'steps'} steps: the first has the rate ${'from'}, and the second ${'rate'}.`,
  help: text`Give it a number of steps, such as \`warmup(${'enough'} steps)\`, or leave it out.`,
  check({ experiment }) {
    const { schedule, train } = experiment;
    if (train === 'none') return [];
    return schedule.flatMap((phase) => {
      const [rates, steps] = [ratesOf(phase, experiment), stepsOf(phase, train)];
      if (!rates || rates.begin >= rates.end || steps === undefined || steps > 1) return [];
      const enough = String(train.unit === 'steps' ? Math.max(2, Math.ceil(train.value / 10)) : 10);
      const values = { steps: short(steps), from: short(rates.begin), rate: short(rates.end), enough };
      return [{ span: phase.span, values }];
    });
  },
});
