import { text } from '../../../grammar/diagnostic.ts';
import { settingOption } from '../edits.ts';
import { rule } from '../rule.ts';

/** Overlap of masks, whose mean over the classes hides the one that nobody asks for. */
const overlaps: Readonly<Record<string, (objects: number) => number>> = {
  dice: (objects) => (2 * (1 - objects)) / (2 - objects),
  bdice: (objects) => (2 * (1 - objects)) / (2 - objects),
  jaccard: (objects) => 1 - objects,
};

/** Share of the pixels that objects have in the example. */
const objects = 0.05;

export const backgroundInOverlap = rule({
  code: 'DML3310',
  name: 'background-in-overlap',
  level: 'warning',
  summary: 'The background counts as a class in an overlap metric.',
  why: 'It is large, and nearly always right: with objects on 5 % of the pixels a network that finds nothing has a background Dice of 0.97, and with two classes the mean of 0.49. Scores rise and differences between methods shrink by half.',
  source: 'Maier-Hein, Reinke et al., Metrics Reloaded, Nature Methods 2024',
  bad: 'experiment a extends base { labels: mean  evaluate: dice(classes: all) on voted }',
  good: 'experiment a extends base { labels: mean  evaluate: dice on voted }',
  message: text`With the background among the classes of \`${'metric'}\`, a network that finds nothing of objects on ${'objects'} % of the pixels scores ${'score'}, not 0.`,
  help: text`Leave \`classes\` out: \`foreground\` is all but the background.`,
  check({ experiment: { evaluate, data } }) {
    return evaluate.flatMap(({ metric }) => {
      const { name, options, span, code } = metric;
      const overlap = overlaps[name];
      const { classes } = options;
      const counted = classes === 'all' ? data.classes.map((_, i) => i) : classes;
      if (!overlap || code !== undefined || !Array.isArray(counted) || !counted.includes(0)) return [];
      const score = (overlap(objects) / counted.length).toFixed(2);
      return [
        {
          span,
          fix: settingOption(metric, 'classes', 'foreground'),
          values: { metric: name, objects: String(100 * objects), score },
        },
      ];
    });
  },
});
