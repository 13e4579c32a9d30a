import type { Span } from '../../grammar/source.ts';
import { dataForm } from '../canonical/form.ts';
import type { DataSet, Experiment, TestSet } from '../experiment.ts';
import { distilledOf } from '../networks.ts';
import { coversImages, unseenSize } from '../tested-size.ts';
import type { Context } from './context.ts';
import { areCounted } from './counts.ts';
import { readDataSet } from './dataset.ts';
import { describe, quoted } from './describe.ts';
import { meaningOf } from './meaning.ts';
import type { PendingMeasure } from './measures.ts';
import { messages } from './messages.ts';
import { resolve, type Written } from './scope.ts';
import { referredBlock } from './settings.ts';
import { type Ground, settle } from './settle.ts';
import { areStepsBorne } from './softness.ts';

/** A data set of `test`, and where it is named. */
export interface PendingTest {
  readonly data: DataSet;
  readonly span: Span;
}

/** The data set that a name means; anything else is reported. */
export function readData(written: Written, context: Context): DataSet | undefined {
  const resolved = resolve(written);
  if (resolved === 'broken') return undefined;
  const { expression, scope } = resolved;
  if (expression.kind !== 'name') {
    const values = { expected: 'the name of a data set', found: describe(resolved) };
    context.report(messages.at(expression.span, 'DML1301', values));
    return undefined;
  }
  const found = referredBlock({ path: expression.path, span: expression.span }, ['dataset'], scope, context);
  return found && readDataSet(found.block, found.scope, context);
}

/** `clinic`, or a list of names that a name stands for. */
export function readTests(written: Written, context: Context): readonly PendingTest[] | undefined {
  const resolved = resolve(written);
  if (resolved === 'broken') return undefined;
  const { expression, scope } = resolved;
  if (expression.kind === 'list') {
    const all = expression.items.map(({ value }) => readTests({ expression: value, scope }, context));
    return all.every((each) => each !== undefined) ? all.flat() : undefined;
  }
  const data = readData(written, context);
  return data && [{ data, span: written.expression.span }];
}

/** What must be known of an experiment to tell whether it can be tested on other data; what is not known is absent. */
export interface Tested extends Partial<Pick<Experiment, 'data'>> {
  readonly name: string;
  readonly sight?: Pick<Experiment, 'crop'> & { readonly predict: Experiment['predict'] | undefined };
  /** How many metrics there are. */
  readonly measured: number | undefined;
}

/** Whether the network can be tested on these data sets; whatever speaks against it is reported at their names. */
export function areTests(tests: readonly PendingTest[], tested: Tested, context: Context): boolean {
  const checks = tests.flatMap((test, i) => [
    isApart(test, tests.slice(0, i), context),
    isOther(test, tested, context),
    hasClasses(test, tested, context),
    isSeen(test, tested, context),
  ]);
  const [first] = tests;
  if (!first || tested.measured !== 0) return checks.every(Boolean);
  context.report(messages.at(first.span, 'DML1349', { test: first.data.name, experiment: tested.name }));
  return false;
}

/** Scores are told apart by the names of their data sets, and equal data would be scored twice. */
function isApart({ data, span }: PendingTest, before: readonly PendingTest[], { report }: Context): boolean {
  const namesake = before.find((other) => other.data.name === data.name);
  const twin = before.find((other) => scoredAs(other.data) === scoredAs(data));
  const related = (other: PendingTest) => ({
    related: [{ span: other.span, message: 'the first one' }],
  });
  if (twin) {
    const values = { test: data.name, other: twin.data.name };
    report(messages.at(span, 'DML1344', values, related(twin)));
  } else if (namesake) report(messages.at(span, 'DML1343', { test: data.name }, related(namesake)));
  return !twin && !namesake;
}

/** All that decides the cases and their labels: neither a name, nor how they are cut into folds. */
const scoredAs = (data: DataSet): string => {
  const { name: _, folds: __, ...form } = dataForm(data);
  return meaningOf(form);
};

function isOther({ data, span }: PendingTest, tested: Tested, { report }: Context): boolean {
  if (!tested.data || sourceOf(tested.data) !== sourceOf(data)) return true;
  report(messages.at(span, 'DML1345', { test: data.name, own: tested.data.name, experiment: tested.name }));
  return false;
}

const sourceOf = (data: DataSet): string => meaningOf(dataForm(data).source);

/** Outputs of the network are classes in an order: their names say which. */
function hasClasses({ data, span }: PendingTest, tested: Tested, { report }: Context): boolean {
  if (!tested.data) return true;
  const names = ({ classes }: DataSet) => quoted(classes.map(({ name }) => name));
  const [theirs, ours] = [names(data), names(tested.data)];
  if (theirs === ours) return true;
  report(
    messages.at(
      span,
      'DML1346',
      { test: data.name, theirs, ours, own: tested.data.name },
      {
        related: [{ span: data.span, message: `the classes of \`${data.name}\`` }],
      },
    ),
  );
  return false;
}

/** Whether images of a size that is declared can be predicted by the network, as far as both are known. */
function isSeen({ data, span }: PendingTest, tested: Tested, { registry, report }: Context): boolean {
  const { sight, data: own } = tested;
  const window = sight?.crop === 'whole' ? own?.size : sight?.crop;
  const { name, size } = data;
  if (!size || !window || !sight) return true;
  const covers = coversImages(sight.predict, registry);
  const unseen = unseenSize({ name: `\`${name}\``, size, window, crop: sight.crop, covers });
  if (unseen) report(messages.at(span, 'DML1348', { fault: unseen.fault }, { help: unseen.help }));
  return !unseen;
}

/** Test sets with the metrics on their own labels; `undefined` where one cannot give a truth, once reported. */
export function settleTests(
  tests: readonly PendingTest[],
  measures: readonly PendingMeasure[],
  ground: Ground,
  context: Context,
): readonly TestSet[] | undefined {
  const settled = tests.map(({ data, span }): TestSet | undefined => {
    const storedSoft = data.source.options.soft === true;
    const evaluate = measures.map((measure) => ({
      ...measure,
      on: settle(measure.on, { ...ground, storedSoft, head: 'main' }, context.registry),
    }));
    const faults = evaluate.flatMap(({ metric, on }) => {
      const fault = truthFault({ metric, on }, data, storedSoft, context);
      return fault ? [{ metric: metric.name, fault }] : [];
    });
    for (const { metric, fault } of faults)
      context.report(messages.at(span, 'DML1347', { test: data.name, metric, fault }));
    return faults.length === 0 ? { data, evaluate } : undefined;
  });
  return settled.every((test) => test !== undefined) ? settled : undefined;
}

/** Why a data set cannot give a truth, in words. */
function truthFault(
  { metric, on }: Omit<TestSet['evaluate'][number], 'span'>,
  data: DataSet,
  storedSoft: boolean,
  { registry }: Context,
): string | undefined {
  const [network] = distilledOf(on);
  if (network)
    return `It is what \`${network.experiment.name}\` predicts, which is asked about its own data alone.`;
  const found: string[] = [];
  const quiet: Context = { registry, report: ({ message }) => found.push(message) };
  const isBorne =
    areStepsBorne(on, storedSoft, quiet) &&
    areCounted('label', on.steps, data, quiet) &&
    areCounted('metric', [metric], data, quiet);
  return isBorne ? undefined : found[0];
}
