import type { Distilled, Experiment, LabelSource, Use } from '../experiment.ts';

/** A function of experiments that many rules ask about the same one. */
function remembered<T>(of: (experiment: Experiment) => T): (experiment: Experiment) => T {
  const known = new WeakMap<Experiment, T>();
  return (experiment) => {
    const before = known.get(experiment);
    if (before !== undefined) return before;
    const value = of(experiment);
    known.set(experiment, value);
    return value;
  };
}

/** What an experiment trains on: its labels, its teacher and the targets of its loss, parts of sums included. */
export const trainingSources = remembered(({ labels, teacher, loss }): readonly LabelSource[] =>
  [labels, ...(teacher ? [teacher] : []), ...loss.map(({ on }) => on)].flatMap(withParts),
);

/** A source and, where it is a sum, those that it is made of. */
export const withParts = (source: LabelSource): readonly LabelSource[] =>
  typeof source.root === 'object' && source.root.kind === 'sum'
    ? [source, ...source.root.terms.flatMap((term) => withParts(term.source))]
    : [source];

/** The same, and what it is scored against. */
export const allSources = remembered((experiment): readonly LabelSource[] => [
  ...trainingSources(experiment),
  ...experiment.evaluate.flatMap(({ on }) => withParts(on)),
]);

/** All label steps that an experiment trains through. */
export const trainingSteps = remembered((experiment): readonly Use[] =>
  trainingSources(experiment).flatMap(({ steps }) => steps),
);

/** The teacher that a source asks, whatever follows; of a sum the first. */
export const teacherOf = (source: LabelSource): Distilled | undefined =>
  withParts(source)
    .map(({ root }) => root)
    .find((root): root is Distilled => typeof root === 'object' && root.kind === 'distill');

/** The same of a source that is made of nothing else: a sum with labels of people in it says something of these. */
export function teacherAlone(source: LabelSource): Distilled | undefined {
  const isMade = ({ root }: LabelSource) => typeof root === 'object';
  return withParts(source).every(isMade) ? teacherOf(source) : undefined;
}

/** Whether a source begins as a field of the experiment does; each head asks a teacher for its own. */
export function beginningAs({ root, steps }: LabelSource): (source: LabelSource) => boolean {
  const wanted = withoutHeads({ root, steps });
  return (source) =>
    kindOf(source) === kindOf({ root }) &&
    withoutHeads({ root: source.root, steps: source.steps.slice(0, steps.length) }) === wanted;
}

const kindOf = ({ root }: Pick<LabelSource, 'root'>): string => (typeof root === 'string' ? root : root.kind);

const withoutHeads = (value: unknown): string =>
  JSON.stringify(value, (key, part: unknown) => (key === 'span' || key === 'head' ? undefined : part));

/** Number of raters, where the source says it; of files it is not known before they are found. */
export const ratersOf = ({ data: { source } }: Experiment): number | undefined =>
  typeof source.options.raters === 'number' ? source.options.raters : undefined;
