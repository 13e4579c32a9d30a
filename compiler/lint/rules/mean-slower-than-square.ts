import { text } from '../../../grammar/diagnostic.ts';
import { short } from '../numbers.ts';
import { rule } from '../rule.ts';

export const meanSlowerThanSquare = rule({
  code: 'DML3216',
  name: 'mean-slower-than-square',
  level: 'warning',
  summary: 'Adam remembers gradients longer than their squares.',
  why: 'Where β₁ > √β₂ the mean gradient outlives its size: after a large gradient the divisor is small again while the mean is still large, and steps grow instead of shrinking. Mostly the two were written in the other order.',
  source: 'Reddi, Kale, Kumar, On the Convergence of Adam and Beyond, ICLR 2018: β₁ < √β₂',
  bad: 'experiment a extends base { labels: mean  optimizer: adamw(rate: 1e-3, beta1: 0.999, beta2: 0.9) }',
  good: 'experiment a extends base { labels: mean  optimizer: adamw(rate: 1e-3, beta1: 0.9, beta2: 0.999) }',
  message: text`\`beta1: ${'beta1'}\` is above the root of \`beta2: ${'beta2'}\`, ${'root'}: ${'steps'} steps after a large gradient the step that it makes has grown ${'times'} times.`,
  help: text`Usual are \`beta1: 0.9\` and \`beta2: 0.999\`.`,
  check({ experiment: { optimizer } }) {
    const { beta1, beta2 } = optimizer.options;
    if (typeof beta1 !== 'number' || typeof beta2 !== 'number' || optimizer.code !== undefined) return [];
    const root = Math.sqrt(beta2);
    // An average that never moves is another finding.
    if (beta1 <= root || beta1 === 1) return [];
    const steps = 20;
    const times = short((beta1 / root) ** steps);
    const values = {
      beta1: String(beta1),
      beta2: String(beta2),
      root: short(root),
      steps: String(steps),
      times,
    };
    return [{ span: optimizer.span, values }];
  },
});
