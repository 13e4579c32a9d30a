import { text } from '../../../grammar/diagnostic.ts';
import { rule } from '../rule.ts';
import { teacherOf } from '../sources.ts';

export const temperatureInOnePlace = rule({
  code: 'DML3120',
  name: 'temperature-in-one-place',
  level: 'warning',
  summary: 'Teacher and student are compared at different temperatures.',
  why: 'kl at temperature T takes softmax(z / T) of the student; the teacher has to be softened by the same T, or even a student that copies the logits of its teacher is pulled away from them. For logits 4 and 0 at T = 2 the target would be 0.98 where the student has 0.88.',
  source: 'Hinton et al., Distilling the Knowledge in a Neural Network, 2015, section 2',
  bad: 'experiment big extends base { labels: mean } experiment a extends base { labels: voted  teacher: distill(big)  loss: 0.5 dml1 + 0.5 kl(temperature: 2) on teacher }',
  good: 'experiment big extends base { labels: mean } experiment a extends base { labels: voted  teacher: distill(big, temperature: 2)  loss: 0.5 dml1 + 0.5 kl(temperature: 2) on teacher }',
  message: text`The student is softened by ${'student'} and its teacher by ${'teacher'}: where both have the logits 4 and 0, one is at ${'own'} and the other at ${'target'}.`,
  help: text`Write the same temperature in both places, \`distill(…, temperature: ${'student'})\`.`,
  check({ experiment: { loss } }) {
    return loss.flatMap(({ loss: { name, options, span }, on }) => {
      const teacher = teacherOf(on);
      const { temperature } = options;
      const isSoftenedLater = on.steps.some((step) => step.name === 'temperature');
      if (name !== 'kl' || !teacher || typeof temperature !== 'number' || isSoftenedLater) return [];
      if (teacher.temperature === temperature) return [];
      const at = (T: number) => (1 / (1 + Math.exp(-4 / T))).toFixed(2);
      const values = {
        student: String(temperature),
        teacher: String(teacher.temperature),
        own: at(temperature),
        target: at(teacher.temperature),
      };
      return [{ span, values, related: [{ span: on.span, message: 'the teacher' }] }];
    });
  },
});
