import type { DataSet, LabelSource, Use } from '../../compiler/experiment.ts';
import type { OptionValue } from '../../compiler/registry.ts';

const span = { source: { path: 'test.dml', text: '' }, start: 0, end: 0 };

/** A component with options, as the checker would give it. */
export function use(name: string, options: Readonly<Record<string, OptionValue>> = {}): Use {
  return { name, options, span };
}

export function labelSource(root: LabelSource['root'], ...steps: readonly Use[]): LabelSource {
  return { root, steps, soft: steps.some(({ name }) => name !== 'majority'), span };
}

/** A data set with nothing said but its source. */
export function dataSet(source: Use, changes: Partial<DataSet> = {}): DataSet {
  return {
    name: 'test',
    source,
    classes: [
      { name: 'background', values: [0] },
      { name: 'foreground', values: 'others' },
    ],
    ignore: undefined,
    size: undefined,
    window: 'image',
    folds: use('holdout', { share: 0.2 }),
    span,
    ...changes,
  };
}
