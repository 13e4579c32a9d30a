import type { Outcome } from '../../grammar/diagnostic.ts';
import { parseExpressions } from '../../grammar/parser.ts';
import type { LabelSource, Measure, Term } from '../experiment.ts';
import type { Registry } from '../registry.ts';
import { areComplete } from './component.ts';
import { type Context, collectFindings } from './context.ts';
import { readTarget } from './labels.ts';
import { readMeasures } from './measures.ts';
import { messages } from './messages.ts';
import { readMix } from './mix.ts';
import { type PendingSource, stepsWithin } from './pending.ts';
import type { Scope, Written } from './scope.ts';
import { settle } from './settle.ts';
import { areCertain, areStepsBorne } from './softness.ts';
import { areHeads, areTermsBorne, isPositive, settleTerms } from './terms.ts';

export interface ExpressionOptions {
  readonly registry: Registry;
}

/**
 * A loss that stands alone, `0.25 ce + 0.75 dml1 on teacher`, multiplied out. Its labels are arrays, so they count
 * as soft; that a loss needs hard ones is left to whoever has them. `heads` are those that a term may look at.
 */
export function checkLoss(
  text: string,
  { registry, heads = ['main'] }: ExpressionOptions & { readonly heads?: readonly string[] },
): Outcome<readonly Term[]> {
  return readAlone(text, registry, (all, context) => {
    const written = only(all, 'A loss', context);
    const mix = written && readMix(written, context);
    if (!mix) return undefined;
    const checks = [
      isPositive(mix, context),
      areHeads(mix, 'What is given', heads, context),
      areComplete(
        'loss',
        mix.map(({ loss }) => loss),
        context,
      ),
      areComplete(
        'label',
        mix.flatMap(({ on }) => (on ? stepsWithin(on) : [])),
        context,
      ),
    ];
    const given: PendingSource = { root: 'labels', steps: [], span: written.expression.span };
    const terms = settleTerms(mix, (on, head) => settle(on ?? given, { storedSoft: true, head }, registry));
    return checks.every(Boolean) && areTermsBorne(terms, false, context) ? terms : undefined;
  });
}

/** A label source that stands alone, `raters |> average |> smooth(0.1)`; `teacher` may be its root. */
export function checkLabels(text: string, { registry }: ExpressionOptions): Outcome<LabelSource> {
  return readAlone(text, registry, (all, context) => {
    const written = only(all, 'A label source', context);
    const pending = written && readTarget(written, context);
    if (!pending || !areComplete('label', stepsWithin(pending), context)) return undefined;
    const source = settle(pending, { storedSoft: false }, registry);
    return areStepsBorne(source, false, context) ? source : undefined;
  });
}

/** Metrics that stand alone, separated by commas: `dice, ece(bins: 15) on (raters |> majority)`. */
export function checkMetrics(text: string, { registry }: ExpressionOptions): Outcome<readonly Measure[]> {
  return readAlone(text, registry, (all, context) => {
    const read = all.map((written) => readMeasures(written, context));
    if (!read.every((measures) => measures !== undefined)) return undefined;
    const pending = read.flat();
    const checks = [
      areComplete(
        'metric',
        pending.map(({ metric }) => metric),
        context,
      ),
      areComplete(
        'label',
        pending.flatMap(({ on }) => stepsWithin(on)),
        context,
      ),
    ];
    const measures = pending.map(({ metric, on, span }) => ({
      metric,
      on: settle(on, { storedSoft: false }, registry),
      span,
    }));
    const borne = measures.flatMap(({ on }) => [
      areStepsBorne(on, false, context),
      areCertain(on, 'what scores are measured on', context),
    ]);
    return [...checks, ...borne].every(Boolean) ? measures : undefined;
  });
}

/** Names of nothing but the registry: there is no file. */
const nothing: Scope = { names: new Map(), spaces: new Map(), outer: undefined };

function readAlone<T>(
  text: string,
  registry: Registry,
  read: (written: readonly Written[], context: Context) => T | undefined,
): Outcome<T> {
  const source = { path: '<expression>', text };
  const { value: expressions, diagnostics } = parseExpressions(source);
  const findings = collectFindings(source.path);
  diagnostics.forEach(findings.report);
  const written = expressions?.map((expression) => ({ expression, scope: nothing }));
  const value = written && read(written, { registry, report: findings.report });
  const all = findings.all();
  return { value: all.some(({ severity }) => severity === 'error') ? undefined : value, diagnostics: all };
}

function only([first, second]: readonly Written[], what: string, { report }: Context): Written | undefined {
  if (!second) return first;
  report(messages.at(second.expression.span, 'DML1311', { what }));
  return undefined;
}
