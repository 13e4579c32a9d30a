import type { Call, Identifier } from '../../grammar/syntax.ts';
import type { Experiment } from '../experiment.ts';
import { type LanguageCall, plainOption, readCall, readCallOption } from './calls.ts';
import type { Context } from './context.ts';
import { messages } from './messages.ts';
import { from, pickOf } from './networks.ts';
import type { PendingDistilled, PendingPick } from './pending.ts';
import type { Written } from './scope.ts';
import { readValue, wordOf } from './values.ts';

interface Options {
  readonly from: Experiment;
  readonly pick: PendingPick;
  readonly temperature: number;
  readonly head: string;
}

export const distill: LanguageCall<Options> = {
  name: 'distill',
  doc: 'What the networks of another experiment predict, each for its own fold.',
  parameters: [
    from,
    pickOf('distill'),
    plainOption(
      'distill',
      {
        name: 'temperature',
        doc: 'T of softmax(logits / T).',
        expected: 'a number above 0',
        default: '1',
        example: '2',
      },
      (written) =>
        readValue({ kind: 'number', integer: false, exclusiveMinimum: 0 }, written) as number | undefined,
    ),
    plainOption(
      'distill',
      {
        name: 'head',
        doc: 'The head of the network that is asked.',
        expected: 'the name of a head',
        default: 'that of the term',
        example: 'main',
        names: 'head',
      },
      ({ expression }) => wordOf(expression),
    ),
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
  const { from: experiment, pick, temperature = 1, head } = readCall(distill, written, context) ?? {};
  return experiment && { kind: 'distill', experiment, pick, temperature, head, span };
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
  const { from: experiment = distilled.experiment, ...others } = changed;
  return { ...distilled, ...others, experiment };
}
