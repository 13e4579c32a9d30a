import { text } from '../../../grammar/diagnostic.ts';
import { scoredName } from '../../canonical/value-form.ts';
import { boundsOf, claimText, isEmpty, isOfSame, within } from '../claims.ts';
import { rule } from '../rule.ts';

export const claimsContradict = rule({
  code: 'DML3313',
  name: 'claims-contradict',
  level: 'warning',
  summary: 'Two claims about a metric cannot hold together.',
  why: 'What is expected must hold as a whole, so the run fails whatever it finds: `dice > 0.9` and `dice < 0.8` have no number in common. Mostly one of the signs was turned round.',
  source: 'language, `expect`',
  bad: 'experiment a extends base { labels: mean  expect: dice > 0.9, dice < 0.8 }',
  good: 'experiment a extends base { labels: mean  expect: dice > 0.8, dice < 0.9 }',
  message: text`\`${'metric'}\` is to be ${'first'} and ${'second'}: no number is.`,
  help: text`Turn one of the signs round, or leave one out.`,
  check({ experiment: { expect } }) {
    return expect.flatMap((claim, i) => {
      const own = boundsOf(claim);
      const before = expect
        .slice(0, i)
        .find((one) => isOfSame(one, claim) && isEmpty(within(boundsOf(one), own)));
      if (!before || isEmpty(own) || isEmpty(boundsOf(before))) return [];
      const values = { metric: scoredName(claim), first: claimText(before), second: claimText(claim) };
      return [{ span: claim.span, values, related: [{ span: before.span, message: 'the other claim' }] }];
    });
  },
});
