import type { Span } from '../../grammar/source.ts';
import { measuresText } from '../canonical/text.ts';
import type { Experiment, LabelSource, Measure, Use } from '../experiment.ts';
import type { Registry } from '../registry.ts';
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
  readonly metric: Use;
  /** Whether its options say which is meant. */
  readonly isExact: boolean;
  /** Absent where no truth is written: then on whichever it is measured. */
  readonly on: PendingSource | undefined;
  readonly span: Span;
}

/** `dice`, `ece(bins: 10) on mean`, or a list of these that a name stands for. */
export function readWantedMetrics(written: Written, context: Context): readonly WantedMetric[] | undefined {
  const resolved = resolve(written);
  if (resolved === 'broken') return undefined;
  const { expression, scope } = resolved;
  if (expression.kind === 'list') {
    const all = expression.items.map(({ value }) => readWantedMetrics({ expression: value, scope }, context));
    return all.every((each) => each !== undefined) ? all.flat() : undefined;
  }
  const subject = expression.kind === 'on' ? expression.subject : expression;
  const metric = readUse('metric', { expression: subject, scope }, context);
  const on =
    expression.kind === 'on' ? readTarget({ expression: expression.target, scope }, context) : undefined;
  if (!metric || (expression.kind === 'on' && !on)) return undefined;
  return [{ metric, isExact: subject.kind === 'call', on, span: expression.span }];
}

/** Everything that the arms measure, each once. */
export const allMetrics = ({ arms }: Compared): readonly Measure[] =>
  distinct(arms.flatMap(({ experiment }) => experiment.evaluate));

/** The metrics that are wanted, each of which every arm must measure; one that is not is reported. */
export function chooseMetrics(
  wanted: readonly WantedMetric[],
  { arms }: Compared,
  { registry, report }: Context,
): readonly Measure[] | undefined {
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
        first.experiment.evaluate.map((each) => `\`${measuresText([each], registry)}\``).join(', ') ||
        'nothing',
    };
    report(messages.at(one.span, 'DML1374', values));
    return [];
  });
  return isWhole ? distinct(chosen) : undefined;
}

function matching(
  { metric, isExact, on }: WantedMetric,
  experiment: Experiment,
  registry: Registry,
): readonly Measure[] {
  const truth = on && meaningOf(settled(on, experiment, registry));
  return experiment.evaluate.filter(
    (measure) =>
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

const distinct = (measures: readonly Measure[]): readonly Measure[] => [
  ...new Map(measures.map((measure) => [meaningOf(measure), measure])).values(),
];
