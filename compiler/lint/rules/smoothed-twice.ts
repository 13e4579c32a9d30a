import { text } from '../../../grammar/diagnostic.ts';
import { short } from '../numbers.ts';
import { rule } from '../rule.ts';
import { allSources } from '../sources.ts';

export const smoothedTwice = rule({
  code: 'DML3133',
  name: 'smoothed-twice',
  level: 'warning',
  summary: 'Labels are smoothed twice.',
  why: 'What is left of the label multiplies: ε = 0.1 twice keeps 0.81 and is one smoothing with ε = 0.19. Mostly a child or a `let` adds the step to labels that have it already.',
  source: 'definition of label smoothing, Szegedy et al., CVPR 2016',
  bad: 'experiment a extends base { labels: voted |> smooth(0.1) |> smooth(0.1) }',
  good: 'experiment a extends base { labels: voted |> smooth(0.19) }',
  message: text`\`smooth\` stands ${'times'} times: together they take ${'epsilon'} from the label.`,
  help: text`Write it once, with the ε that is meant.`,
  check({ experiment }) {
    return allSources(experiment).flatMap(({ steps }) => {
      const smoothing = steps.filter(
        ({ name, options: { epsilon } }) => name === 'smooth' && typeof epsilon === 'number' && epsilon > 0,
      );
      const [first, second] = smoothing;
      if (!first || !second) return [];
      const kept = smoothing.reduce((product, { options }) => product * (1 - Number(options.epsilon)), 1);
      const values = { times: String(smoothing.length), epsilon: short(1 - kept) };
      return [{ span: second.span, values, related: [{ span: first.span, message: 'the first' }] }];
    });
  },
});
