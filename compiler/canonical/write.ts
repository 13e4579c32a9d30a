import { Document, isCollection, isScalar, visit } from 'yaml';
import type { Experiment } from '../experiment.ts';
import { canonicalForm } from './form.ts';

/**
 * The canonical form as YAML: fields in the order of the language, lets and parents gone, defaults filled in, mixes
 * multiplied out. The same text for the same experiment; it is accepted in place of a `.dml` file.
 */
export function toYaml(experiment: Experiment): string {
  const document = new Document(canonicalForm(experiment));
  visit(document, {
    Pair(_, { key, value }) {
      // Data set, loss and metrics take a line an entry; what is smaller stands on one line.
      if (!isCollection(value)) return undefined;
      const isOpen =
        isScalar(key) && ['data', 'loss', 'evaluate'].includes(String(key.value)) && value.items.length > 0;
      if (isOpen) return undefined;
      value.flow = true;
      return visit.SKIP;
    },
    Seq(key, { items }) {
      if (key !== 'value') return undefined;
      for (const item of items) if (isCollection(item)) item.flow = true;
      return visit.SKIP;
    },
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}
