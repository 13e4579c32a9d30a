import type { Call, Identifier } from '../../grammar/syntax.ts';
import type { Experiment, Parts } from '../experiment.ts';
import { blame, blameCallee } from './blame.ts';
import { type LanguageCall, plainOption, readCall, readCallOption } from './calls.ts';
import type { Context } from './context.ts';
import { describe } from './describe.ts';
import { messages } from './messages.ts';
import { from, pickOf } from './networks.ts';
import type { PendingParts, PendingPick, PendingStart } from './pending.ts';
import { indexOfPart } from './pipeline.ts';
import { resolve, type Written } from './scope.ts';
import type { CallFacts } from './takes.ts';
import { readValue, wordOf } from './values.ts';

interface WeightsOptions {
  readonly file: string;
  readonly parts: PendingParts;
}

interface TrainedOptions {
  readonly from: Experiment;
  readonly pick: PendingPick;
  readonly parts: PendingParts;
}

/** What a name in it means is only known with the model, so no name is blamed here. */
const partsIn = (component: string) => {
  const facts = {
    name: 'parts',
    doc: 'Which parts of the model are taken; what is not taken is drawn from the seed.',
    expected: '`all`, parts of the model such as `[encoder, decoder]`, or all but some: `all - head`',
    default: 'all',
    example: 'all - head',
    words: ['all'],
    names: 'part',
  } as const;
  const read = (written: Written, context: Context) => {
    const parts = partsOf(written);
    if (parts) return parts;
    const { name: option, expected } = facts;
    const values = { option, component, expected, found: describe(written) };
    context.report(messages.at(written.expression.span, 'DML1310', values));
    return undefined;
  };
  return { ...facts, read };
};

const weights: LanguageCall<WeightsOptions> = {
  name: 'weights',
  doc: 'The weights of a file.',
  parameters: [
    plainOption(
      'weights',
      {
        name: 'file',
        doc: 'Path of a safetensors file, below the data root.',
        expected: 'a text in double quotes',
        example: '"unet.safetensors"',
      },
      (written) => (readValue({ kind: 'text' }, written) as string | undefined) || undefined,
    ),
    partsIn('weights'),
  ],
  needs: { expected: 'a file below the data root', example: 'weights("file.safetensors")' },
};

const trained: LanguageCall<TrainedOptions> = {
  name: 'trained',
  doc: 'The weights of another experiment, each run of its own fold.',
  parameters: [from, pickOf('trained'), partsIn('trained')],
  needs: { expected: 'the name of an experiment', example: 'trained(name)' },
};

/** What training may start from beside `random`. */
export const startCalls: readonly CallFacts[] = [weights, trained];

const allParts: PendingParts = { value: 'all', names: [] };
const calls = startCalls.map(({ name }) => name);

/** `random`, `weights("unet.safetensors")` below the data root, or `trained(other, parts: encoder)`. */
export function readStart(written: Written, context: Context): PendingStart | undefined {
  const resolved = resolve(written);
  if (resolved === 'broken') return undefined;
  const { expression, scope } = resolved;
  if (wordOf(expression) === 'random') return 'random';
  if (expression.kind === 'call') {
    const called = wordOf(expression.callee);
    if (called === 'weights') return readWeights({ expression, scope }, context);
    if (called === 'trained') return readTrained({ expression, scope }, context);
  }
  if (blameCallee(resolved, calls, context)) return undefined;
  if (blame(resolved, { kind: 'choice', values: ['random', ...calls] }, context)) return undefined;
  const expected = '`random`, `weights("file.safetensors")` or `trained(experiment)`';
  context.report(messages.at(written.expression.span, 'DML1301', { expected, found: describe(written) }));
  return undefined;
}

function readWeights(written: Written<Call>, context: Context): PendingStart | undefined {
  const { file, parts = allParts } = readCall(weights, written, context) ?? {};
  return file === undefined ? undefined : { kind: 'weights', file, parts, span: written.expression.span };
}

function readTrained(written: Written<Call>, context: Context): PendingStart | undefined {
  const { from: experiment, pick, parts = allParts } = readCall(trained, written, context) ?? {};
  const { span } = written.expression;
  return experiment && { kind: 'trained', experiment, pick, parts, span };
}

/** `start.trained.parts: encoder` */
export function withStartOption(
  start: PendingStart,
  [part, option]: readonly [Identifier, Identifier],
  written: Written,
  context: Context,
): PendingStart | undefined {
  const uses = start === 'random' ? [] : [{ name: start.kind, span: start.span }];
  if (indexOfPart('start', uses, part, context) === undefined || start === 'random') return undefined;
  if (start.kind === 'weights') {
    const changed = readCallOption(weights, option, written, context);
    return changed && { ...start, ...changed };
  }
  const changed = readCallOption(trained, option, written, context);
  if (!changed) return undefined;
  const { from: experiment = start.experiment, ...others } = changed;
  return { ...start, ...others, experiment };
}

/** `all`, `encoder`, `[encoder, decoder]`, `all - head - aux`; whether the model has them is looked at later. */
function partsOf(written: Written): PendingParts | undefined {
  const resolved = resolve(written);
  if (resolved === 'broken') return undefined;
  const { expression, scope } = resolved;
  if (wordOf(expression) === 'all') return allParts;
  if (expression.kind !== 'binary') {
    const names = namesOf(resolved);
    return names && { value: { only: textsOf(names) }, names };
  }
  const before = expression.operator === '-' ? partsOf({ expression: expression.left, scope }) : undefined;
  const without = namesOf({ expression: expression.right, scope });
  if (!before || !without || isOnly(before.value)) return undefined;
  const names = [...before.names, ...without];
  return { value: { but: textsOf(names) }, names };
}

const textsOf = (names: readonly Identifier[]) => names.map(({ text }) => text);
const isOnly = (parts: Parts) => parts !== 'all' && 'only' in parts;

/** A name, or a list of names. */
function namesOf(written: Written): readonly Identifier[] | undefined {
  const resolved = resolve(written);
  if (resolved === 'broken') return undefined;
  const { expression, scope } = resolved;
  const word = wordOf(expression);
  if (word !== undefined) return word === 'all' ? undefined : [{ text: word, span: expression.span }];
  if (expression.kind !== 'list' || expression.items.length === 0) return undefined;
  const items = expression.items.map((item) =>
    item.name ? undefined : namesOf({ expression: item.value, scope }),
  );
  return items.every((names) => names !== undefined) ? items.flat() : undefined;
}
