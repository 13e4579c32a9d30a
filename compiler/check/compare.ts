import { nearest } from '../../grammar/nearest.ts';
import { printExpression } from '../../grammar/print.ts';
import type { Block } from '../../grammar/syntax.ts';
import type { Baseline, Compare, ScoredMeasure, Use } from '../experiment.ts';
import { aspectCalls } from './aspects.ts';
import { suggestion } from './blame.ts';
import { readClaim } from './claims.ts';
import {
  armsByName,
  armsByRecord,
  type Chosen,
  type Compared,
  experimentFactor,
  readCompared,
  type SweepReader,
} from './compared.ts';
import { allMetrics, chooseMetrics, readWantedMetrics, type WantedMetric } from './compared-metrics.ts';
import { defaultUse, isComplete, readUse } from './component.ts';
import type { Context, FileContext } from './context.ts';
import { describe } from './describe.ts';
import { type Fields, misspelt, one, readFields, reportUnknown, several } from './fields.ts';
import { messages } from './messages.ts';
import { resolve, type Scope, type Written } from './scope.ts';
import { layer, type Settings, settingsWithin } from './settings.ts';
import type { OptionFacts, Takes } from './takes.ts';

interface Draft {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly metrics: readonly WantedMetric[];
  readonly baseline: NamedArms | 'none';
  readonly statistic: Use | 'none';
}

interface NamedArms extends Chosen {
  readonly text: string;
}

/** Of scores of arms: `lower(big.dice)`. */
const scoreCalls = aspectCalls.map(({ parameters, ...call }) => ({
  ...call,
  parameters: parameters.map(
    ({ family: _, tested: __, ...option }): OptionFacts => ({
      ...option,
      expected: 'a score such as `student.dice`, or a difference of two',
      example: 'student.dice - big.dice',
      blocks: ['experiment', 'sweep'],
      records: true,
      member: 'metric',
    }),
  ),
}));

/** What every field takes; the order is that in which they are explained. */
export const compareTakes = {
  rows: { names: 'factor', words: ['none'] },
  columns: { names: 'factor', words: ['none'] },
  metrics: { family: 'metric', measured: true, tested: true },
  baseline: { blocks: ['experiment', 'sweep'], records: true, words: ['none'] },
  statistic: { family: 'statistic', words: ['none'] },
  expect: {
    blocks: ['experiment', 'sweep'],
    records: true,
    member: 'metric',
    calls: scoreCalls,
    words: ['none'],
  },
} as const satisfies Readonly<Record<string, Takes>>;

export const compareFields: readonly string[] = Object.keys(compareTakes);

const fieldsOf = (compared: Compared): Fields<Draft> => {
  const factors = several((written, context) => readFactor(written, compared, context));
  const { rows, columns, metrics, baseline } = compareTakes;
  return {
    rows: { takes: rows, read: factors, off: [] },
    columns: { takes: columns, read: factors, off: [] },
    metrics: {
      takes: metrics,
      read: several((written, context) => readWantedMetrics(written, compared, context)),
    },
    baseline: {
      takes: baseline,
      read: one<NamedArms | 'none'>((written, context) => readArms(written, compared, context)),
      off: 'none',
    },
    statistic: statisticField,
  };
};

const statisticField = {
  takes: compareTakes.statistic,
  read: one<Use | 'none'>((written, context) => readUse('statistic', written, context)),
  off: 'none' as const,
};

/** A comparison with all its arms; `undefined` once reported. */
export function readCompare(
  block: Block,
  scope: Scope,
  readSweep: SweepReader,
  context: FileContext,
): Compare | undefined {
  const own = settingsWithin(block.statements, scope);
  reportUnknown('comparison', compareFields, own, context);
  const settings = layer(new Map(), own, context);
  const compared = readCompared(block, scope, readSweep, context);
  if (!compared) {
    // What is asked of arms cannot be read without them.
    readFields({ statistic: statisticField }, settings, context);
    return undefined;
  }
  return assemble(block, compared, settings, context);
}

function assemble(
  { name, doc }: Block,
  compared: Compared,
  settings: Settings,
  context: Context,
): Compare | undefined {
  const { draft, isWhole } = readFields(fieldsOf(compared), settings, context);
  const metrics = draft.metrics ? chooseMetrics(draft.metrics, compared, context) : undefined;
  const shown = draft.metrics || settings.has('metrics') ? metrics : allMetrics(compared);
  const expect = readExpect(settings, compared, shown, context);
  const chosen = draft.baseline === 'none' ? undefined : draft.baseline;
  const checks = [
    isWhole,
    areApart(draft, settings, context),
    leavesSome(chosen, compared, settings, context),
    hasBaseline(draft, settings, context),
    draft.statistic === undefined ||
      draft.statistic === 'none' ||
      isComplete('statistic', draft.statistic, context),
  ];
  if (!checks.every(Boolean) || !shown || !expect) return undefined;
  const columns = draft.columns ?? [];
  const usual = chosen && defaultUse('statistic', 'wilcoxon', name.span, context);
  return {
    name: name.text,
    doc,
    factors: compared.factors,
    arms: compared.arms.map(({ names: _, made: __, ...arm }) => arm),
    rows: draft.rows ?? compared.factors.filter((factor) => !columns.includes(factor)),
    columns,
    metrics: shown,
    baseline: chosen && baselineOf(chosen, compared),
    statistic: draft.statistic === 'none' ? undefined : (draft.statistic ?? usual),
    expect,
    span: name.span,
  };
}

/** `labels`, or `model.width` by its last word as well. */
function readFactor(
  written: Written,
  { handles, factors }: Compared,
  { report }: Context,
): readonly string[] | undefined {
  const { expression } = written;
  const { span } = expression;
  if (expression.kind !== 'name') {
    const expected = 'a factor, one of the paths that differ between the arms';
    report(messages.at(span, 'DML1301', { expected, found: describe(written) }));
    return undefined;
  }
  const name = printExpression(expression);
  const factor = handles.get(name);
  if (factor) return [factor];
  const known = [...handles.keys()];
  const extra =
    factors.length === 0
      ? { help: 'Nothing differs between its arms.' }
      : suggestion(span, nearest(name, known), known);
  report(messages.at(span, 'DML1372', { name }, extra));
  return undefined;
}

/** `plain`, or `(labels: voted)`. */
function readArms(written: Written, compared: Compared, context: Context): NamedArms | undefined {
  const resolved = resolve(written);
  if (resolved === 'broken') return undefined;
  const { expression, scope } = resolved;
  const text = printExpression(written.expression);
  if (expression.kind === 'name') {
    const chosen = armsByName(expression.path, expression.span, compared, context);
    return chosen && { ...chosen, text };
  }
  if (expression.kind === 'tuple') {
    const chosen = armsByRecord({ expression, scope }, compared, context);
    return chosen && { ...chosen, text };
  }
  const expected = 'an arm: the name of an experiment, or a record such as `(labels: voted)`';
  context.report(messages.at(written.expression.span, 'DML1301', { expected, found: describe(written) }));
  return undefined;
}

/**
 * Each arm against those of the baseline that agree with it in all other factors that both have; where none does, because
 * they are of another experiment, in all but that.
 */
function baselineOf({ text, arms: chosen, by }: NamedArms, { arms, factors }: Compared): Baseline {
  const agree = (a: number, b: number, apart: readonly string[]) =>
    factors.every((factor, i) => {
      const [ours, theirs] = [arms[a]!.values[i], arms[b]!.values[i]];
      return apart.includes(factor) || ours === undefined || theirs === undefined || ours === theirs;
    });
  const of = (arm: number) => {
    const near = chosen.filter((other) => agree(arm, other, by));
    return near.length > 0 ? near : chosen.filter((other) => agree(arm, other, [...by, experimentFactor]));
  };
  return {
    text,
    arms: chosen,
    of: arms.map((_, arm) => (chosen.includes(arm) ? [] : of(arm))),
  };
}

/** Whether no factor stands twice in rows and columns. */
function areApart(
  { rows = [], columns = [] }: Partial<Draft>,
  settings: Settings,
  { report }: Context,
): boolean {
  const all = [...rows, ...columns];
  const twice = all.find((factor, i) => all.indexOf(factor) < i);
  if (twice === undefined) return true;
  const field = rows.indexOf(twice) === rows.lastIndexOf(twice) ? 'columns' : 'rows';
  report(messages.at(settings.get(field)!.whole!.span, 'DML1373', { factor: twice }));
  return false;
}

/** Whether there are arms beside the baseline. */
function leavesSome(
  baseline: NamedArms | undefined,
  { arms }: Compared,
  settings: Settings,
  { report }: Context,
): boolean {
  if (!baseline || baseline.arms.length < arms.length) return true;
  report(messages.at(settings.get('baseline')!.whole!.span, 'DML1376', { baseline: baseline.text }));
  return false;
}

function hasBaseline({ statistic }: Partial<Draft>, settings: Settings, { report }: Context): boolean {
  const isMeant = settings.has('baseline') || misspelt(compareFields, settings).has('baseline');
  if (isMeant || !statistic || statistic === 'none') return true;
  report(messages.at(settings.get('statistic')!.whole!.span, 'DML1377', { statistic: statistic.name }));
  return false;
}

function readExpect(
  settings: Settings,
  compared: Compared,
  metrics: readonly ScoredMeasure[] | undefined,
  context: Context,
): Compare['expect'] | undefined {
  if (!metrics) return undefined;
  const field = {
    takes: compareTakes.expect,
    read: several((written: Written, inner: Context) => {
      const claim = readClaim(written, { compared, metrics }, inner);
      return claim && [claim];
    }),
    off: [],
  };
  const { draft, isWhole } = readFields({ expect: field }, settings, context);
  return isWhole ? (draft.expect ?? []) : undefined;
}
