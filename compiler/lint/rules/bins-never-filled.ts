import { text } from '../../../grammar/diagnostic.ts';
import { settingOption } from '../edits.ts';
import { rule } from '../rule.ts';

/** With fewer bins than this in use, most of a miscalibration cancels inside of them. */
const enough = 5;

export const binsNeverFilled = rule({
  code: 'DML3303',
  name: 'bins-never-filled',
  level: 'warning',
  summary: 'Too few bins of a calibration error can ever be filled.',
  why: 'The largest of C probabilities is at least 1 / C: with two classes half of the bins stay empty. The mean inside a wide bin hides errors of both signs: at 2 bins a network that is 20 % too sure at one pixel and 20 % too unsure at the next has the error 0.',
  source: 'Nixon et al., Measuring Calibration in Deep Learning, CVPR Workshops 2019',
  bad: 'experiment a extends base { labels: mean  evaluate: ece(bins: 4) }',
  good: 'experiment a extends base { labels: mean  evaluate: ece(bins: 10) }',
  message: text`With ${'classes'} classes only ${'used'} of the ${'bins'} bins can ever be filled, since the largest probability is at least ${'least'}.`,
  help: text`Ask for at least ${'needed'} bins.`,
  check({ experiment: { evaluate, data } }) {
    const classes = data.classes.length;
    return evaluate.flatMap(({ metric }) => {
      const {
        name,
        options: { bins },
        span,
      } = metric;
      if (name !== 'ece' || typeof bins !== 'number') return [];
      const used = bins - Math.floor(bins / classes);
      if (used >= enough || bins < 1) return [];
      const needed = Math.ceil((enough * classes) / (classes - 1));
      const values = { used, bins, classes, least: Number((1 / classes).toPrecision(3)), needed };
      const texts = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, String(value)]));
      const fix = settingOption(metric, 'bins', String(needed));
      return [{ span, values: texts as Record<keyof typeof values, string>, fix }];
    });
  },
});
