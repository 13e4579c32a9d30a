import { text } from '../../../grammar/diagnostic.ts';
import { settingOption } from '../edits.ts';
import { rule } from '../rule.ts';

export const averageNeverMoves = rule({
  code: 'DML3215',
  name: 'average-never-moves',
  level: 'error',
  summary: 'A moving average of the optimizer takes up nothing.',
  why: 'At β = 1 a mean keeps its first value, 0, and its correction 1 − βᵗ is 0 too: the first step divides 0 by 0, and all weights are no numbers.',
  source: 'Kingma and Ba, Adam, ICLR 2015, algorithm 1: β₁, β₂ ∈ [0, 1)',
  bad: 'experiment a extends base { labels: mean  optimizer: adamw(rate: 1e-3, beta2: 1) }',
  good: 'experiment a extends base { labels: mean  optimizer: adamw(rate: 1e-3, beta2: 0.999) }',
  message: text`With \`${'option'}: 1\` a share of ${'share'} of each gradient counts: the first step is 0 / 0.`,
  help: text`Usual are \`beta1: 0.9\` and \`beta2: 0.999\`.`,
  check({ experiment: { optimizer } }) {
    const { options, span, code } = optimizer;
    if (code !== undefined) return [];
    return ['beta1', 'beta2'].flatMap((option) =>
      options[option] === 1
        ? [
            {
              span,
              values: { option, share: '0' },
              fix: settingOption(optimizer, option, option === 'beta1' ? '0.9' : '0.999'),
            },
          ]
        : [],
    );
  },
});
