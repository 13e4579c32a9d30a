import { text } from '../../../grammar/diagnostic.ts';
import { settingOption } from '../edits.ts';
import { ratesOf } from '../phases.ts';
import { rule } from '../rule.ts';

export const decayOfPower0 = rule({
  code: 'DML3209',
  name: 'decay-of-power-0',
  level: 'warning',
  summary: 'A polynomial decay has the power 0, so the rate never falls.',
  why: '(1 − step / steps) ^ 0 is 1 at every step: the run trains at the full rate to its end, and its last weights are as noisy as those in the middle. Power 1 is a straight line to 0.',
  source: 'definition of polynomial decay',
  bad: 'experiment a extends base { labels: mean  schedule: poly(power: 0) }',
  good: 'experiment a extends base { labels: mean  schedule: poly(power: 0.9) }',
  message: text`With \`power: 0\` the rate is ${'rate'} at the first step and at the last.`,
  help: text`Usual is 0.9; a rate that stays is \`constant\`.`,
  check({ experiment }) {
    return experiment.schedule.flatMap((phase) => {
      const rates = ratesOf(phase, experiment);
      return rates && phase.options.power === 0
        ? [
            {
              span: phase.span,
              values: { rate: String(rates.end) },
              fix: settingOption(phase, 'power', '0.9'),
            },
          ]
        : [];
    });
  },
});
