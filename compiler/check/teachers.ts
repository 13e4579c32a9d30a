import { nearest } from '../../grammar/nearest.ts';
import { dataForm } from '../canonical/form.ts';
import { plainText } from '../canonical/text.ts';
import { type Plain, wholeNumbersForm } from '../canonical/value-form.ts';
import type { Distilled, Experiment } from '../experiment.ts';
import { suggestion } from './blame.ts';
import type { Context } from './context.ts';
import { quoted } from './describe.ts';
import { messages } from './messages.ts';
import type { PendingDistilled, PendingTrained } from './pending.ts';

/** What must be known of a student to tell whether another experiment can teach it. */
export type Student = Pick<Experiment, 'name' | 'data' | 'fold' | 'seed'>;

/** Whether the networks of another experiment can teach these; whatever speaks against it is reported. */
export function isTeacher(distilled: PendingDistilled, student: Student, context: Context): boolean {
  const checks = [
    knowsData(distilled, student, context),
    hasFolds(distilled, student, context),
    hasSeeds(distilled, student, context),
  ];
  return checks.every(Boolean);
}

/** The seed that is taken where nothing is written: the student's own, or the only one that there is. */
export const usualPick = (
  { experiment }: PendingNetworks,
  { seed }: Pick<Student, 'seed'>,
): Distilled['pick'] =>
  experiment.seed.length === 1 && !includesAll(experiment.seed, seed)
    ? { seed: experiment.seed[0]! }
    : 'same';

/** Networks of another experiment: a teacher, or what an experiment starts from. */
type PendingNetworks = PendingDistilled | PendingTrained;

/** What these networks are to the experiment, as messages say it. */
const roleOf = ({ kind, experiment: { name } }: PendingNetworks): string =>
  kind === 'distill' ? `its teacher \`${name}\`` : `\`${name}\`, which it starts from,`;

const includesAll = (all: readonly number[], some: readonly number[]) =>
  some.every((number) => all.includes(number));

/** All but the name of the data set, which means nothing. */
function knowsData({ experiment, span }: PendingDistilled, student: Student, { report }: Context): boolean {
  const [theirs, ours] = [dataForm(experiment.data), dataForm(student.data)] as const;
  const fields = ['source', 'classes', 'ignore', 'size', 'window', 'folds'];
  const differing = fields.filter((field) => textOf(theirs[field]) !== textOf(ours[field]));
  if (differing.length === 0) return true;
  const differences = differing
    .map((field) => `\`data.${field}\` (${textOf(theirs[field])} there, ${textOf(ours[field])} here)`)
    .join(' and ');
  report(messages.at(span, 'DML1361', { teacher: experiment.name, student: student.name, differences }));
  return false;
}

const textOf = (value: Plain | undefined): string => (value === undefined ? 'none' : plainText(value));

/** Whether all folds of the student are folds of the other experiment. */
export const coversFolds = (
  { fold: theirs }: Pick<Experiment, 'fold'>,
  { fold: ours }: Pick<Student, 'fold'>,
): boolean =>
  typeof ours === 'string'
    ? theirs === ours
    : theirs === 'all' || (theirs !== 'none' && includesAll(theirs, ours));

/** Whether they are; that they are not is reported. */
export function hasFolds(networks: PendingNetworks, student: Student, { report }: Context): boolean {
  const { experiment, span } = networks;
  if (coversFolds(experiment, student)) return true;
  const [theirs, ours] = [experiment.fold, student.fold];
  report(
    messages.at(span, 'DML1362', {
      student: student.name,
      role: roleOf(networks),
      other: experiment.name,
      needed: textOf(wholeNumbersForm(ours)),
      found: textOf(wholeNumbersForm(theirs)),
    }),
  );
  return false;
}

/** Whether the seeds that are meant are there, and the metric that picks among them. */
export function hasSeeds(networks: PendingNetworks, student: Student, { report }: Context): boolean {
  const { experiment, span, kind: call } = networks;
  const pick = networks.pick?.value ?? usualPick(networks, student);
  const place = networks.pick?.span ?? span;
  const role = roleOf(networks);
  const teacher = experiment.name;
  const found = textOf(wholeNumbersForm(experiment.seed));
  const names = experiment.evaluate.map(({ metric }) => metric.name);
  if (pick === 'same') {
    if (includesAll(experiment.seed, student.seed)) return true;
    const needed = textOf(wholeNumbersForm(student.seed));
    const [metric = 'dice', first] = [names[0], String(experiment.seed[0])];
    const values = { student: student.name, role, call, teacher, needed, found, metric, first };
    report(messages.at(place, 'DML1363', values));
    return false;
  }
  if ('seed' in pick) {
    if (experiment.seed.includes(pick.seed)) return true;
    report(messages.at(place, 'DML1364', { teacher, seed: String(pick.seed), found }));
    return false;
  }
  const metric = pick.best;
  if (names.filter((name) => name === metric).length === 1) return true;
  const measured = names.length === 0 ? 'nothing' : quoted(names);
  const extra = names.includes(metric) ? {} : suggestion(place, nearest(metric, names), names);
  report(messages.at(place, 'DML1365', { metric, teacher, measured }, extra));
  return false;
}
