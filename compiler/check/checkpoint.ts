import { nearest } from '../../grammar/nearest.ts';
import type { Span } from '../../grammar/source.ts';
import type { Identifier } from '../../grammar/syntax.ts';
import type { Best, Experiment, Use } from '../experiment.ts';
import type { Quantity } from '../registry.ts';
import { blame, blameCallee, suggestion } from './blame.ts';
import { namedParameter, parameterOf } from './component.ts';
import type { Context } from './context.ts';
import { describe, quoted } from './describe.ts';
import { messages } from './messages.ts';
import { resolve, type Written } from './scope.ts';
import { readValue, wordOf } from './values.ts';

/** No component of the registry, because it takes a metric of the experiment; its options are written like theirs. */
const signature = { name: 'best', parameters: [{ name: 'metric' }, { name: 'every' }] as const };

/** How often the cases are looked at if nothing is written. */
const usualEvery: Quantity = { value: 1, unit: 'epochs' };

/** `last`, or `best(dice, every: 10 epochs)`; whether the metric is evaluated is looked at later. */
export function readCheckpoint(written: Written, context: Context): Experiment['checkpoint'] | undefined {
  const resolved = resolve(written);
  if (resolved === 'broken') return undefined;
  const { expression, scope } = resolved;
  if (wordOf(expression) === 'last') return 'last';
  if (expression.kind === 'call' && wordOf(expression.callee) === 'best') {
    let options: Partial<Pick<Best, 'metric' | 'every'>> = {};
    let isWhole = true;
    for (const [index, argument] of expression.arguments.entries()) {
      const parameter = parameterOf(signature, argument, index, context);
      if (parameter && options[parameter.name] !== undefined) {
        context.report(messages.at(argument.span, 'DML1219', { option: parameter.name }));
        isWhole = false;
      }
      const value = parameter && readOption(parameter.name, { expression: argument.value, scope }, context);
      if (parameter && value !== undefined) options = { ...options, [parameter.name]: value };
      else isWhole = false;
    }
    const { metric, every = usualEvery } = options;
    if (isWhole && metric === undefined) {
      const values = { component: 'best', option: 'metric', expected: 'a metric of `evaluate`' };
      context.report(messages.at(expression.span, 'DML1220', values, { help: 'Write `best(dice)`.' }));
    }
    return isWhole && metric !== undefined ? { metric, every, span: expression.span } : undefined;
  }
  if (blameCallee(resolved, ['best'], context)) return undefined;
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
  const parameter = namedParameter(signature, option, context);
  const value = parameter && readOption(parameter.name, written, context);
  return parameter && value !== undefined ? { ...checkpoint, [parameter.name]: value } : undefined;
}

function readOption(name: 'metric' | 'every', written: Written, context: Context) {
  const value = name === 'metric' ? wordOf(written.expression) : everyOf(written);
  if (value !== undefined || blame(written, undefined, context)) return value;
  const expected = name === 'metric' ? 'a metric of `evaluate`' : 'a duration above 0, such as `10 epochs`';
  const values = { option: name, component: 'best', expected, found: describe(written) };
  context.report(messages.at(written.expression.span, 'DML1310', values));
  return undefined;
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
