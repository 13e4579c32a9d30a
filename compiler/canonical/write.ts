import { Document, isCollection, isScalar, isSeq, type Node, visit } from 'yaml';
import type { Experiment } from '../experiment.ts';
import { canonicalForm } from './form.ts';

/** Keys below which another experiment is written. */
const otherExperiments = ['distill', 'trained'];

/** Maps and lists that take a line an entry; what is smaller stands on one line. */
const openMaps = ['data', ...otherExperiments, 'from'];
const openLists = ['use', 'loss', 'evaluate', 'test'];

/**
 * The canonical form as YAML: fields in the order of the language, lets and parents gone, defaults filled in, mixes
 * multiplied out. The same text for the same experiment; it is accepted in place of a `.dml` file.
 */
export function toYaml(experiment: Experiment): string {
  const document = new Document(canonicalForm(experiment), { aliasDuplicateObjects: false });
  visit(document, {
    Pair(_, { key, value }) {
      if (!isCollection(value) || holdsExperiment(value)) return undefined;
      const open = isSeq(value) ? openLists : openMaps;
      if (isScalar(key) && open.includes(String(key.value)) && value.items.length > 0) return undefined;
      value.flow = true;
      return visit.SKIP;
    },
    Seq(key, { items }) {
      if (key !== 'value') return undefined;
      for (const item of items) if (isCollection(item) && !holdsExperiment(item)) item.flow = true;
      return undefined;
    },
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

/** Whether an experiment is written in a node, with lines of its own. */
function holdsExperiment(node: Node): boolean {
  let found = false;
  visit(node, {
    Pair(_, { key }) {
      if (!isScalar(key) || !otherExperiments.includes(String(key.value))) return undefined;
      found = true;
      return visit.BREAK;
    },
  });
  return found;
}
