import type { DataSet, Use } from '../experiment.ts';
import type { Family } from '../registry.ts';
import type { Context } from './context.ts';
import { messages } from './messages.ts';

/**
 * Whether lists with a value for each class or rater have as many as there are; one that has not is reported. How
 * many raters there are is known where the source says so by itself.
 */
export function areCounted(
  family: Family,
  uses: readonly Use[],
  { classes, source }: DataSet,
  { registry, report }: Context,
): boolean {
  const { raters } = source.options;
  const counts = { class: classes.length, rater: typeof raters === 'number' ? raters : undefined };
  const names = { class: 'classes', rater: 'raters' };
  const wrong = uses.flatMap((use) =>
    registry[family][use.name]!.parameters.flatMap(({ name, each }) => {
      const value = use.options[name];
      const count = each && counts[each];
      if (!each || count === undefined || !Array.isArray(value) || value.length === count) return [];
      return [{ use, option: name, found: value.length, count: `${count} ${names[each]}` }];
    }),
  );
  for (const { use, option, found, count } of wrong) {
    const values = {
      component: use.name,
      option,
      found: `${found} ${found === 1 ? 'value' : 'values'}`,
      count,
    };
    report(messages.at(use.span, 'DML1339', values));
  }
  return wrong.length === 0;
}
