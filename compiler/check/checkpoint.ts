import { nearest } from '../../grammar/nearest.ts';
import type { Span } from '../../grammar/source.ts';
import type { Identifier } from '../../grammar/syntax.ts';
import type { Best, Experiment, Use } from '../experiment.ts';
import type { Quantity } from '../registry.ts';
import { blame, blameCallee, suggestion } from './blame.ts';
import { type LanguageCall, plainOption, readCall, readCallOption } from './calls.ts';
import type { Context } from './context.ts';
import { describe, quoted } from './describe.ts';
import { messages } from './messages.ts';
import { resolve, type Written } from './scope.ts';
import { readValue, wordOf } from './values.ts';

/** How often the cases are looked at if nothing is written. */
const usualEvery: Quantity = { value: 1, unit: 'epochs' };

export const best: LanguageCall<Pick<Best, 'metric' | 'every'>> = {
  name: 'best',
  doc: 'The weights with the best value of a metric on the validation cases of the fold; of equal ones the first.',
  parameters: [
    plainOption(
      'best',
      {
        name: 'metric',
        doc: 'What the weights are chosen by.',
        expected: 'a metric of `evaluate`',
        example: 'dice',
        family: 'metric',
        measured: true,
      },
      ({ expression }) => wordOf(expression),
    ),
    plainOption(
      'best',
      {
        name: 'every',
        doc: 'How often it is looked, and once more after the last step.',
        expected: 'a duration above 0, such as `10 epochs`',
        default: '1 epoch',
        example: '10 epochs',
        units: ['epochs', 'steps'],
      },
      everyOf,
    ),
  ],
  needs: { expected: 'a metric of `evaluate`', example: 'best(dice)' },
};

/** `last`, or `best(dice, every: 10 epochs)`; whether the metric is evaluated is looked at later. */
export function readCheckpoint(written: Written, context: Context): Experiment['checkpoint'] | undefined {
  const resolved = resolve(written);
  if (resolved === 'broken') return undefined;
  const { expression, scope } = resolved;
  if (wordOf(expression) === 'last') return 'last';
  if (expression.kind === 'call' && wordOf(expression.callee) === best.name) {
    const { metric, every = usualEvery } = readCall(best, { expression, scope }, context) ?? {};
    return metric === undefined ? undefined : { metric, every, span: expression.span };
  }
  if (blameCallee(resolved, [best.name], context)) return undefined;
  if (blame(resolved, { kind: 'choice', values: ['last'] }, context)) return undefined;
  const expected = '`last` or `best(dice, every: 10 epochs)`';
  context.report(messages.at(written.expression.span, 'DML1301', { expected, found: describe(written) }));
  return undefined;
}

/** `checkpoint.every: 5 epochs` */
export function withCheckpointOption(
  checkpoint: Experiment['checkpoint'],
  option: Identifier,
  written: Written,
  context: Context,
): Experiment['checkpoint'] | undefined {
  if (checkpoint === 'last') {
    const values = { path: `checkpoint.${option.text}`, field: 'checkpoint' };
    context.report(messages.at(option.span, 'DML1215', values));
    return undefined;
  }
  const changed = readCallOption(best, option, written, context);
  return changed && { ...checkpoint, ...changed };
}

function everyOf(written: Written): Quantity | undefined {
  const value = readValue({ kind: 'quantity', dimension: 'duration' }, written) as Quantity | undefined;
  return value && value.value > 0 ? value : undefined;
}

/** What must be known of an experiment to tell whether its best weights can be found. */
interface Subject extends Partial<Pick<Experiment, 'fold' | 'train'>> {
  /** Where the experiment is declared. */
  readonly checkpoint: Best;
  /** Absent where they are not known. */
  readonly measures: readonly { readonly metric: Use; readonly span: Span }[] | undefined;
}

/** Whether the best weights can be found; whatever speaks against it is reported. */
export function canFindBest({ checkpoint, fold, train, measures }: Subject, { report }: Context): boolean {
  const { metric, every, span } = checkpoint;
  const found = messages;
  const wrong = [];
  const names = measures?.map((measure) => measure.metric.name);
  if (names && names.filter((name) => name === metric).length !== 1) {
    const measured = names.length === 0 ? 'nothing' : quoted(names);
    const extra = names.includes(metric) ? {} : suggestion(span, nearest(metric, names), names);
    // The name is a part of what is written, so a fix would need its place.
    const help = 'help' in extra && extra.help !== undefined ? { help: extra.help } : {};
    wrong.push(found.at(span, 'DML1392', { metric, measured }, help));
  }
  if (fold === 'none') wrong.push(found.at(span, 'DML1393', {}));
  if (train === 'none') wrong.push(found.at(span, 'DML1394', {}));
  else if (train && train.unit === every.unit && every.value > train.value) {
    const [often, length] = [every, train].map(({ value, unit }) => `${value} ${unit}`) as [string, string];
    wrong.push(found.at(span, 'DML1395', { every: often, train: length }));
  }
  for (const message of wrong) report(message);
  return wrong.length === 0;
}
