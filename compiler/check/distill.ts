import type { Call, Identifier } from '../../grammar/syntax.ts';
import type { Experiment } from '../experiment.ts';
import { type LanguageCall, plainOption, readCall, readCallOption } from './calls.ts';
import type { Context } from './context.ts';
import { messages } from './messages.ts';
import { readFrom, readPick } from './networks.ts';
import type { PendingDistilled, PendingPick } from './pending.ts';
import type { Written } from './scope.ts';
import { readValue, wordOf } from './values.ts';

interface Options {
  readonly from: Experiment;
  readonly pick: PendingPick;
  readonly temperature: number;
  readonly head: string;
}

const distill: LanguageCall<Options> = {
  name: 'distill',
  parameters: [
    { name: 'from', read: readFrom },
    { name: 'pick', read: readPick('distill') },
    {
      name: 'temperature',
      read: plainOption('distill', 'temperature', {
        expected: 'a number above 0',
        read: (written) =>
          readValue({ kind: 'number', integer: false, exclusiveMinimum: 0 }, written) as number | undefined,
      }),
    },
    {
      name: 'head',
      read: plainOption('distill', 'head', {
        expected: 'the name of a head',
        read: ({ expression }) => wordOf(expression),
      }),
    },
  ],
  needs: { expected: 'the name of an experiment', example: 'distill(name)' },
};

/** `distill(big, pick: best(dice), temperature: 2)`; what must hold between two experiments is looked at later. */
export function readDistill(written: Written<Call>, context: Context): PendingDistilled | undefined {
  const { span } = written.expression;
  if (!context.experiment) {
    context.report(messages.at(span, 'DML1360', {}));
    return undefined;
  }
  const { from, pick, temperature = 1, head } = readCall(distill, written, context) ?? {};
  return from && { kind: 'distill', experiment: from, pick, temperature, head, span };
}

/** `teacher.distill.temperature: 2` */
export function withDistillOption(
  distilled: PendingDistilled,
  option: Identifier,
  written: Written,
  context: Context,
): PendingDistilled | undefined {
  const changed = readCallOption(distill, option, written, context);
  if (!changed) return undefined;
  const { from = distilled.experiment, ...others } = changed;
  return { ...distilled, ...others, experiment: from };
}
