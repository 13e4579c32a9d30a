import type { Aspect, Experiment } from '../experiment.ts';
import { blameCallee } from './blame.ts';
import type { Context } from './context.ts';
import { describe } from './describe.ts';
import { messages } from './messages.ts';
import type { Written } from './scope.ts';
import type { CallFacts } from './takes.ts';
import { wordOf } from './values.ts';

/** What can be asked of runs beside their mean. */
export const aspects = ['lower', 'upper', 'worst'] as const satisfies readonly Aspect[];

const docs: Readonly<Record<Aspect, string>> = {
  lower: 'The lower end of the 95 % interval over folds and seeds.',
  upper: 'The upper end of the 95 % interval over folds and seeds.',
  worst: 'The worst case of all runs.',
};

/** The same, for whoever writes or explains a claim. */
export const aspectCalls: readonly CallFacts[] = aspects.map((name) => ({
  name,
  doc: docs[name],
  parameters: [
    {
      name: 'metric',
      doc: 'What is asked of.',
      expected: 'a metric',
      example: 'dice',
      family: 'metric',
      measured: true,
      tested: true,
    },
  ],
}));

/** What a call of one of these looks into, and which: `lower(dice)`. */
export function aspectOf(
  written: Written,
  context: Context,
): { readonly of: Aspect | undefined; readonly inner: Written } | undefined {
  const { expression, scope } = written;
  if (expression.kind !== 'call') return { of: undefined, inner: written };
  const word = wordOf(expression.callee);
  const of = aspects.find((each) => each === word);
  const [argument, second] = expression.arguments;
  if (of && argument && !argument.name && !second)
    return { of, inner: { expression: argument.value, scope } };
  if (of || !blameCallee(written, aspects, context)) {
    const expected = 'a metric, or `lower`, `upper` or `worst` of one';
    context.report(messages.at(expression.span, 'DML1301', { expected, found: describe(written) }));
  }
  return undefined;
}

/** Whether all of these experiments are one run each, as far as that can be told without data. */
export const areSingle = (experiments: readonly Pick<Experiment, 'fold' | 'seed'>[]): boolean =>
  experiments.every(
    ({ fold, seed }) => fold !== 'all' && (fold === 'none' || fold.length === 1) && seed.length === 1,
  );
