import { text } from '../../../grammar/diagnostic.ts';
import { labelsText } from '../../canonical/text.ts';
import { rule } from '../rule.ts';
import { allSources, teacherOf } from '../sources.ts';

export const kdeWithoutTeacher = rule({
  code: 'DML3140',
  name: 'kde-without-teacher',
  level: 'warning',
  summary: 'A KDE calibrates labels that no network has predicted.',
  why: 'It replaces a probability f by the mean label of key pixels whose f is near. Of labels themselves f is already what is known: the average 0.6 of five raters becomes the share of hard labels among pixels of 0.6, which is 1, and the disagreement is gone.',
  source: 'Wang et al., Dice Semimetric Losses, MICCAI 2023, section 3.5: calibration of the teacher',
  bad: 'experiment a extends base { labels: raters |> average |> kde }',
  good: 'experiment big extends base { labels: mean } experiment a extends base { labels: distill(big) |> kde }',
  message: text`\`kde\` calibrates \`${'labels'}\`, which no teacher predicts: each pixel gets the mean of up to ${'keys'} hard labels in place of its own.`,
  help: text`Put it behind \`distill(…)\`, or leave it out.`,
  check({ experiment, registry }) {
    return allSources(experiment).flatMap((source) => {
      const at = source.steps.findIndex(({ name }) => name === 'kde');
      const step = source.steps[at];
      if (!step || step.code !== undefined || source.root === 'teacher' || teacherOf(source)) return [];
      const labels = labelsText({ ...source, steps: source.steps.slice(0, at) }, registry);
      const keys = Number(step.options.keys).toLocaleString('en-US');
      return [{ span: step.span, values: { labels, keys } }];
    });
  },
});
