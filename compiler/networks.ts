import type { Distilled, Experiment, LabelSource, Trained } from './experiment.ts';
import { trainingHash } from './identity.ts';

/** What the networks of other experiments predict for a source, terms of sums included. */
export const distilledOf = ({ root }: LabelSource): readonly Distilled[] => {
  if (typeof root === 'string') return [];
  return root.kind === 'distill' ? [root] : root.terms.flatMap(({ source }) => distilledOf(source));
};

/** The networks that an experiment begins with: those of one experiment, or none. */
export const trainedOf = ({ start }: Experiment): readonly Trained[] =>
  typeof start === 'object' && start.kind === 'trained' ? [start] : [];

/** The experiments that an experiment's training and scores need, and those that these need, each training once. */
export function networksBehind(experiment: Experiment): readonly Experiment[] {
  const { labels, teacher, loss, evaluate } = experiment;
  const sources = [labels, ...(teacher ? [teacher] : []), ...[...loss, ...evaluate].map(({ on }) => on)];
  const direct = [...sources.flatMap(distilledOf), ...trainedOf(experiment)].map((one) => one.experiment);
  const all = direct.flatMap((each) => [each, ...networksBehind(each)]);
  return [...new Map(all.map((each) => [trainingHash(each), each])).values()];
}
