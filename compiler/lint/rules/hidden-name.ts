import { text } from '../../../grammar/diagnostic.ts';
import { familyNames } from '../../check/describe.ts';
import type { Family } from '../../registry.ts';
import { fileRule } from '../rule.ts';

export const hiddenName = fileRule({
  code: 'DML3503',
  name: 'hidden-name',
  level: 'warning',
  summary: 'A let of a sweep hides another thing of the same name.',
  why: 'Inside the sweep the name means the value of the arm, and everywhere else what the file or the language declares: a value copied from one to the other means something else without a word having changed.',
  source: 'language, names',
  bad: 'let w = 0.25 experiment b extends base { labels: mean  seed: 0 .. 2  loss: w * ce + 0.75 dml1 } sweep s of b { let w in [0.2, 0.4]  loss: w * ce + (1 - w) * dml1 }',
  good: 'let w = 0.25 experiment b extends base { labels: mean  seed: 0 .. 2  loss: w * ce + 0.75 dml1 } sweep s of b { let v in [0.2, 0.4]  loss: v * ce + (1 - v) * dml1 }',
  message: text`\`${'name'}\` of the sweep hides ${'hidden'}.`,
  help: text`Give the let of the sweep another name.`,
  check({ file: { tree, scope }, registry }) {
    const blocks = tree.declarations.flatMap((each) => (each.kind === 'block' ? [each] : []));
    return blocks.flatMap(({ statements }) =>
      statements.flatMap((statement) => {
        if (statement.kind !== 'factor') return [];
        const { text: name, span } = statement.name;
        const family = (Object.keys(registry) as Family[]).find((each) =>
          Object.hasOwn(registry[each], name),
        );
        const entity = scope.names.get(name);
        if (!entity && !family) return [];
        const hidden = entity ? 'the one of the file' : `the ${familyNames[family!]} of that name`;
        const related = entity && [{ span: entity.span, message: 'hidden' }];
        return [{ span, values: { name, hidden }, ...(related ? { related } : {}) }];
      }),
    );
  },
});
