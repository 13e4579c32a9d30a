import type { Experiment } from '../experiment.ts';
import { plainOption } from './calls.ts';
import type { Context } from './context.ts';
import { describe } from './describe.ts';
import { messages } from './messages.ts';
import type { PendingPick } from './pending.ts';
import { resolve, type Written } from './scope.ts';
import { referredBlock } from './settings.ts';
import type { CallFacts } from './takes.ts';
import { readValue, wordOf } from './values.ts';

/** The experiment that a name means, as it stands in its file. */
function readFrom(written: Written, context: Context): Experiment | undefined {
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

/** The experiment whose network is taken. */
export const from = {
  name: 'from',
  doc: 'The experiment whose network is taken; it is trained first.',
  expected: 'the name of an experiment',
  example: 'big',
  blocks: ['experiment'],
  read: readFrom,
} as const;

const picks: readonly CallFacts[] = [
  {
    name: 'seed',
    doc: 'The network that was trained with this seed.',
    parameters: [{ name: 'number', doc: 'The seed.', expected: 'a whole number, at least 0', example: '0' }],
  },
  {
    name: 'best',
    doc: 'The network with the best score of its fold.',
    parameters: [
      {
        name: 'metric',
        doc: 'What the networks are compared by.',
        expected: "a metric of the experiment's `evaluate`",
        example: 'dice',
        family: 'metric',
      },
    ],
  },
];

/** `same`, `seed(1)`, `best(dice)`. */
export const pickOf = (component: string) =>
  plainOption(
    component,
    {
      name: 'pick',
      doc: 'Which of its networks, where it has several seeds.',
      expected: '`same`, `seed(0)` or `best(dice)`',
      default: '`same` if it has that seed, else its only one',
      example: 'best(dice)',
      words: ['same'],
      calls: picks,
    },
    readPick,
  );

/** The option of `seed` and `best` may be named. */
function readPick(written: Written): PendingPick | undefined {
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
