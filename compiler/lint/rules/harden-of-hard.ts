import { text } from '../../../grammar/diagnostic.ts';
import { softCause } from '../../check/softness.ts';
import { removal } from '../edits.ts';
import { rule } from '../rule.ts';
import { allSources } from '../sources.ts';

export const hardenOfHard = rule({
  code: 'DML3135',
  name: 'harden-of-hard',
  level: 'warning',
  summary: '`harden` stands behind labels that are hard already.',
  why: 'Of a label with a single 1 the largest class is that one: 100 % of the pixels stay as they are. Mostly another step was meant in front, `average` in place of `majority`.',
  source: 'definition of the step',
  bad: 'experiment a extends base { labels: voted |> harden }',
  good: 'experiment a extends base { labels: voted }',
  message: text`\`${'before'}\` gives hard labels: \`harden\` leaves ${'share'} % of the pixels as they are.`,
  help: text`Leave it out.`,
  check({ experiment, registry }) {
    const storedSoft = experiment.data.source.options.soft === true;
    return allSources(experiment).flatMap(({ root, steps }) =>
      steps.flatMap(({ name, span }, i) => {
        if (name !== 'harden' || softCause(root, steps.slice(0, i), storedSoft, registry)) return [];
        const before = steps[i - 1]?.name ?? (typeof root === 'string' ? root : root.kind);
        return [{ span, values: { before, share: '100' }, fix: removal(span, /\|>/, 'Leave `harden` out') }];
      }),
    );
  },
});
