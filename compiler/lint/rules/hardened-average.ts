import { text } from '../../../grammar/diagnostic.ts';
import { rule } from '../rule.ts';
import { allSources, ratersOf } from '../sources.ts';

export const hardenedAverage = rule({
  code: 'DML3136',
  name: 'hardened-average',
  level: 'warning',
  summary: 'The average of the raters is hardened: that is their majority.',
  why: 'With two classes the larger average is the one above 0.5, which is what `majority` counts, ties to the background included. Under its own name a reader sees at once that the labels are hard, and the rules of majorities apply.',
  source: 'definition of the steps',
  bad: 'experiment a extends base { labels: raters |> average |> harden }',
  good: 'experiment a extends base { labels: raters |> majority }',
  message: text`Of two classes the larger average is above 0.5, that of ${'needed'} raters: these are the labels of \`majority\`.`,
  help: text`Write \`raters |> majority\`.`,
  check({ experiment }) {
    const raters = ratersOf(experiment);
    if (experiment.data.classes.length !== 2) return [];
    const needed =
      raters === undefined ? 'more than half of the' : `${Math.floor(raters / 2) + 1} of ${raters}`;
    return allSources(experiment).flatMap(({ root, steps: [average, harden] }) =>
      root === 'raters' && average?.options.weights === 'equal' && harden?.name === 'harden'
        ? [{ span: harden.span, values: { needed } }]
        : [],
    );
  },
});
