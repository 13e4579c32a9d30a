import type { Experiment } from '../experiment.ts';
import { plainOption } from './calls.ts';
import type { Context } from './context.ts';
import { describe } from './describe.ts';
import { messages } from './messages.ts';
import type { PendingPick } from './pending.ts';
import { resolve, type Written } from './scope.ts';
import { referredBlock } from './settings.ts';
import { readValue, wordOf } from './values.ts';

/** The experiment that a name means, as it stands in its file. */
export function readFrom(written: Written, context: Context): Experiment | undefined {
  const resolved = resolve(written);
  if (resolved === 'broken') return undefined;
  const { expression, scope } = resolved;
  if (expression.kind !== 'name') {
    const values = { expected: 'the name of an experiment', found: describe(written) };
    context.report(messages.at(written.expression.span, 'DML1301', values));
    return undefined;
  }
  const found = referredBlock(
    { path: expression.path, span: expression.span },
    ['experiment'],
    scope,
    context,
  );
  return found && context.experiment?.(found.block, found.scope);
}

/** `same`, `seed(1)`, `best(dice)`. */
export const readPick = (component: string) =>
  plainOption(component, 'pick', {
    expected: '`same`, `seed(0)` or `best(dice)`',
    words: ['same'],
    calls: ['seed', 'best'],
    read: pickOf,
  });

/** The option of `seed` and `best` may be named. */
function pickOf(written: Written): PendingPick | undefined {
  const resolved = resolve(written);
  if (resolved === 'broken') return undefined;
  const { expression, scope } = resolved;
  if (wordOf(expression) === 'same') return { value: 'same', span: expression.span };
  if (expression.kind !== 'call') return undefined;
  const [argument, second] = expression.arguments;
  if (!argument || second) return undefined;
  const value = { expression: argument.value, scope };
  const { span } = argument.value;
  const name = wordOf(expression.callee);
  const isNamed = (option: string) => argument.name === undefined || argument.name.text === option;
  if (name === 'best' && isNamed('metric')) {
    const best = wordOf(value.expression);
    return best === undefined ? undefined : { value: { best }, span };
  }
  if (name !== 'seed' || !isNamed('number')) return undefined;
  const seed = readValue({ kind: 'number', integer: true, minimum: 0 }, value) as number | undefined;
  return seed === undefined ? undefined : { value: { seed }, span };
}
