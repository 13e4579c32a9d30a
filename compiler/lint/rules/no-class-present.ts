import { text } from '../../../grammar/diagnostic.ts';
import { settingOption } from '../edits.ts';
import { rule } from '../rule.ts';

export const noClassPresent = rule({
  code: 'DML3131',
  name: 'no-class-present',
  level: 'error',
  summary: 'No class ever counts in a loss, which is therefore 0.',
  why: 'Of the classes those count that are `present`: whose label is above `threshold` at some pixel. Labels end at 1, so from a threshold of 1 on none is, and the loss is 0 with the gradient 0 whatever is predicted.',
  source: 'reference of the overlap losses, `active` and `threshold`',
  bad: 'experiment a extends base { labels: voted  loss: dml1(threshold: 1) }',
  good: 'experiment a extends base { labels: voted  loss: dml1(threshold: 0.5) }',
  message: text`No label is above \`threshold: ${'threshold'}\`, so no class counts: for a pixel labelled 1 \`${'loss'}\` is ${'wrong'} at the prediction 0 and ${'right'} at 1.`,
  help: text`A threshold is a share, far below 1: usual is 0.01.`,
  async check({ experiment: { loss }, witness }) {
    const findings = loss.map(async ({ loss: use, on }) => {
      const { threshold, active } = use.options;
      const isPicky = active === 'present' || (active === 'auto' && !on.soft);
      if (typeof threshold !== 'number' || threshold < 1 || !isPicky) return [];
      // The witness is of soft labels, which take `auto` in another way.
      const options = { ...use.options, active: 'present' };
      const costs = await witness({ ...use, options }, { label: 1, probabilities: [0, 1] });
      if (!costs) return [];
      const [wrong, right] = costs.map(String);
      const values = { threshold: String(threshold), loss: use.name, wrong: wrong!, right: right! };
      return [{ span: use.span, values, fix: settingOption(use, 'threshold', '0.01') }];
    });
    return (await Promise.all(findings)).flat();
  },
});
