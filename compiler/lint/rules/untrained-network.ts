import { text } from '../../../grammar/diagnostic.ts';
import { rule } from '../rule.ts';

export const untrainedNetwork = rule({
  code: 'DML3217',
  name: 'untrained-network',
  level: 'warning',
  summary: 'A network is scored that has learned nothing.',
  why: '`train: none` scores the weights that a run starts from, and `start: random` draws them: with two classes the score is that of a coin, another one for each seed. Meant are mostly weights from a file.',
  source: 'language, `train` and `start`',
  bad: 'experiment a extends base { labels: mean  train: none }',
  good: 'experiment a extends base { labels: mean  train: none  start: weights("unet.safetensors") }',
  message: text`What is scored has trained for ${'steps'} steps, from weights that were drawn at random.`,
  help: text`Give \`start: weights("…")\`, or train.`,
  check({ experiment: { train, start, span } }) {
    return train === 'none' && start === 'random' ? [{ span, values: { steps: '0' } }] : [];
  },
});
