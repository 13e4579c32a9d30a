import { groupBy } from '../../grammar/group-by.ts';
import type { Block } from '../../grammar/syntax.ts';
import type { Experiment, Sweep } from '../experiment.ts';
import { assemble } from './assemble.ts';
import type { Context } from './context.ts';
import { textOf } from './describe.ts';
import { isExcepted, readExceptions } from './except.ts';
import { fieldNames } from './experiment-fields.ts';
import { type Choice, readFactors, type SweepFactor } from './factors.ts';
import { reportUnknown } from './fields.ts';
import { meaningOf } from './meaning.ts';
import { messages } from './messages.ts';
import type { Scope } from './scope.ts';
import {
  layer,
  pathText,
  referredBlock,
  type Setting,
  type Settings,
  settingsOf,
  settingsWithin,
} from './settings.ts';

/** An arm before its experiment is read. */
export interface Arm {
  readonly choices: readonly Choice[];
  readonly settings: Settings;
  readonly scope: Scope;
}

/** A sweep with what its arms were made of. */
export interface ReadSweep {
  readonly sweep: Sweep;
  readonly factors: readonly SweepFactor[];
  /** In the order of those of the sweep. */
  readonly arms: readonly Arm[];
}

/** All arms of a sweep, each an experiment of its own; `undefined` once reported. `overrides` come from `--set`. */
export function readSweep(
  block: Block,
  scope: Scope,
  overrides: readonly Setting[],
  context: Context,
): ReadSweep | undefined {
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
  const sweep = assembleArms(block, all, kept, context);
  return sweep && { sweep, factors: all, arms: kept };
}

function assembleArms(
  block: Block,
  factors: readonly SweepFactor[],
  arms: readonly Arm[],
  context: Context,
): Sweep | undefined {
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
    const all = found && settingsOf(found.block, found.scope, context);
    // A claim about the experiment's result is none about an arm's.
    const base = all && new Map([...all].filter(([field]) => field !== 'expect'));
    return base && { text: textOf(reference.span), base, settings: [], names: new Map() };
  });
  const choices = bases.filter((base) => base !== undefined);
  if (choices.length !== bases.length || choices.length === 0) return undefined;
  return { name: 'experiment', targets: [], choices, span: block.name.span };
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
  const numbers = new Map(experiments.map((experiment, index) => [experiment, index + 1]));
  for (const [first, ...rest] of alike(experiments)) {
    for (const second of rest) {
      const values = { first: `${numbers.get(first!)}`, second: `${numbers.get(second)}` };
      context.report(messages.at(block.name.span, 'DML1354', values));
    }
  }
}

/** Groups of experiments that mean the same, field by field: what differs early is not looked at in whole. */
function alike(experiments: readonly Experiment[]): readonly (readonly Experiment[])[] {
  const names = Object.keys(experiments[0]!) as (keyof Experiment)[];
  let groups = [experiments];
  for (const name of names.filter((each) => each !== 'name')) {
    groups = groups.flatMap((group) => {
      // What all of them inherit is one and the same value.
      if (group.every((each) => each[name] === group[0]![name])) return [group];
      const meanings = groupBy(group, (each) => meaningOf(each[name]));
      return [...meanings.values()].filter(({ length }) => length > 1);
    });
  }
  return groups.filter(({ length }) => length > 1);
}
