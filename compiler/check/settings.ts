import { nearest } from '../../grammar/nearest.ts';
import type { Span } from '../../grammar/source.ts';
import type { Block, Expression, Reference, Statement } from '../../grammar/syntax.ts';
import { otherFamily, suggestion } from './blame.ts';
import { type Context, once } from './context.ts';
import { article, blockName, textOf } from './describe.ts';
import { messages } from './messages.ts';
import { lookup, namesIn, type Scope } from './scope.ts';

/** One `path: value`, from a block, from a sweep or from the command line. */
export interface Setting {
  readonly target: Reference;
  readonly values: readonly Expression[];
  readonly scope: Scope;
  readonly span: Span;
}

/** What a field is given: a whole value, and changes of its parts that came later. */
export interface Given {
  readonly whole: Setting | undefined;
  readonly parts: readonly Setting[];
}

/** By the name of the field. */
export type Settings = ReadonlyMap<string, Given>;

/** Which kinds of block may be extended by which; a data set only by its like. */
const parents: Readonly<Record<string, readonly string[]>> = {
  dataset: ['dataset'],
  protocol: ['protocol'],
  experiment: ['protocol', 'experiment'],
};

/** Fields of a block and of what it extends; `undefined` if a parent is wrong, which is then reported. */
export function settingsOf(
  block: Block,
  scope: Scope,
  context: Context,
  trail: readonly Block[] = [],
): Settings | undefined {
  return once(context.known?.settings, block, () => {
    const inherited = inheritedBy(block, scope, context, [...trail, block]);
    return inherited && layer(inherited, settingsWithin(block.statements, scope), context);
  });
}

function inheritedBy(
  block: Block,
  scope: Scope,
  context: Context,
  trail: readonly Block[],
): Settings | undefined {
  if (!block.parent) return new Map();
  const parent = referredBlock(block.parent, parents[block.keyword.text] ?? [], scope, context);
  if (!parent) return undefined;
  if (trail.includes(parent.block)) {
    reportCircle(trail.slice(trail.indexOf(parent.block)), context);
    return undefined;
  }
  const settings = settingsOf(parent.block, parent.scope, context, trail);
  // A claim about the parent's result is none about this one's.
  return settings && new Map([...settings].filter(([field]) => field !== 'expect'));
}

/** Said once, at the first declaration of the circle, from whichever of them it was found. */
export function reportCircle(blocks: readonly Block[], { report }: Context): void {
  const first = blocks.reduce((a, b) => (b.span.start < a.span.start ? b : a));
  const at = blocks.indexOf(first);
  const names = [...blocks.slice(at), ...blocks.slice(0, at + 1)].map((block) => block.name.text);
  report(messages.at(first.name.span, 'DML1208', { name: first.name.text, way: names.join(' → ') }));
}

/** The block that a reference means, if it is of one of these kinds. */
export function referredBlock(
  { path, span }: Reference,
  keywords: readonly string[],
  scope: Scope,
  context: Context,
): { readonly block: Block; readonly scope: Scope } | undefined {
  const entity = lookup(path, scope);
  if (entity?.kind === 'block' && keywords.includes(entity.block.keyword.text)) return entity;
  if (entity?.kind === 'broken') return undefined;
  if (entity?.kind === 'block' && !isKnownKind(entity.block, context)) return undefined;
  const name = textOf(span);
  const wanted = keywords.map(blockName).join(' or ');
  const known = [...namesIn(scope)].flatMap(([each, { kind, ...rest }]) =>
    kind === 'block' && 'block' in rest && keywords.includes(rest.block.keyword.text) ? [each] : [],
  );
  if (entity) {
    const found = entity.kind === 'block' ? article(blockName(entity.block.keyword.text)) : 'a value';
    context.report(messages.at(span, 'DML1225', { name, found, expected: article(wanted) }));
  } else {
    const other = otherFamily(name, context);
    const extra = other ? { help: `${other}.` } : suggestion(span, nearest(name, known), known);
    context.report(messages.at(span, 'DML1203', { family: wanted, name }, extra));
  }
  return undefined;
}

const kindsOfBlocks = ['dataset', 'protocol', 'experiment', 'sweep', 'compare'];

/** Whether a block is of a kind that there is; another one is reported. */
export function isKnownKind({ keyword }: Block, context: Context): boolean {
  if (kindsOfBlocks.includes(keyword.text)) return true;
  const extra = suggestion(keyword.span, nearest(keyword.text, kindsOfBlocks), kindsOfBlocks);
  context.report(messages.at(keyword.span, 'DML1211', { keyword: keyword.text }, extra));
  return false;
}

export const settingsWithin = (statements: readonly Statement[], scope: Scope): readonly Setting[] =>
  statements.flatMap((statement) =>
    statement.kind === 'field'
      ? [{ target: statement.target, values: statement.values, scope, span: statement.span }]
      : [],
  );

export const fieldOf = ({ target }: Setting): string => target.path[0]!.text;
export const pathText = ({ path }: Reference): string => path.map((part) => part.text).join('.');

/** Puts the settings of one block over those that it inherits: a whole value replaces, a path changes a part. */
export function layer(inherited: Settings, settings: readonly Setting[], { report }: Context): Settings {
  const merged = new Map(inherited);
  const byField = new Map<string, Setting[]>();
  for (const setting of settings) {
    const alike = byField.get(fieldOf(setting));
    if (alike) alike.push(setting);
    else byField.set(fieldOf(setting), [setting]);
  }
  for (const [field, here] of byField) {
    const [whole, ...again] = here.filter((setting) => setting.target.path.length === 1);
    const parts = here.filter((setting) => setting.target.path.length > 1);
    for (const setting of again) {
      const related = [{ span: whole!.target.span, message: 'the first one' }];
      report(messages.at(setting.target.span, 'DML1213', { path: field }, { related }));
    }
    const byPath = new Map<string, Setting>();
    for (const setting of parts) {
      const path = pathText(setting.target);
      const before = byPath.get(path);
      if (!before) byPath.set(path, setting);
      const related = before && [{ span: before.target.span, message: 'the first one' }];
      if (related) report(messages.at(setting.target.span, 'DML1213', { path }, { related }));
      else if (whole) {
        const place = [{ span: whole.target.span, message: `\`${field}\` is given whole here` }];
        report(messages.at(setting.target.span, 'DML1214', { path, field }, { related: place }));
      }
    }
    const before = inherited.get(field);
    merged.set(field, {
      whole: whole ?? before?.whole,
      // Parts beside a whole value have been reported.
      parts: whole ? [] : [...(before?.parts ?? []), ...parts],
    });
  }
  return merged;
}
