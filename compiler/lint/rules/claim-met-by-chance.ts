import { text } from '../../../grammar/diagnostic.ts';
import { scoredName } from '../../canonical/value-form.ts';
import { boundsOf, claimText } from '../claims.ts';
import { rule } from '../rule.ts';

/** What a network that gives every class the same probability has on hard labels, whatever they are. */
const chance: Readonly<Record<string, (classes: number) => number>> = {
  nll: (classes) => Math.log(classes),
  brier: (classes) => 1 - 1 / classes,
};

export const claimMetByChance = rule({
  code: 'DML3315',
  name: 'claim-met-by-chance',
  level: 'warning',
  summary: 'A claim holds of a network that has learned nothing.',
  why: 'One that says 1 / C everywhere has a negative log-likelihood of ln C, 0.693 for two classes, and a Brier score of 1 − 1 / C, 0.5. A bound above that is met before the first step, and a test that chance passes is none.',
  source: 'definition of the metrics',
  bad: 'experiment a extends base { labels: mean  evaluate: nll on voted  expect: nll < 0.8 }',
  good: 'experiment a extends base { labels: mean  evaluate: nll on voted  expect: nll < 0.2 }',
  message: text`\`${'metric'}\` ${'claim'} holds of a network that says ${'share'} everywhere: it has ${'value'}.`,
  help: text`Choose a bound well below ${'value'}.`,
  check({ experiment: { expect, evaluate, data } }) {
    const classes = data.classes.length;
    return expect.flatMap((claim) => {
      const metric = evaluate.find(({ metric: { name } }) => name === claim.metric)?.metric;
      const ofClasses = chance[claim.metric];
      // Of some of the classes alone it depends on the image.
      if (
        !ofClasses ||
        claim.of !== undefined ||
        metric?.code !== undefined ||
        metric?.options.classes !== 'all'
      )
        return [];
      const value = ofClasses(classes);
      const { low, high } = boundsOf(claim);
      if (value >= high || value <= low) return [];
      const digits = Number(value.toFixed(3));
      const share = String(Number((1 / classes).toFixed(3)));
      const values = { metric: scoredName(claim), claim: claimText(claim), share, value: String(digits) };
      return [{ span: claim.span, values }];
    });
  },
});
