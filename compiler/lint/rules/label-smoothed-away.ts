import { text } from '../../../grammar/diagnostic.ts';
import { rule } from '../rule.ts';
import { trainingSteps } from '../sources.ts';

export const labelSmoothedAway = rule({
  code: 'DML3119',
  name: 'label-smoothed-away',
  level: 'warning',
  summary: 'Smoothing leaves the right class hardly more than the others.',
  why: 'At ε the right class keeps 1 − ε + ε / C, every other one gets ε / C. At ε = 1 all are alike and there is nothing to learn.',
  source: 'definition of label smoothing, Szegedy et al., CVPR 2016',
  bad: 'experiment a extends base { labels: voted |> smooth(epsilon: 0.95) }',
  good: 'experiment a extends base { labels: voted |> smooth(epsilon: 0.1) }',
  message: text`With \`epsilon: ${'epsilon'}\` the right one of ${'classes'} classes keeps ${'right'}, every other gets ${'other'}.`,
  help: text`Usual are 0.05 to 0.2 over the whole image, up to 0.5 at boundaries.`,
  check({ experiment }) {
    const classes = experiment.data.classes.length;
    return trainingSteps(experiment).flatMap(({ options: { epsilon }, span }) => {
      if (typeof epsilon !== 'number' || epsilon <= 0.8) return [];
      const share = epsilon / classes;
      const digits = (value: number) => String(Number(value.toPrecision(3)));
      const [right, other] = [digits(1 - epsilon + share), digits(share)];
      return [{ span, values: { epsilon: String(epsilon), classes: String(classes), right, other } }];
    });
  },
});
