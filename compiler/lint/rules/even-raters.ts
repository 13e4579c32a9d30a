import { text } from '../../../grammar/diagnostic.ts';
import { renaming } from '../edits.ts';
import { rule } from '../rule.ts';
import { ratersOf, trainingSteps } from '../sources.ts';

export const evenRaters = rule({
  code: 'DML3115',
  name: 'even-raters',
  level: 'warning',
  summary: 'A network is trained on the majority of an even number of raters.',
  why: 'A pixel that half of the raters marked is a tie, and a tie is background: of four raters three are needed. The masks shrink, and no loss can make up for it.',
  source: 'official code of the Dice semimetric losses, majority of ⌊R / 2⌋ + 1',
  bad: 'dataset even { source: phantom(raters: 4) } experiment a extends base { data: even  labels: voted }',
  good: 'dataset odd { source: phantom(raters: 3) } experiment a extends base { data: odd  labels: voted }',
  message: text`Of ${'raters'} raters ${'needed'} must agree: a pixel that ${'half'} marked counts as background.`,
  help: text`Train on \`raters |> average\`, or say why ties may go to the background.`,
  check({ experiment }) {
    const raters = ratersOf(experiment);
    if (raters === undefined || raters % 2 !== 0) return [];
    const values = { raters: String(raters), needed: String(raters / 2 + 1), half: String(raters / 2) };
    return trainingSteps(experiment)
      .filter(({ name }) => name === 'majority')
      .map((step) => ({ span: step.span, values, fix: renaming(step, 'average') }));
  },
});
