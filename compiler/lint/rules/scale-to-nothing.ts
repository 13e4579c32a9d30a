import { text } from '../../../grammar/diagnostic.ts';
import { rule } from '../rule.ts';

export const scaleToNothing = rule({
  code: 'DML3218',
  name: 'scale-to-nothing',
  level: 'error',
  summary: 'An augmentation may shrink an image to nothing.',
  why: 'Height and width are multiplied with a factor from the range. At 0 there is no image left, and the run ends at its first batch, after the data were read.',
  source: 'reference of `scale`',
  bad: 'experiment a extends base { labels: mean  augment: scale(0 .. 2) }',
  good: 'experiment a extends base { labels: mean  augment: scale(0.5 .. 2) }',
  message: text`\`${'transform'}\` multiplies height and width with ${'low'} at least.`,
  help: text`Begin the range above 0: \`scale(0.5 .. 2)\` halves and doubles.`,
  check({ experiment: { augment } }) {
    return augment.flatMap(({ name, options: { factor }, span, code }) =>
      code === undefined && typeof factor === 'object' && 'low' in factor && factor.low <= 0
        ? [{ span, values: { transform: name, low: String(factor.low) } }]
        : [],
    );
  },
});
