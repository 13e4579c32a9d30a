import { textOf } from '../../compiler/check/describe.ts';
import { handlesOf } from '../../compiler/check/except.ts';
import { possibleHeads } from '../../compiler/check/heads.ts';
import { possibleParts, writtenParts } from '../../compiler/check/model-parts.ts';
import { lookup, type Scope, type Written } from '../../compiler/check/scope.ts';
import { pathText, type Settings, settingsOf } from '../../compiler/check/settings.ts';
import { namesWithin } from '../../compiler/check/walk.ts';
import type { Component, Family } from '../../compiler/registry.ts';
import type { Block, Expression, Factor, Name, Vary } from '../../grammar/syntax.ts';
import { blockAt, type View } from './view.ts';

interface Placed {
  readonly block: Block;
  readonly scope: Scope;
}

/** What a field is made of, by name, in the experiments that the block at an offset speaks of. */
export function usedIn(field: string, view: View, offset: number): readonly string[] {
  const values = experimentsAt(view, offset).flatMap((placed) => {
    const whole = settingsIn(placed, view)?.get(field)?.whole;
    return whole ? whole.values.map((expression) => ({ expression, scope: whole.scope })) : [];
  });
  const called = values.flatMap(namesBehind).map(({ path }) => path.map(({ text }) => text).join('.'));
  return [...new Set(called)];
}

/** Of all components of a family those that a field is made of; all where none is known. */
function componentsAt(field: string, family: Family, view: View, offset: number): readonly Component[] {
  const all = Object.values(view.registry[family]);
  const names = usedIn(field, view, offset);
  const used = all.filter(({ name }) => names.includes(name));
  return used.length > 0 ? used : all;
}

/** Metrics that are evaluated. */
export const metricsAt = (view: View, offset: number): readonly Component[] =>
  componentsAt('evaluate', 'metric', view, offset);

/** Data sets of `test`, by the name that their scores go by. */
export const testsAt = (view: View, offset: number): readonly string[] =>
  distinct(usedIn('test', view, offset).map((name) => name.split('.').at(-1)!)).filter(
    (name) => name !== 'none',
  );

/** Parts of the model, `conv1` for those that are numbered. */
export function modelPartsAt(view: View, offset: number): readonly string[] {
  const models = componentsAt('model', 'model', view, offset);
  return distinct(models.flatMap((model) => writtenParts(possibleParts(model))));
}

/** Heads that the model has or may have. */
export const headsAt = (view: View, offset: number): readonly string[] =>
  distinct(componentsAt('model', 'model', view, offset).flatMap(possibleHeads));

const distinct = (names: readonly string[]) => [...new Set(names)];

const settingsIn = ({ block, scope }: Placed, { registry }: View): Settings | undefined =>
  settingsOf(block, scope, { registry, report: () => {} });

/** The experiment at an offset, less what is being written; of a sweep or comparison, those behind `of`. */
function experimentsAt(view: View, offset: number): readonly Placed[] {
  const block = blockAt(view, offset);
  if (!block) return [];
  if (block.bases.length > 0) return basesOf({ block, scope: view.scope });
  const statements = block.statements.filter(({ span }) => offset < span.start || span.end < offset);
  return [{ block: { ...block, statements }, scope: view.scope }];
}

/** Experiments behind `of`, those of sweeps too. */
const basesOf = ({ block, scope }: Placed): readonly Placed[] =>
  referred(block, scope).flatMap((base) =>
    base.block.keyword.text === 'experiment' ? [base] : basesOf(base),
  );

const referred = ({ bases, span }: Block, scope: Scope): readonly Placed[] =>
  bases.flatMap(({ path }) => {
    const entity = lookup(path, scope);
    // One that compares itself is an error, and none to go round in.
    return entity?.kind === 'block' && !isSame(entity.block.span, span) ? [entity] : [];
  });

const isSame = (a: Block['span'], b: Block['span']) => a.source.path === b.source.path && a.start === b.start;

/** Every name in a value, lets replaced by what they stand for. Lets that go round in circles are broken before. */
function namesBehind({ expression, scope }: Written): readonly Name[] {
  return namesWithin(expression).flatMap((name) => {
    const entity = lookup(name.path, scope);
    return entity?.kind === 'value' ? namesBehind(entity) : [name];
  });
}

/** What arms differ by, as it can be called. */
export interface FactorName {
  /** Its path, or the last word of it. */
  readonly name: string;
  /** Its path as that of a field; empty for a let. */
  readonly path: readonly string[];
  /** As written. */
  readonly values: readonly string[];
}

/** The factors of the sweep at an offset, or of all sweeps of the comparison there, and which experiment it is. */
export function factorsAt(view: View, offset: number): readonly FactorName[] {
  const block = blockAt(view, offset);
  if (!block) return [];
  const placed = { block, scope: view.scope };
  const sweeps = block.keyword.text === 'sweep' ? [placed] : referred(block, view.scope);
  const all = sweeps.flatMap((sweep) => sweep.block.statements.flatMap(factorNames));
  const several = sweeps.flatMap((sweep) => sweep.block.bases).length > 1 || sweeps.length > 1;
  const experiments = several ? block.bases.map(({ span }) => textOf(span)) : [];
  return [...(several ? [{ name: 'experiment', path: [], values: experiments }] : []), ...all];
}

function factorNames(statement: Block['statements'][number]): readonly FactorName[] {
  if (statement.kind === 'field') return [];
  const targets = statement.kind === 'vary' ? statement.targets : [];
  const name = statement.kind === 'vary' ? targets.map(pathText).join(', ') : statement.name.text;
  return handlesOf({ name, targets }).flatMap(({ names, target }, at) =>
    [...new Set(names)].map((each) => ({
      name: each,
      path: target ? target.path.map(({ text }) => text) : [],
      values: valuesOf(statement, at),
    })),
  );
}

/** Of several paths that are varied together, what stands for the one at this place. */
const valuesOf = ({ values, ...statement }: Vary | Factor, at: number): readonly string[] =>
  itemsOf(values).flatMap((item) => {
    const isTogether = statement.kind === 'vary' && statement.targets.length > 1;
    const own = isTogether ? itemsOf(item)[at] : item;
    return own ? [textOf(own.span)] : [];
  });

const itemsOf = (expression: Expression): readonly Expression[] =>
  expression.kind === 'list' || expression.kind === 'tuple' ? expression.items.map(({ value }) => value) : [];
