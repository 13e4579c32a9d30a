import { text } from '../../../grammar/diagnostic.ts';
import { rule } from '../rule.ts';
import { allSources } from '../sources.ts';

export const bestOfOne = rule({
  code: 'DML3142',
  name: 'best-of-one',
  level: 'warning',
  summary: 'The best network of a teacher is asked for, and there is one.',
  why: '`pick: best(…)` chooses among the seeds of the teacher, in each fold. Of one seed the best is the only one; a study that reports the best of several needs several.',
  source: 'language, teachers',
  bad: 'experiment big extends base { labels: mean } experiment a extends base { labels: distill(big, pick: best(dice)) }',
  good: 'experiment big extends base { labels: mean } experiment a extends base { labels: distill(big) }',
  message: text`\`best(${'metric'})\` chooses among ${'networks'} network a fold: \`${'teacher'}\` has the seed ${'seed'} alone.`,
  help: text`Leave \`pick\` out, or give \`${'teacher'}\` more seeds: \`seed: 0 .. 2\`.`,
  check({ experiment }) {
    return allSources(experiment).flatMap(({ root, span }) => {
      if (typeof root !== 'object' || root.kind !== 'distill') return [];
      const { pick, experiment: teacher } = root;
      const { name, seed } = teacher;
      if (typeof pick !== 'object' || !('best' in pick) || seed.length > 1) return [];
      const values = { metric: pick.best, networks: '1', teacher: name, seed: String(seed[0]) };
      return [{ span, values }];
    });
  },
});
