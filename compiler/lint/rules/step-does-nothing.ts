import { text } from '../../../grammar/diagnostic.ts';
import type { Use } from '../../experiment.ts';
import { removal } from '../edits.ts';
import { rule } from '../rule.ts';
import { trainingSteps } from '../sources.ts';

/** Options at which a label step gives back what it got. */
const idle: Readonly<Record<string, readonly [option: string, value: number]>> = {
  smooth: ['epsilon', 0],
  boundary: ['epsilon', 0],
  temperature: ['T', 1],
};

export const stepDoesNothing = rule({
  code: 'DML3114',
  name: 'step-does-nothing',
  level: 'warning',
  summary: 'A label step changes nothing.',
  why: 'At ε = 0 smoothing is (1 − 0) · y + 0 / C = y, and softmax(log p / 1) = p. Labels behind it still count as soft, so active classes and interpolation change all the same.',
  source: 'definition of the steps',
  bad: 'experiment a extends base { labels: voted |> smooth(epsilon: 0) }',
  good: 'experiment a extends base { labels: voted |> smooth(epsilon: 0.1) }',
  message: text`\`${'step'}\` with \`${'option'}: ${'value'}\` gives back the labels that it gets.`,
  help: text`Leave the step out, or choose another \`${'option'}\`.`,
  check({ experiment }) {
    const isIdle = ({ name, options }: Use) => {
      const [option, value] = idle[name] ?? [];
      return option !== undefined && options[option] === value;
    };
    return trainingSteps(experiment)
      .filter(isIdle)
      .map(({ name, span }) => {
        const [option, value] = idle[name]!;
        const values = { step: name, option, value: String(value) };
        return { span, values, fix: removal(span, /\|>/, `Leave \`${name}\` out`) };
      });
  },
});
