import { text } from '../../../grammar/diagnostic.ts';
import { tidy } from '../../check/numbers.ts';
import type { Claim, Combination, Compare } from '../../experiment.ts';
import type { Interval, Registry } from '../../registry.ts';
import { boundsOf } from '../claims.ts';
import { compareRule } from '../rule.ts';

export const comparedClaimSaysNothing = compareRule({
  code: 'DML3405',
  name: 'compared-claim-says-nothing',
  level: 'warning',
  summary: 'A claim of a comparison cannot fail, or cannot hold.',
  why: 'Scores are fractions, so a difference of two lies between −1 and 1. `a.dice - b.dice > 2` was meant in points of a percentage, `2%`, and always fails; `a.dice < b.dice + 1` never does, and a test that cannot fail is no test.',
  source: 'language, `compare` and `expect`',
  bad: 'experiment a extends base { labels: mean  seed: 0 .. 2 } experiment b extends a { loss: ce } compare c of a, b { expect: a.dice - b.dice > 2 }',
  good: 'experiment a extends base { labels: mean  seed: 0 .. 2 } experiment b extends a { loss: ce } compare c of a, b { expect: a.dice - b.dice > 2% }',
  message: text`\`${'claim'}\` ${'verdict'}: the one side less the other is between ${'low'} and ${'high'}.`,
  help: text`Scores are fractions: two points of a percentage are \`2%\`.`,
  check({ compare, registry }) {
    return compare.expect.flatMap((claim) => {
      const reach = reachOf(claim, compare, registry);
      const verdict = reach && verdictOf(claim, reach);
      if (!reach || !verdict) return [];
      const { low, high } = reach;
      return [
        { span: claim.span, values: { claim: claim.text, verdict, low: String(low), high: String(high) } },
      ];
    });
  },
});

/** Between what the left side less the right one lies; `undefined` where a metric is no fraction, or an interval is meant. */
function reachOf({ left, right }: Claim, { metrics }: Compare, registry: Registry): Interval | undefined {
  const sides = [left, ...('terms' in right ? [right] : [])];
  const isFraction = ({ metric }: Combination['terms'][number]) =>
    registry.metric[metrics[metric]!.metric.name]?.tags.unit === undefined;
  if (!sides.every(({ of, terms }) => (of === undefined || of === 'worst') && terms.every(isFraction)))
    return undefined;
  const [one, other] = [extent(left), 'terms' in right ? extent(right) : { low: 0, high: 0 }];
  return { low: tidy(one.low - other.high), high: tidy(one.high - other.low) };
}

function extent({ terms, constant }: Combination): Interval {
  const weights = terms.map(({ weight }) => weight);
  const sum = (some: readonly number[]) => some.reduce((total, weight) => total + weight, constant);
  return {
    low: sum(weights.filter((weight) => weight < 0)),
    high: sum(weights.filter((weight) => weight > 0)),
  };
}

function verdictOf({ operator, right }: Claim, reach: Interval): 'cannot fail' | 'cannot hold' | undefined {
  const bounds = boundsOf({ operator, value: 'terms' in right ? 0 : right });
  const isAbove = bounds.lowOpen ? reach.low > bounds.low : reach.low >= bounds.low;
  const isBelow = bounds.highOpen ? reach.high < bounds.high : reach.high <= bounds.high;
  if (isAbove && isBelow) return 'cannot fail';
  const isOver = bounds.highOpen ? reach.low >= bounds.high : reach.low > bounds.high;
  const isUnder = bounds.lowOpen ? reach.high <= bounds.low : reach.high < bounds.low;
  return isOver || isUnder ? 'cannot hold' : undefined;
}
