import { text } from '../../../grammar/diagnostic.ts';
import type { Use } from '../../experiment.ts';
import { percent } from '../numbers.ts';
import { rule } from '../rule.ts';
import { isReportedApart } from '../runs.ts';
import { allSources } from '../sources.ts';

export const fittedOnScoredCases = rule({
  code: 'DML3317',
  name: 'fitted-on-scored-cases',
  level: 'warning',
  summary: 'A temperature is fitted to the cases that the network is scored on.',
  why: '`fitted` takes the T of the lowest negative log-likelihood on the validation cases of the fold, and the scores are of the same cases, unless there is a `test` set: their labels are in the targets that the student learns. Calibration that is reported there is that of the fit, not of new images.',
  source:
    'Guo et al., On Calibration of Modern Neural Networks, ICML 2017: T is fitted on data that are not tested on',
  bad: 'experiment big extends base { labels: mean } experiment a extends base { labels: distill(big) |> temperature(T: fitted) }',
  good: 'experiment big extends base { labels: mean } experiment a extends base { labels: distill(big) |> temperature(T: 1.5) }',
  message: text`T is fitted to the hard labels of the ${'share'} that each fold validates on, and \`${'experiment'}\` is scored on the same.`,
  help: text`Write a number that is known before, calibrate by \`kde\`, which takes the labels of the cases that are trained on, or report on a test set: \`test: …\`.`,
  check({ experiment }) {
    if (isReportedApart(experiment)) return [];
    const { data, name } = experiment;
    const share = heldOut(data.folds);
    return allSources(experiment).flatMap(({ steps }) =>
      steps.flatMap(({ options: { T }, span, code }) =>
        T === 'fitted' && code === undefined ? [{ span, values: { share, experiment: name } }] : [],
      ),
    );
  },
});

/** What a fold validates on, in words. */
function heldOut({ options: { count, share } }: Use): string {
  if (typeof count === 'number') return `${percent(1 / count)} % of the cases`;
  return typeof share === 'number' ? `${percent(share)} % of the cases` : 'cases';
}
