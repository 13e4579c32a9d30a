import { text } from '../../../grammar/diagnostic.ts';
import { rule } from '../rule.ts';
import { teacherOf, withParts } from '../sources.ts';

export const kdeOfScoredCases = rule({
  code: 'DML3321',
  name: 'kde-of-scored-cases',
  level: 'warning',
  summary: 'A KDE is fitted on the cases that are scored.',
  why: 'Its keys are pixels of the image itself with their labels. In `labels` and `teacher` these are cases that are trained on; in `evaluate` they are those that are tested: the labels of 1,000 pixels of each decide what it is measured against.',
  source:
    'Wang et al., Dice Semimetric Losses, MICCAI 2023, section 3.5: the teacher is calibrated on training cases',
  bad: 'experiment big extends base { labels: mean } experiment a extends big { evaluate: dice on voted, ece on (distill(big) |> kde) }',
  good: 'experiment big extends base { labels: mean } experiment a extends big { labels: distill(big) |> kde  evaluate: dice on voted, ece on voted }',
  message: text`\`${'metric'}\` is measured on what \`${'teacher'}\` predicts, corrected by the labels of up to ${'keys'} pixels of the case that is scored.`,
  help: text`Measure on labels: \`raters |> majority\` or \`raters |> average\`.`,
  check({ experiment: { evaluate } }) {
    return evaluate.flatMap(({ metric, on }) =>
      withParts(on).flatMap((source) => {
        const step = source.steps.find(({ name, code }) => name === 'kde' && code === undefined);
        const teacher = teacherOf(source)?.experiment.name;
        if (!step || teacher === undefined) return [];
        const keys = Number(step.options.keys).toLocaleString('en-US');
        return [{ span: step.span, values: { metric: metric.name, teacher, keys } }];
      }),
    );
  },
});
