import { text } from '../../../grammar/diagnostic.ts';
import type { Use } from '../../experiment.ts';
import { hardening } from '../metrics.ts';
import { short } from '../numbers.ts';
import { rule } from '../rule.ts';

/** Steps that make labels less sure than anyone has said. */
const smoothing = ['smooth', 'boundary'];

/** Metrics that binarise the truth, which an ε below 0.2 does not move. */
const unmoved = [...hardening, 'bdice'];

export const truthIsSmoothed = rule({
  code: 'DML3308',
  name: 'truth-is-smoothed',
  level: 'warning',
  summary: 'A network is scored against labels that were smoothed.',
  why: 'Smoothing is a help in training. As a truth it asks for its own ε: with two classes and ε = 0.2 a network that is right and sure has the calibration error 0.1, and the best score goes to one that says 0.9 everywhere. Who trained on smoothed labels wins by that alone.',
  source: 'Müller, Kornblith, Hinton, When Does Label Smoothing Help?, NeurIPS 2019',
  bad: 'experiment a extends base { labels: mean  evaluate: ece on (voted |> smooth(0.2)) }',
  good: 'experiment a extends base { labels: voted |> smooth(0.2)  evaluate: ece on voted }',
  message: text`\`${'metric'}\` is best at ${'best'}${'where'} where every rater may have said 1: \`${'step'}\` has taken ${'taken'} from the truth.`,
  help: text`Measure it on the labels without the step.`,
  check({ experiment: { evaluate, data } }) {
    const classes = data.classes.length;
    return evaluate.flatMap(({ metric, on }) => {
      const step = on.soft ? on.steps.find(isSmoothing) : undefined;
      if (!step || unmoved.includes(metric.name)) return [];
      const taken = Number(step.options.epsilon) * (1 - 1 / classes);
      const values = {
        metric: metric.name,
        best: short(1 - taken),
        where: step.options.kernel === undefined ? '' : ', along boundaries,',
        step: step.name,
        taken: short(taken),
      };
      return [{ span: on.span, values, related: [{ span: metric.span, message: 'measured here' }] }];
    });
  },
});

const isSmoothing = ({ name, options: { epsilon }, code }: Use): boolean =>
  code === undefined && smoothing.includes(name) && typeof epsilon === 'number' && epsilon > 0;
