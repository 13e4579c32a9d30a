import { text } from '../../../grammar/diagnostic.ts';
import { rule } from '../rule.ts';
import { isReportedApart } from '../runs.ts';
import { trainingSources } from '../sources.ts';

/** Mean of the largest of n standard normal numbers, for n from 2 on. */
const largest = [0.56, 0.85, 1.03, 1.16, 1.27, 1.35, 1.42, 1.49, 1.54];

export const scoresChooseTeacher = rule({
  code: 'DML3316',
  name: 'scores-choose-teacher',
  level: 'warning',
  summary: 'A teacher is chosen by its score on the cases that its student is scored on.',
  why: '`pick: best(…)` takes the network with the best score on the validation cases of the fold, and the student is scored on the same ones, unless it has a `test` set. The best of 3 equal networks is by chance 0.85 deviations above their mean, on these cases and on no others; part of it goes to the student.',
  source: 'Cawley and Talbot, On Over-fitting in Model Selection, JMLR 2010',
  bad: 'experiment big extends base { labels: mean  seed: 0 .. 2 } experiment a extends base { labels: distill(big, pick: best(dice)) }',
  good: 'experiment big extends base { labels: mean  seed: 0 .. 2 } experiment a extends base { labels: distill(big, pick: seed(0)) }',
  message: text`\`best(${'metric'})\` chooses among ${'networks'} networks by the cases that \`${'student'}\` is scored on: by chance alone ${'gain'} deviations above their mean.`,
  help: text`Take one that is fixed before, \`pick: seed(${'first'})\` or \`same\`; or report on data that choose nothing, \`test: …\`.`,
  check({ experiment }) {
    if (isReportedApart(experiment)) return [];
    return trainingSources(experiment).flatMap(({ root, span }) => {
      if (typeof root !== 'object' || root.kind !== 'distill') return [];
      const { pick, experiment: teacher } = root;
      const count = teacher.seed.length;
      if (typeof pick !== 'object' || !('best' in pick) || count < 2) return [];
      const values = {
        metric: pick.best,
        networks: String(count),
        student: experiment.name,
        gain: String(largest[Math.min(count, largest.length + 1) - 2]),
        first: String(teacher.seed[0]),
      };
      return [{ span, values }];
    });
  },
});
