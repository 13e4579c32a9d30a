import { text } from '../../../grammar/diagnostic.ts';
import { settingOption } from '../edits.ts';
import { rule } from '../rule.ts';

export const nesterovWithoutMomentum = rule({
  code: 'DML3212',
  name: 'nesterov-without-momentum',
  level: 'warning',
  summary: 'Nesterov momentum is asked for, and the momentum is 0.',
  why: 'The step is g + momentum · v: at momentum 0 it is plain gradient descent. An experiment that reports Nesterov momentum would not have had it; PyTorch refuses the pair.',
  source: 'Sutskever et al., ICML 2013; torch.optim.SGD',
  bad: 'experiment a extends base { labels: mean  optimizer: sgd(rate: 0.01, nesterov: true) }',
  good: 'experiment a extends base { labels: mean  optimizer: sgd(rate: 0.01, momentum: 0.9, nesterov: true) }',
  message: text`\`nesterov\` looks ahead by the momentum, which is ${'momentum'}: it changes no step.`,
  help: text`Give a \`momentum\`, usually 0.9, or leave \`nesterov\` out.`,
  check({ experiment: { optimizer } }) {
    const { nesterov, momentum } = optimizer.options;
    return nesterov === true && momentum === 0
      ? [
          {
            span: optimizer.span,
            values: { momentum: '0' },
            fix: settingOption(optimizer, 'momentum', '0.9'),
          },
        ]
      : [];
  },
});
