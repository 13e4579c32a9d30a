import { nearest } from '../../grammar/nearest.ts';
import type { Span } from '../../grammar/source.ts';
import type { Block, Expression, Factor, Reference, Vary } from '../../grammar/syntax.ts';
import type { Experiment, Sweep } from '../experiment.ts';
import { suggestion } from './blame.ts';
import type { Context } from './context.ts';
import { describe, textOf } from './describe.ts';
import { isExcepted, readExceptions } from './except.ts';
import { assemble, fieldNames, later } from './experiment.ts';
import { reportUnknown } from './fields.ts';
import { meaningOf } from './meaning.ts';
import { messages } from './messages.ts';
import { type Entity, resolve, type Scope, type Written } from './scope.ts';
import {
  layer,
  pathText,
  referredBlock,
  type Setting,
  type Settings,
  settingsOf,
  settingsWithin,
} from './settings.ts';
import { intervalOf, wholeNumbersOf } from './values.ts';

/** What one value of a factor does to an arm. */
export interface Choice {
  /** As written in the file. */
  readonly text: string;
  readonly base?: Settings;
  readonly settings: readonly Setting[];
  readonly names: ReadonlyMap<string, Entity>;
}

/** Something that differs between the arms. */
export interface SweepFactor {
  readonly name: string;
  readonly targets: readonly Reference[];
  readonly choices: readonly Choice[];
  readonly span: Span;
}

/** An arm before its experiment is read. */
export interface Arm {
  readonly choices: readonly Choice[];
  readonly settings: Settings;
  readonly scope: Scope;
}

/** All arms of a sweep, each an experiment of its own; `undefined` once reported. `overrides` come from `--set`. */
export function readSweep(
  block: Block,
  scope: Scope,
  overrides: readonly Setting[],
  context: Context,
): Sweep | undefined {
  const fields = block.statements.filter((statement) => statement.kind === 'field');
  const exceptions = fields.filter(({ target }) => pathText(target) === 'except');
  const shared = settingsWithin(
    fields.filter((field) => !exceptions.includes(field)),
    scope,
  );
  reportUnknown('sweep', [...fieldNames, 'except'], shared, context);
  const bases = readBases(block, scope, context);
  const factors = readFactors(block, scope, context);
  if (!bases || !factors) return undefined;
  const all = [...(bases.choices.length > 1 ? [bases] : []), ...factors];
  if (all.length === 0) {
    context.report(messages.at(block.name.span, 'DML1351', { name: block.name.text }));
    return undefined;
  }
  if (reportOverlaps(factors, overrides, context)) return undefined;
  const combinations = product(all.map((factor) => factor.choices));
  const arms = combinations.map((choices) =>
    armOf(choices, bases.choices[0]!, shared, overrides, scope, context),
  );
  const excepted = readExceptions(exceptions, all, scope, context);
  if (!excepted) return undefined;
  const kept = arms.filter((arm) => !isExcepted(arm, excepted, context));
  return assembleArms(block, all, kept, context);
}

function assembleArms(block: Block, factors: readonly SweepFactor[], arms: readonly Arm[], context: Context) {
  const experiments = arms.map(({ settings }, index) =>
    assemble(
      { name: { ...block.name, text: `${block.name.text}/${index + 1}` }, doc: block.doc },
      settings,
      context,
    ),
  );
  if (arms.length === 0) context.report(messages.at(block.name.span, 'DML1355', { name: block.name.text }));
  if (arms.length === 0 || !experiments.every((experiment) => experiment !== undefined)) return undefined;
  reportEqual(block, experiments, context);
  return {
    name: block.name.text,
    doc: block.doc,
    factors: factors.map((factor) => factor.name),
    arms: arms.map(({ choices }, index) => ({
      number: index + 1,
      values: choices.map((choice) => choice.text),
      experiment: experiments[index]!,
    })),
    span: block.name.span,
  };
}

/** Several experiments after `of` are a factor of their own, the first and slowest. */
function readBases(block: Block, scope: Scope, context: Context): SweepFactor | undefined {
  const bases = block.bases.map((reference) => {
    const found = referredBlock(reference, ['experiment'], scope, context);
    const base = found && settingsOf(found.block, found.scope, context);
    return base && { text: textOf(reference.span), base, settings: [], names: new Map() };
  });
  const choices = bases.filter((base) => base !== undefined);
  if (choices.length !== bases.length || choices.length === 0) return undefined;
  return { name: 'experiment', targets: [], choices, span: block.name.span };
}

function readFactors(block: Block, scope: Scope, context: Context): readonly SweepFactor[] | undefined {
  const statements = block.statements.filter((statement) => statement.kind !== 'field');
  const factors = statements.map((statement) => {
    const factor =
      statement.kind === 'vary'
        ? readVary(statement, scope, context)
        : readLetFactor(statement, scope, context);
    if (factor?.choices.length === 1)
      context.report(messages.at(statement.span, 'DML1352', { factor: factor.name }));
    return factor;
  });
  return factors.every((factor) => factor !== undefined) ? factors : undefined;
}

function readVary({ targets, values, span }: Vary, scope: Scope, context: Context): SweepFactor | undefined {
  const known = targets.map((target) => isVariable(target, values, context));
  const items = itemsOf({ expression: values, scope }, context);
  if (!items || !known.every(Boolean)) return undefined;
  const choices = items.map((item) => {
    const parts = targets.length === 1 ? [item] : partsOf(item, targets.length, context);
    return (
      parts && {
        text: parts.map((part) => textOf(part.expression.span)).join(', '),
        names: new Map(),
        settings: targets.map((target, i) => ({
          target,
          values: [parts[i]!.expression],
          scope: parts[i]!.scope,
          span: parts[i]!.expression.span,
        })),
      }
    );
  });
  const name = targets.map(pathText).join(', ');
  return choices.every((choice) => choice !== undefined) ? { name, targets, choices, span } : undefined;
}

/** Fold and seed are replication; every other field may be varied. */
function isVariable(target: Reference, values: Expression, context: Context): boolean {
  const [field] = target.path;
  if (field!.text === 'seed' || field!.text === 'fold') {
    context.report(
      messages.at(target.span, 'DML1350', { field: field!.text, values: replicationOf(values) }),
    );
    return false;
  }
  if (Object.hasOwn(later, field!.text)) {
    context.report(messages.at(target.span, 'DML1209', { feature: `\`${field!.text}\`` }));
    return false;
  }
  if (fieldNames.includes(field!.text)) return true;
  const extra = suggestion(field!.span, nearest(field!.text, fieldNames), fieldNames);
  context.report(messages.at(field!.span, 'DML1212', { block: 'A sweep', field: field!.text }, extra));
  return false;
}

const replicationOf = (values: Expression) => (values.kind === 'range' ? textOf(values.span) : '0 .. 4');

function readLetFactor(
  { name, values, span }: Factor,
  scope: Scope,
  context: Context,
): SweepFactor | undefined {
  const items = itemsOf({ expression: values, scope }, context);
  return (
    items && {
      name: name.text,
      targets: [],
      span,
      choices: items.map((item) => ({
        text: textOf(item.expression.span),
        settings: [],
        names: new Map<string, Entity>([[name.text, { kind: 'value', ...item, span: item.expression.span }]]),
      })),
    }
  );
}

/** The values of a factor: the items of a list, or whole numbers from … to …. */
function itemsOf(written: Written, context: Context): readonly Written[] | undefined {
  const resolved = resolve(written);
  if (resolved === 'broken') return undefined;
  const { expression, scope } = resolved;
  if (
    expression.kind === 'list' &&
    expression.items.length > 0 &&
    expression.items.every((item) => !item.name)
  )
    return expression.items.map((item) => ({ expression: item.value, scope }));
  const numbers = intervalOf(resolved) ? wholeNumbersOf(resolved) : undefined;
  if (numbers) {
    const { span } = expression;
    return numbers.map((value) => ({
      expression: { kind: 'number', text: String(value), value, percent: false, span },
      scope,
    }));
  }
  const values = { expected: 'a list of values such as `[0.1, 0.3, 0.5]`', found: describe(resolved) };
  context.report(messages.at(expression.span, 'DML1301', values));
  return undefined;
}

function partsOf(written: Written, count: number, context: Context): readonly Written[] | undefined {
  const resolved = resolve(written);
  if (resolved === 'broken') return undefined;
  const { expression, scope } = resolved;
  if (
    expression.kind === 'tuple' &&
    expression.items.length === count &&
    expression.items.every((item) => !item.name)
  )
    return expression.items.map((item) => ({ expression: item.value, scope }));
  const values = { expected: `${count} values in parentheses, one a path`, found: describe(resolved) };
  context.report(messages.at(expression.span, 'DML1301', values));
  return undefined;
}

/** Whether the command line sets what the sweep varies, which is reported. */
function reportOverlaps(
  factors: readonly SweepFactor[],
  overrides: readonly Setting[],
  context: Context,
): boolean {
  const varied = factors.flatMap((factor) => factor.targets.map(pathText));
  const overlap = (a: string, b: string) => a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`);
  const both = overrides.filter(({ target }) => varied.some((each) => overlap(each, pathText(target))));
  for (const { target } of both)
    context.report(messages.at(target.span, 'DML1353', { path: pathText(target) }));
  return both.length > 0;
}

/** All combinations, the first list the slowest. */
const product = <T>(lists: readonly (readonly T[])[]): readonly (readonly T[])[] =>
  lists.reduce<readonly (readonly T[])[]>(
    (rows, list) => rows.flatMap((row) => list.map((item) => [...row, item])),
    [[]],
  );

/** Base, then the fields of the sweep together with the chosen values, then what the command line sets. */
function armOf(
  choices: readonly Choice[],
  onlyBase: Choice,
  shared: readonly Setting[],
  overrides: readonly Setting[],
  outer: Scope,
  context: Context,
): Arm {
  const names = new Map(choices.flatMap((choice) => [...choice.names]));
  const scope: Scope = { names, spaces: new Map(), outer };
  const base = choices.find((choice) => choice.base)?.base ?? onlyBase.base!;
  const here = [...shared, ...choices.flatMap((choice) => choice.settings)].map((setting) =>
    setting.scope === outer ? { ...setting, scope } : setting,
  );
  const settings = layer(layer(base, here, context), overrides, context);
  return { choices, settings, scope };
}

function reportEqual(block: Block, experiments: readonly Experiment[], context: Context) {
  const seen = new Map<string, number>();
  for (const [index, experiment] of experiments.entries()) {
    const meaning = meaningOf({ ...experiment, name: '' });
    const before = seen.get(meaning);
    if (before !== undefined) {
      const values = { first: String(before + 1), second: String(index + 1) };
      context.report(messages.at(block.name.span, 'DML1354', values));
    } else seen.set(meaning, index);
  }
}
