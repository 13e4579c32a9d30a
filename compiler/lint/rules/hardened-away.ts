import { text } from '../../../grammar/diagnostic.ts';
import type { Use } from '../../experiment.ts';
import { short } from '../numbers.ts';
import { rule } from '../rule.ts';
import { allSources } from '../sources.ts';

export const hardenedAway = rule({
  code: 'DML3134',
  name: 'hardened-away',
  level: 'warning',
  summary: 'A label step is undone by `harden` behind it.',
  why: '`harden` takes the largest class, and smoothing or a temperature changes which one that is nowhere: with ε = 0.1 and two classes the right one keeps 0.95 and becomes 1 again. The file tells of soft labels, and hard ones are trained.',
  source: 'definition of the steps',
  bad: 'experiment a extends base { labels: voted |> smooth(0.1) |> harden }',
  good: 'experiment a extends base { labels: voted |> smooth(0.1) }',
  message: text`Behind \`${'step'}\` a class that had ${'before'} has ${'after'}, still the largest: \`harden\` makes it 1.`,
  help: text`Take both steps out, or \`harden\` alone.`,
  check({ experiment }) {
    const classes = experiment.data.classes.length;
    return allSources(experiment).flatMap(({ steps }) =>
      steps.flatMap((step, i) => {
        if (steps[i + 1]?.name !== 'harden') return [];
        const kept = keptBy(step, classes);
        if (!kept) return [];
        const values = { step: step.name, before: short(kept.before), after: short(kept.after) };
        return [{ span: step.span, values, related: [{ span: steps[i + 1]!.span, message: 'undone here' }] }];
      }),
    );
  },
});

/** What a step that keeps the order of the classes makes of the largest one. */
function keptBy({ name, options: { epsilon, T } }: Use, classes: number) {
  if ((name === 'smooth' || name === 'boundary') && typeof epsilon === 'number' && epsilon < 1)
    return { before: 1, after: 1 - epsilon + epsilon / classes };
  if (name !== 'temperature' || typeof T !== 'number') return undefined;
  const before = 0.9;
  const [most, least] = [before ** (1 / T), ((1 - before) / (classes - 1)) ** (1 / T)];
  return { before, after: most / (most + (classes - 1) * least) };
}
