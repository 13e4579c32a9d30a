import { text } from '../../../grammar/diagnostic.ts';
import { meaningOf } from '../../check/meaning.ts';
import type { Use } from '../../experiment.ts';
import { removal } from '../edits.ts';
import { short } from '../numbers.ts';
import { rule } from '../rule.ts';

export const transformTwice = rule({
  code: 'DML3220',
  name: 'transform-twice',
  level: 'warning',
  summary: 'The same augmentation stands twice in the pipeline.',
  why: 'Mirrored twice at random is mirrored in one half of the cases, as once. Two scalings multiply: 0.5 .. 2 twice is 0.25 .. 4, and at 0.25 one sixteenth of the image is left.',
  source: 'language, augmentation',
  bad: 'experiment a extends base { labels: mean  augment: flip(horizontal) |> flip(horizontal) }',
  good: 'experiment a extends base { labels: mean  augment: flip(horizontal) |> flip(vertical) }',
  message: text`\`${'transform'}\` stands twice: ${'effect'}.`,
  help: text`Leave one out, or give it other options.`,
  check({ experiment: { augment } }) {
    const meanings = augment.map(meaningOf);
    return augment.flatMap((use, i) => {
      const before = meanings.indexOf(meanings[i]!);
      if (before === i) return [];
      const values = { transform: use.name, effect: effectOf(use) };
      return [
        {
          span: use.span,
          values,
          related: [{ span: augment[before]!.span, message: 'the same' }],
          fix: removal(use.span, /\|>/, 'Leave it out'),
        },
      ];
    });
  },
});

function effectOf({ options: { factor, direction } }: Use): string {
  if (typeof factor === 'object' && 'low' in factor)
    return `together they scale by ${short(factor.low ** 2)} to ${short(factor.high ** 2)}`;
  if (direction !== undefined) return 'together they mirror 50 % of the images, as one does';
  return 'it is done 2 times';
}
