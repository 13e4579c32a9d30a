import { nearest } from '../../grammar/nearest.ts';
import { dataForm } from '../canonical/form.ts';
import { optionText, plainText } from '../canonical/text.ts';
import { wholeNumbersForm } from '../canonical/value-form.ts';
import type { Experiment, Parts, Start, Trained, Use } from '../experiment.ts';
import type { Registry } from '../registry.ts';
import { isTaken } from '../weight-parts.ts';
import { suggestion } from './blame.ts';
import type { Context } from './context.ts';
import { messages } from './messages.ts';
import { isPart, normalParts, partsByClasses, partsOf, writtenParts } from './model-parts.ts';
import type { PendingParts, PendingStart, PendingTrained } from './pending.ts';
import { coversFolds, hasFolds, hasSeeds, type Student, usualPick } from './teachers.ts';

/** What must be known of an experiment to tell whether it can begin with some weights. */
export interface Beginner extends Student {
  readonly model: Use;
}

/** Where training begins; `undefined` where the weights cannot be those of the model, once reported. */
export function settleStart(start: PendingStart, beginner: Beginner, context: Context): Start | undefined {
  if (start === 'random') return start;
  const known = partsOf(beginner.model, context.registry);
  const hasNames = areParts(start.parts, beginner.model, known, context);
  const parts = normalParts(start.parts.value, known);
  if (start.kind === 'weights') return hasNames ? { kind: 'weights', file: start.file, parts } : undefined;
  const fold = foldOf(start, beginner, context);
  const checks = [hasNames && fits(start, beginner, context), hasSeeds(start, beginner, context)];
  if (fold === undefined || !checks.every(Boolean)) return undefined;
  const pick = start.pick?.value ?? usualPick(start, beginner);
  return { kind: 'trained', experiment: start.experiment, pick, fold, parts };
}

/** Whether the model has the parts that are named; a model that does not say is asked before the first step. */
function areParts(
  { names }: PendingParts,
  { name }: Use,
  known: readonly string[] | undefined,
  { report }: Context,
): boolean {
  const wrong = known ? names.filter(({ text }) => !isPart(text, known)) : [];
  const words = ['all', ...writtenParts(known ?? [])];
  for (const { text, span } of wrong)
    report(
      messages.at(
        span,
        'DML1366',
        { model: name, part: text },
        suggestion(span, nearest(text, words), words),
      ),
    );
  return wrong.length === 0;
}

/**
 * Which fold's network the runs begin with: that of their own fold wherever the cases are the same. On other data it is
 * that as well, or the only one that there is.
 */
function foldOf(start: PendingTrained, beginner: Beginner, context: Context): Trained['fold'] | undefined {
  const { experiment, span } = start;
  if (isSameSource(experiment, beginner)) return hasFolds(start, beginner, context) ? 'same' : undefined;
  if (coversFolds(experiment, beginner)) return 'same';
  const { fold } = experiment;
  if (fold === 'none') return fold;
  const [only, second] = typeof fold === 'string' ? [] : fold;
  if (only !== undefined && second === undefined) return only;
  const text = (folds: Experiment['fold']) => plainText(wholeNumbersForm(folds));
  context.report(
    messages.at(span, 'DML1368', {
      experiment: beginner.name,
      other: experiment.name,
      needed: text(beginner.fold),
      found: text(fold),
    }),
  );
  return undefined;
}

const isSameSource = (a: Pick<Experiment, 'data'>, b: Pick<Experiment, 'data'>) =>
  fieldText(a, 'source') === fieldText(b, 'source');

const fieldText = ({ data }: Pick<Experiment, 'data'>, field: 'source' | 'folds'): string =>
  plainText(dataForm(data)[field]!);

/** What two experiments differ in, and what can be done about it. */
interface Difference {
  readonly text: string;
  readonly help: string;
}

/** Whether names and shapes of the weights that are taken are those of the model, as far as the models say. */
function fits(start: PendingTrained, beginner: Beginner, { registry, report }: Context): boolean {
  const { experiment, span } = start;
  const found = [
    ...modelDifferences(start, beginner, registry),
    ...classDifference(start, beginner, registry),
    ...foldsDifference(experiment, beginner),
  ];
  if (found.length === 0) return true;
  const values = {
    experiment: beginner.name,
    other: experiment.name,
    differences: found.map(({ text }) => text).join(' and '),
  };
  const help = [...new Set(found.map((difference) => difference.help))].join(' ');
  report(messages.at(span, 'DML1367', values, { help }));
  return false;
}

const between = (what: string, theirs: string, ours: string) => `${what} (${theirs} there, ${ours} here)`;

/** Which of these parts, by their names in the model, are taken. */
const takenOf = (parts: readonly string[], { value }: PendingParts): readonly string[] =>
  parts.filter((part) => (part.endsWith('#') ? isPatternTaken(part, value) : isTaken(part, value)));

/** Of numbered parts it is known whether some are taken, where those are named. */
const isPatternTaken = (part: string, parts: Parts): boolean =>
  parts === 'all' || 'but' in parts || parts.only.some((name) => isPart(name, [part]));

function modelDifferences(
  { experiment, parts }: PendingTrained,
  { model }: Beginner,
  registry: Registry,
): readonly Difference[] {
  const help =
    'Weights are taken over by name and shape: give both the same model, or name with `parts` what is the same in both.';
  const other = experiment.model;
  const [known, theirs] = [partsOf(model, registry), partsOf(other, registry)];
  if (!known || !theirs || model.code !== other.code) return [];
  const taken = takenOf(known, parts);
  if (model.name !== other.name) {
    const isLost = taken.some((part) => !theirs.includes(part) && !isPart(part, theirs));
    return isLost ? [{ text: between('`model`', other.name, model.name), help }] : [];
  }
  return registry.model[model.name]!.parameters.flatMap((parameter) => {
    const { name, shapes, head } = parameter;
    const [there, here] = [other, model].map(({ options }) =>
      options[name] === undefined ? 'none' : optionText(options[name], parameter),
    ) as [string, string];
    const isShaping = head === undefined ? shapes !== 'none' : taken.includes(head) && !theirs.includes(head);
    return there !== here && isShaping && taken.length > 0
      ? [{ text: between(`\`model.${name}\``, there, here), help }]
      : [];
  });
}

function classDifference(
  { experiment, parts }: PendingTrained,
  { model, data }: Beginner,
  registry: Registry,
): readonly Difference[] {
  const [there, here] = [experiment.data, data].map(({ classes }) => classes.length) as [number, number];
  const known = partsOf(model, registry) ?? [];
  const all = partsByClasses(model, registry).filter((part) => known.includes(part));
  const taken = all.filter((part) =>
    // Which one of numbered parts it is shows when the model is built.
    part.endsWith('#') ? parts.value === 'all' : isTaken(part, parts.value),
  );
  if (there === here || taken.length === 0) return [];
  const others = all.some((part) => part.endsWith('#'))
    ? 'Leave out the last part of the model with `parts`: its shape hangs on the number of classes.'
    : `\`parts: all - ${all.join(' - ')}\` leaves out what hangs on the number of classes.`;
  return [{ text: between('the number of classes', String(there), String(here)), help: others }];
}

/** Equal cases that are cut in another way: a fold would begin with a network that knows its validation cases. */
function foldsDifference(experiment: Experiment, beginner: Beginner): readonly Difference[] {
  const [there, here] = [fieldText(experiment, 'folds'), fieldText(beginner, 'folds')];
  if (!isSameSource(experiment, beginner) || there === here) return [];
  const help =
    'Cut both into the same folds: else a fold begins with a network that has seen the cases it is scored on.';
  return [{ text: between('`data.folds`', there, here), help }];
}
