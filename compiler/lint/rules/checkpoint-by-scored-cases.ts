import { text } from '../../../grammar/diagnostic.ts';
import type { Experiment } from '../../experiment.ts';
import { rule } from '../rule.ts';
import { foldsOf, isReportedApart } from '../runs.ts';

export const checkpointByScoredCases = rule({
  code: 'DML3224',
  name: 'checkpoint-by-scored-cases',
  level: 'warning',
  summary: 'The weights that are kept are chosen by the cases that are then reported.',
  why: 'Each look at the validation cases is another chance for a good score on them, and on no others. Of 15 looks that differ by chance alone the best lies 1.7 deviations above their mean, and a network with few validation cases gains the most. The last weights, at a rate that has fallen to 0, are chosen by nothing.',
  source:
    'Cawley and Talbot, On Over-fitting in Model Selection, JMLR 2010; nnU-Net reports the last weights for this reason',
  bad: 'experiment a extends base { labels: mean  checkpoint: best(dice, every: 2 epochs) }',
  good: 'experiment a extends base { labels: mean  checkpoint: last }',
  message: text`The weights are the best of ${'looks'} at the same ${'cases'} that \`${'experiment'}\` is scored on.`,
  help: text`Keep the last weights, \`checkpoint: last\`, or report on data that choose nothing, \`test: …\`.`,
  check({ experiment }) {
    const { checkpoint, name } = experiment;
    if (checkpoint === 'last' || isReportedApart(experiment)) return [];
    const values = { looks: looksOf(experiment), cases: casesOf(experiment), experiment: name };
    return [{ span: checkpoint.span, values }];
  },
});

/** How often the cases are looked at, the end of the run included. */
function looksOf({ checkpoint, train }: Experiment): string {
  if (checkpoint === 'last' || train === 'none') return 'one look';
  const { every } = checkpoint;
  if (every.unit !== train.unit) return `a look every ${every.value} ${every.unit}`;
  const count = Math.ceil(train.value / every.value - 1e-9);
  return count === 1 ? '1 look' : `${count} looks`;
}

/** Those of a fold, counted where the file says how many there are. */
function casesOf({ data: { source, folds } }: Experiment): string {
  const { cases } = source.options;
  const count = foldsOf({ folds });
  const { share } = folds.options;
  if (source.code !== undefined || typeof cases !== 'number' || count === undefined) return 'cases';
  const held = typeof share === 'number' ? Math.max(1, Math.round(share * cases)) : Math.floor(cases / count);
  return held === 1 ? '1 case' : `${held} cases`;
}
