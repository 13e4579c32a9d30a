import { nearest } from '../../grammar/nearest.ts';
import type { Span } from '../../grammar/source.ts';
import type { Expression, Identifier, Name } from '../../grammar/syntax.ts';
import { measuresText } from '../canonical/text.ts';
import type { Experiment, LabelSource, ScoredMeasure, Use } from '../experiment.ts';
import type { Registry } from '../registry.ts';
import { scoredMeasures } from '../scored.ts';
import { suggestion } from './blame.ts';
import type { Compared } from './compared.ts';
import { readUse } from './component.ts';
import type { Context } from './context.ts';
import { quoted, textOf } from './describe.ts';
import { readTarget } from './labels.ts';
import { meaningOf } from './meaning.ts';
import { messages } from './messages.ts';
import type { PendingSource } from './pending.ts';
import { resolve, type Written } from './scope.ts';
import { settle } from './settle.ts';
import { usualPick } from './teachers.ts';

/** Metrics of `evaluate` that a table is to show. */
export interface WantedMetric {
  /** A data set of `test`; absent for the own data. */
  readonly data: string | undefined;
  readonly metric: Use;
  /** Whether its options say which is meant. */
  readonly isExact: boolean;
  /** Absent where no truth is written: then on whichever it is measured. */
  readonly on: PendingSource | undefined;
  readonly span: Span;
}

/** `dice`, `clinic.ece(bins: 10) on mean`, or a list of these that a name stands for. */
export function readWantedMetrics(
  written: Written,
  compared: Compared,
  context: Context,
): readonly WantedMetric[] | undefined {
  const resolved = resolve(written);
  if (resolved === 'broken') return undefined;
  const { expression, scope } = resolved;
  if (expression.kind === 'list') {
    const all = expression.items.map(({ value }) =>
      readWantedMetrics({ expression: value, scope }, compared, context),
    );
    return all.every((each) => each !== undefined) ? all.flat() : undefined;
  }
  const named = splitData(expression.kind === 'on' ? expression.subject : expression, compared, context);
  if (!named) return undefined;
  const { data, subject } = named;
  // What a name stands for is judged where the name is written: there it is meant to be a metric.
  const metric = readUse(
    'metric',
    subject === expression ? written : { expression: subject, scope },
    context,
  );
  const on =
    expression.kind === 'on' ? readTarget({ expression: expression.target, scope }, context) : undefined;
  if (!metric || (expression.kind === 'on' && !on)) return undefined;
  return [{ data, metric, isExact: subject.kind === 'call', on, span: expression.span }];
}

/** Names of all data sets that some arm is tested on. */
export const testsOf = ({ arms }: Compared): readonly string[] => [
  ...new Set(arms.flatMap(({ experiment }) => experiment.test.map(({ data }) => data.name))),
];

/** `clinic.dice` is `dice` on the test set `clinic`; a metric of a user's own may have a dot in its name. */
function splitData(
  expression: Expression,
  compared: Compared,
  { registry, report }: Context,
): { readonly data: string | undefined; readonly subject: Expression } | undefined {
  const whole = { data: undefined, subject: expression };
  const name = expression.kind === 'call' ? expression.callee : expression;
  if (name.kind !== 'name' || name.path.length < 2) return whole;
  const [first, ...path] = name.path as [Identifier, Identifier, ...Identifier[]];
  const tests = testsOf(compared);
  if (!tests.includes(first.text)) {
    const [own, metric] = [name.path, path].map((parts) => parts.map(({ text }) => text).join('.'));
    if (Object.hasOwn(registry.metric, own!) || !Object.hasOwn(registry.metric, metric!)) return whole;
    const extra = suggestion(first.span, nearest(first.text, tests), tests);
    report(messages.at(first.span, 'DML1396', { name: first.text }, extra));
    return undefined;
  }
  const metric: Name = { ...name, path, span: { ...name.span, start: path[0]!.span.start } };
  const subject = expression.kind === 'call' ? { ...expression, callee: metric } : metric;
  return { data: first.text, subject };
}

/** Everything that the arms measure, each once. */
export const allMetrics = ({ arms }: Compared): readonly ScoredMeasure[] =>
  distinct(arms.flatMap(({ experiment }) => scoredMeasures(experiment)));

/** The metrics that are wanted, each of which every arm must measure; one that is not is reported. */
export function chooseMetrics(
  wanted: readonly WantedMetric[],
  { arms }: Compared,
  { registry, report }: Context,
): readonly ScoredMeasure[] | undefined {
  let isWhole = true;
  const chosen = wanted.flatMap((one) => {
    const found = arms.map(({ experiment }) => matching(one, experiment, registry));
    const without = arms.filter((_, i) => found[i]!.length === 0);
    const [first] = without;
    if (!first) return found.flat();
    isWhole = false;
    const values = {
      metric: textOf(one.span),
      arms: quoted(new Set(without.map(({ names: [name] }) => name!))),
      first: first.experiment.name,
      measured:
        scoredMeasures(first.experiment)
          .map((each) => `\`${measuresText([each], registry)}\``)
          .join(', ') || 'nothing',
    };
    report(messages.at(one.span, 'DML1374', values));
    return [];
  });
  return isWhole ? distinct(chosen) : undefined;
}

function matching(
  { data, metric, isExact, on }: WantedMetric,
  experiment: Experiment,
  registry: Registry,
): readonly ScoredMeasure[] {
  const truth = on && meaningOf(settled(on, experiment, registry));
  return scoredMeasures(experiment).filter(
    (measure) =>
      measure.data === data &&
      measure.metric.name === metric.name &&
      (!isExact || meaningOf(measure.metric) === meaningOf(metric)) &&
      (truth === undefined || truth === meaningOf(pathOf(measure.on))),
  );
}

/** What a source means in an experiment: `labels` and `teacher` are its own. */
function settled(on: PendingSource, experiment: Experiment, registry: Registry) {
  const field = on.root === 'labels' || on.root === 'teacher' ? experiment[on.root] : undefined;
  if (field) return { root: field.root, steps: [...field.steps, ...on.steps] };
  const { data, seed } = experiment;
  const storedSoft = data.source.options.soft === true;
  return pathOf(settle(on, { storedSoft, pick: (distilled) => usualPick(distilled, { seed }) }, registry));
}

const pathOf = ({ root, steps }: LabelSource) => ({ root, steps });

const distinct = (measures: readonly ScoredMeasure[]): readonly ScoredMeasure[] => [
  ...new Map(measures.map((measure) => [meaningOf(measure), measure])).values(),
];
