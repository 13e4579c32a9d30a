import { createHash } from 'node:crypto';
import { formOf, measureForm, termForm } from './canonical/form.ts';
import type { Embed } from './canonical/source-form.ts';
import {
  type Plain,
  type PlainRecord,
  quantityForm,
  useForm,
  wholeNumbersForm,
} from './canonical/value-form.ts';
import { tidy } from './check/numbers.ts';
import type { Best, Experiment, Term } from './experiment.ts';

/** Fields that name the run, or that a finished run can be asked again about. */
const notTraining = ['experiment', 'doc', 'fold', 'seed', 'evaluate', 'test', 'predict', 'expect'];

/**
 * SHA-256 of the normal form without `evaluate`, `test`, `predict`, `expect`, `fold` and `seed`: what decides the weights, but for
 * data, fold, seed and engine.
 */
export const trainingHash = (experiment: Experiment): string =>
  hash(without(normalForm(experiment), notTraining));

/**
 * SHA-256 of what decides the scores of trained weights. A claim (`expect`) is read off the scores, so another claim
 * asks for no other evaluation.
 */
export function evaluationHash(experiment: Experiment): string {
  const { evaluate, predict, test } = normalForm(experiment);
  return hash([evaluate!, predict!, ...(experiment.test.length > 0 ? [test!] : [])]);
}

/** Of all that is read, in this order; of one thing alone it is the hash of its own. */
export function contentKey(parts: readonly string[]): string {
  const [only, ...more] = parts.filter((part) => part !== '');
  return only !== undefined && more.length === 0 ? only : hash(parts);
}

/** Key of the runs of an experiment that differ in fold and seed alone. `content` is the hash of all that they read. */
export const groupKey = (training: string, content: string, engineClass: object): string =>
  hash([training, content, { ...engineClass } as PlainRecord]);

/** Key of one run of a group. */
export const runKey = (group: string, fold: number | 'none', seed: number): string =>
  hash([group, fold, seed]);

/** Key of a sweep: of the groups of its arms, in their order. */
export const sweepKey = (groups: readonly string[]): string => hash(groups);

/**
 * The canonical form in which equal meaning is equal text: terms of the loss sorted and equal ones added, the names
 * of declarations left out, other experiments by their hash.
 */
export function normalForm(experiment: Experiment): PlainRecord {
  const form = formOf(experiment, byHash);
  const added = addedTerms(experiment).map((term) => termForm(term, experiment, byHash));
  const loss = added.map((term) => [text(term), term] as const).sort(([a], [b]) => (a < b ? -1 : 1));
  // In whole: that the teacher of the experiment is the truth as well makes no other truth.
  const evaluate = experiment.evaluate.map((measure) => measureForm(measure, byHash));
  const checkpoint = experiment.checkpoint === 'last' ? 'last' : bestForm(experiment, experiment.checkpoint);
  const terms = loss.map(([, term]) => term);
  const data = normalData(form.data as PlainRecord);
  // All their cases are scored, however they may be cut into folds.
  const test = (form.test as readonly PlainRecord[]).map((one) => without(normalData(one), ['folds']));
  return unspaced({ ...form, data, loss: terms, checkpoint, evaluate, test });
}

/** The order of classes is the order of the network's outputs, so it must outlive the sorting of keys. */
const normalData = (form: PlainRecord): PlainRecord => ({
  ...without(form, ['name']),
  classes: Object.entries(form.classes as PlainRecord),
});

/**
 * The same with every component of a user's own below its name alone: the space that a `use` gives it means nothing,
 * because the hash of its file is in it.
 */
function unspaced<P extends Plain>(value: P): P {
  if (typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(unspaced) as unknown as P;
  const entries = Object.entries(value);
  const isOwn = (part: Plain) => typeof part === 'object' && 'code' in part;
  const named = entries.map(([key, part]) => [isOwn(part) ? key.split('.').at(-1)! : key, unspaced(part)]);
  return Object.fromEntries(named) as P;
}

/** What decides which weights are the best: how the cases are predicted and measured, and when. */
const bestForm = (experiment: Experiment, { metric, every }: Best): PlainRecord => ({
  best: chosenMeasures(experiment, metric).map((measure) => measureForm(measure, byHash)),
  scored: experiment.predict.map(useForm),
  every: quantityForm(every),
});

/** Those of this name: one, in an experiment that is right. */
export const chosenMeasures = ({ evaluate }: Experiment, name: string) =>
  evaluate.filter(({ metric }) => metric.name === name);

/**
 * What decides the networks of another experiment and what they predict, and which of them is taken: the best one of some
 * seeds by some metric.
 */
const byHash: Embed = ({ experiment, pick, predict, fold = 'same' }) => {
  const hash = trainingHash(experiment);
  const from = {
    from: predict ? [hash, predict.map(useForm)] : hash,
    ...(fold === 'same' ? {} : { fold }),
  };
  if (pick === 'same' || 'seed' in pick) return { ...from, pick };
  const best = chosenMeasures(experiment, pick.best).map((measure) => measureForm(measure, byHash));
  const scored = experiment.predict.map(useForm);
  return { ...from, pick: { best, scored, of: wholeNumbersForm(experiment.seed) } };
};

/** The terms of the loss in their order, those that differ in weight alone added to the first of them. */
export function addedTerms(experiment: Experiment): readonly Term[] {
  const sums = new Map<string, Term>();
  for (const term of experiment.loss) {
    const key = text(without(termForm(term, experiment, byHash), ['weight']));
    const before = sums.get(key);
    const weight = tidy((before?.weight ?? 0) + term.weight);
    sums.set(key, { ...(before ?? term), weight });
  }
  return [...sums.values()];
}

const without = (record: PlainRecord, names: readonly string[]): PlainRecord =>
  Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));

/** JSON with sorted keys, so that the order of options in a signature decides nothing. */
function text(value: Plain): string {
  return JSON.stringify(value, (_, part: Plain) =>
    typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

const hash = (value: Plain): string => createHash('sha256').update(text(value)).digest('hex');
