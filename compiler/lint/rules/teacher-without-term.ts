import { text } from '../../../grammar/diagnostic.ts';
import { rule } from '../rule.ts';
import { beginningAs, withParts } from '../sources.ts';

export const teacherWithoutTerm = rule({
  code: 'DML3129',
  name: 'teacher-without-term',
  level: 'warning',
  summary: 'A teacher is given, and no term of the loss listens to it.',
  why: 'A term is measured on `labels` unless it says `on teacher`. Without such a term the student learns as if it had no teacher: what is called distillation in the table is none.',
  source: 'language, `teacher` and `on`',
  bad: 'experiment big extends base { labels: mean } experiment a extends big { labels: voted  teacher: distill(big) }',
  good: 'experiment big extends base { labels: mean } experiment a extends big { labels: voted  teacher: distill(big)  loss: 0.5 dml1 + 0.5 dml1 on teacher }',
  message: text`Of the ${'terms'} of the loss ${'listening'} is measured \`on teacher\`: the teacher changes nothing.`,
  help: text`Write \`0.5 mix + 0.5 mix on teacher\`, or take the teacher out.`,
  check({ experiment: { teacher, loss, evaluate }, isArm }) {
    // In a sweep a student without its teacher may be what is compared with.
    if (!teacher || isArm) return [];
    const asked = [...loss, ...evaluate].flatMap(({ on }) => withParts(on));
    if (asked.some(beginningAs(teacher))) return [];
    const terms = loss.length === 1 ? '1 term' : `${loss.length} terms`;
    return [{ span: teacher.span, values: { terms, listening: 'none' } }];
  },
});
