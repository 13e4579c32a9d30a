import { text } from '../../../grammar/diagnostic.ts';
import { scoredName } from '../../canonical/value-form.ts';
import { boundsOf, claimText, isEmpty, isOfSame, meaningOfBounds, within } from '../claims.ts';
import { removal } from '../edits.ts';
import { rule } from '../rule.ts';

export const claimImplied = rule({
  code: 'DML3314',
  name: 'claim-implied',
  level: 'warning',
  summary: 'A claim about a metric follows from another one.',
  why: 'Where `dice > 0.85` holds, `dice > 0.8` does: it can never fail alone, so it checks nothing. Mostly the older of two bounds was left behind, or a sign was turned round.',
  source: 'language, `expect`',
  bad: 'experiment a extends base { labels: mean  expect: dice > 0.85, dice > 0.8 }',
  good: 'experiment a extends base { labels: mean  expect: dice > 0.8, ece < 5% }',
  message: text`\`${'metric'}\` is ${'weaker'} wherever it is ${'stronger'}: the claim never fails alone.`,
  help: text`Leave it out, or say what else was meant.`,
  check({ experiment: { expect } }) {
    return expect.flatMap((claim, i) => {
      const own = boundsOf(claim);
      const stronger = expect.find((one, j) => {
        if (i === j || !isOfSame(one, claim) || isEmpty(boundsOf(one))) return false;
        const isImplied = meaningOfBounds(within(boundsOf(one), own)) === meaningOfBounds(boundsOf(one));
        // Of two equal claims the second one is too much.
        return isImplied && (j < i || meaningOfBounds(boundsOf(one)) !== meaningOfBounds(own));
      });
      if (!stronger) return [];
      const fix = removal(claim.span, /,/, 'Leave it out');
      const values = { metric: scoredName(claim), weaker: claimText(claim), stronger: claimText(stronger) };
      return [
        { span: claim.span, values, fix, related: [{ span: stronger.span, message: 'the stronger claim' }] },
      ];
    });
  },
});
