import type { Span } from '../../grammar/source.ts';
import type { Identifier } from '../../grammar/syntax.ts';
import type { Use } from '../experiment.ts';
import { defaultUse, readUse } from './component.ts';
import type { Context } from './context.ts';
import { ratersThrough, readTarget } from './labels.ts';
import type { PendingSource } from './pending.ts';
import { withPart } from './pipeline.ts';
import { resolve, type Written } from './scope.ts';

/** A metric before it is known what the experiment's `labels` are. */
export interface PendingMeasure {
  readonly metric: Use;
  readonly on: PendingSource;
  readonly span: Span;
}

/** `dice`, `ece(bins: 10) on voted`, or a list of these that a name stands for. */
export function readMeasures(written: Written, context: Context): readonly PendingMeasure[] | undefined {
  const resolved = resolve(written);
  if (resolved === 'broken') return undefined;
  const { expression, scope } = resolved;
  if (expression.kind === 'list') {
    const measures = expression.items.map((item) => readMeasures({ expression: item.value, scope }, context));
    return measures.every((measure) => measure !== undefined) ? measures.flat() : undefined;
  }
  // What a name stands for is judged where the name is written: there it is meant to be a metric.
  const subject = expression.kind === 'on' ? { expression: expression.subject, scope } : written;
  const metric = readUse('metric', subject, context);
  const on =
    expression.kind === 'on'
      ? readTarget({ expression: expression.target, scope }, context)
      : metric && usualTruth(metric, context);
  return metric && on && [{ metric, on, span: expression.span }];
}

/** Hard truth is the majority of the raters, soft truth their average, whatever was trained on. */
function usualTruth({ name, span }: Use, context: Context): PendingSource | undefined {
  const soft = context.registry.metric[name]!.tags.truth === 'soft';
  return ratersThrough(soft ? 'average' : 'majority', span, context);
}

/** What is measured if `evaluate` does not say: overlap and calibration, and for soft labels the soft overlap. */
export function usualMeasures(soft: boolean, span: Span, context: Context): readonly PendingMeasure[] {
  const names = soft ? ['dice', 'bdice', 'ece'] : ['dice', 'ece'];
  return names.flatMap((name) => {
    const metric = defaultUse('metric', name, span, context);
    const on = metric && usualTruth(metric, context);
    return metric && on ? [{ metric, on, span }] : [];
  });
}

/** `evaluate.ece.bins: 15` */
export function withMeasureOption(
  measures: readonly PendingMeasure[],
  path: readonly [Identifier, Identifier],
  written: Written,
  context: Context,
): readonly PendingMeasure[] | undefined {
  const metrics = measures.map((measure) => measure.metric);
  const changed = withPart('metric', 'evaluate', metrics, path, written, context);
  return changed && measures.map((measure, i) => ({ ...measure, metric: changed[i]! }));
}
