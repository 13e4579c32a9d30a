import type { Call, Identifier } from '../../grammar/syntax.ts';
import type { Experiment } from '../experiment.ts';
import { blame, blameCallee } from './blame.ts';
import { namedParameter, parameterOf } from './component.ts';
import type { Context } from './context.ts';
import { describe } from './describe.ts';
import { messages } from './messages.ts';
import type { PendingDistilled } from './pending.ts';
import { resolve, type Written } from './scope.ts';
import { referredBlock } from './settings.ts';
import { readValue, wordOf } from './values.ts';

interface Options {
  readonly from?: Experiment;
  readonly pick?: NonNullable<PendingDistilled['pick']>;
  readonly temperature?: number;
  readonly head?: string;
}

/** No component of the registry, because it takes an experiment; its options are written like theirs. */
const signature = {
  name: 'distill',
  parameters: [{ name: 'from' }, { name: 'pick' }, { name: 'temperature' }, { name: 'head' }] as const,
};

interface Reader<T> {
  readonly expected: string;
  readonly words: readonly string[];
  readonly calls: readonly string[];
  /** Says nothing where it cannot read. */
  readonly read: (written: Written) => T | undefined;
}

const readers: { readonly [Name in Exclude<keyof Options, 'from'>]-?: Reader<Options[Name]> } = {
  pick: {
    expected: '`same`, `seed(0)` or `best(dice)`',
    words: ['same'],
    calls: ['seed', 'best'],
    read: pickOf,
  },
  temperature: {
    expected: 'a number above 0',
    words: [],
    calls: [],
    read: (written) =>
      readValue({ kind: 'number', integer: false, exclusiveMinimum: 0 }, written) as number | undefined,
  },
  head: {
    expected: 'the name of a head',
    words: [],
    calls: [],
    read: ({ expression }) => wordOf(expression),
  },
};

/** `distill(big, pick: best(dice), temperature: 2)`; what must hold between two experiments is looked at later. */
export function readDistill(
  { expression, scope }: Written<Call>,
  context: Context,
): PendingDistilled | undefined {
  if (!context.experiment) {
    context.report(messages.at(expression.span, 'DML1360', {}));
    return undefined;
  }
  let options: Options = {};
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
  const { from, pick, temperature = 1, head } = options;
  if (isWhole && !from) {
    const values = { component: 'distill', option: 'from', expected: 'the name of an experiment' };
    context.report(messages.at(expression.span, 'DML1220', values, { help: 'Write `distill(name)`.' }));
  }
  return isWhole && from
    ? { kind: 'distill', experiment: from, pick, temperature, head, span: expression.span }
    : undefined;
}

/** `teacher.distill.temperature: 2` */
export function withDistillOption(
  distilled: PendingDistilled,
  option: Identifier,
  written: Written,
  context: Context,
): PendingDistilled | undefined {
  const parameter = namedParameter(signature, option, context);
  const value = parameter && readOption(parameter.name, written, context);
  if (!parameter || value === undefined) return undefined;
  return { ...distilled, [parameter.name === 'from' ? 'experiment' : parameter.name]: value };
}

function readOption(name: keyof Options, written: Written, context: Context): Options[typeof name] {
  if (name === 'from') return readFrom(written, context);
  const { expected, words, calls, read } = readers[name];
  const value = read(written);
  if (value !== undefined || blameCallee(written, calls, context)) return value;
  if (blame(written, { kind: 'choice', values: words }, context)) return undefined;
  const values = { option: name, component: 'distill', expected, found: describe(written) };
  context.report(messages.at(written.expression.span, 'DML1310', values));
  return undefined;
}

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

/** `same`, `seed(1)`, `best(dice)`; the option of the latter two may be named. */
function pickOf(written: Written): Options['pick'] {
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
