import { text } from '../../../grammar/diagnostic.ts';
import { rule } from '../rule.ts';
import { teacherAlone } from '../sources.ts';

export const truthIsATeacher = rule({
  code: 'DML3309',
  name: 'truth-is-a-teacher',
  level: 'warning',
  summary: 'All scores are measured against what a network predicts.',
  why: 'They say how well a student copies its teacher: one that repeats every mistake scores 1, one that corrects them less. Whether it is right, only labels of people can say.',
  source: 'Stanton et al., Does Knowledge Distillation Really Work?, NeurIPS 2021: fidelity is not accuracy',
  bad: 'experiment big extends base { labels: mean } experiment a extends big { evaluate: dice on (distill(big) |> harden) }',
  good: 'experiment big extends base { labels: mean } experiment a extends big { evaluate: dice on voted, ece on (distill(big) |> harden) }',
  message: text`${'measures'} measured on what \`${'teacher'}\` predicts, and none on labels: a network that repeats its mistakes is perfect.`,
  help: text`Measure on \`raters |> majority\` or \`raters |> average\` too.`,
  check({ experiment: { evaluate } }) {
    const [first] = evaluate;
    const teachers = evaluate.map(({ on }) => teacherAlone(on)?.experiment.name);
    const [teacher] = teachers;
    if (!first || teacher === undefined || teachers.includes(undefined)) return [];
    const measures = evaluate.length === 1 ? 'The 1 metric is' : `All ${evaluate.length} metrics are`;
    return [{ span: first.on.span, values: { measures, teacher } }];
  },
});
