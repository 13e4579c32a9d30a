import { text } from '../../../grammar/diagnostic.ts';
import { settingOption } from '../edits.ts';
import { rule } from '../rule.ts';

/** Above this an update lives longer than most runs here. */
const usual = 0.999;

export const momentumNeverFades = rule({
  code: 'DML3205',
  name: 'momentum-never-fades',
  level: 'warning',
  summary: 'The momentum is so large that updates hardly fade.',
  why: 'An update adds up to 1 / (1 − momentum) times itself: 10 times at 0.9, 1,000 times at 0.999, without end at 1, where training diverges.',
  source: 'geometric series of the velocity, v = momentum · v + g',
  bad: 'experiment a extends base { labels: mean  optimizer: sgd(rate: 0.01, momentum: 1) }',
  good: 'experiment a extends base { labels: mean  optimizer: sgd(rate: 0.01, momentum: 0.9) }',
  message: text`With the momentum ${'momentum'} every update adds up to ${'sum'} times itself.`,
  help: text`Usual is 0.9, which makes it 10.`,
  check({ experiment: { optimizer } }) {
    const { momentum } = optimizer.options;
    if (typeof momentum !== 'number' || momentum < usual) return [];
    const sum = momentum < 1 ? String(Math.round(1 / (1 - momentum))) : 'infinitely many';
    const fix = settingOption(optimizer, 'momentum', '0.9');
    return [{ span: optimizer.span, values: { momentum: String(momentum), sum }, fix }];
  },
});
