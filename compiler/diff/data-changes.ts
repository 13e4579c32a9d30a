import { dataForm } from '../canonical/form.ts';
import { plainText, useText } from '../canonical/text.ts';
import { meaningOf } from '../check/meaning.ts';
import type { DataSet, Experiment } from '../experiment.ts';
import type { Registry } from '../registry.ts';
import { type Difference, optionChanges } from './option-changes.ts';

const dataFields = ['source', 'classes', 'ignore', 'size', 'window', 'folds'] as const;

export const dataChanges = (
  before: Experiment,
  after: Experiment,
  registry: Registry,
): readonly Difference[] => dataSetChanges('data', [before.data, after.data], dataFields, registry);

/** Field by field where the same names are tested: how their cases are cut into folds decides nothing. */
export function testChanges(
  before: Experiment,
  after: Experiment,
  registry: Registry,
): readonly Difference[] {
  const names = ({ test }: Experiment) => test.map(({ data }) => data.name).join(', ') || 'none';
  const [from, to] = [names(before), names(after)];
  if (from !== to) return [{ path: 'test', before: from, after: to }];
  const scored = dataFields.filter((field) => field !== 'folds');
  return before.test.flatMap(({ data }, i) =>
    dataSetChanges(`test.${data.name}`, [data, after.test[i]!.data], scored, registry),
  );
}

/** What differs between two data sets, field by field. */
function dataSetChanges(
  field: string,
  [before, after]: readonly [DataSet, DataSet],
  names: readonly (typeof dataFields)[number][],
  registry: Registry,
): readonly Difference[] {
  const [from, to] = [dataForm(before), dataForm(after)];
  return names.flatMap((name) => {
    if (meaningOf(from[name]) === meaningOf(to[name])) return [];
    const path = `${field}.${name}`;
    if (name !== 'source' && name !== 'folds') {
      const text = (value: (typeof from)[string] | undefined) =>
        value === undefined ? 'none' : plainText(value);
      return [{ path, before: text(from[name]), after: text(to[name]) }];
    }
    const options = optionChanges([before[name]], [after[name]], {
      path: () => path,
      family: name,
      registry,
    });
    const text = (data: DataSet) => useText(data[name], name, registry);
    return options.length > 0 ? options : [{ path, before: text(before), after: text(after) }];
  });
}
