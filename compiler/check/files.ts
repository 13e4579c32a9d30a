import path from 'node:path';
import type { Outcome } from '../../grammar/diagnostic.ts';
import { parse } from '../../grammar/parser.ts';
import { type Source, Unreadable } from '../../grammar/source.ts';
import type { Declaration, Identifier, Let, SyntaxTree, Use } from '../../grammar/syntax.ts';
import type { Signatures } from '../registry.ts';
import type { Context } from './context.ts';
import { messages } from './messages.ts';
import { type OwnComponent, ownComponents } from './own.ts';
import type { Entity, Scope } from './scope.ts';
import { checkVersion, languageVersion } from './version.ts';
import { namesWithin } from './walk.ts';

/** A file that has been read, and the names that its expressions see. */
export interface File {
  readonly tree: SyntaxTree;
  readonly scope: Scope;
  /** What the file itself declares: all that another file gets by `use`. */
  readonly own: ReadonlyMap<string, Entity>;
}

export interface Reader {
  /** The text at a path like `Source.path`; `undefined` if there is none, `Unreadable` thrown if it is none. */
  readonly read: (path: string, root?: string) => Source | undefined;
  /** What a TypeScript file brings; absent where nothing can read them. */
  readonly components?: ((path: string) => Signatures | undefined) | undefined;
  /** Reads a text; one that remembers what it has read may stand in its place. */
  readonly parse?: ((source: Source) => Outcome<SyntaxTree>) | undefined;
  /** Folder that no `use` may leave, as a path like `Source.path`. */
  readonly root: string;
}

/**
 * A file and, through `use`, all the files that it takes names from; `files` are all of these, itself among them, and
 * `own` the components of TypeScript files.
 */
export function loadFile(
  source: Source,
  reader: Reader,
  context: Context,
): {
  readonly file: File | undefined;
  readonly files: readonly File[];
  readonly own: readonly OwnComponent[];
} {
  const loaded = new Map<string, File | undefined>();
  const own: OwnComponent[] = [];
  const file = load(source, [source.path], { reader, context, loaded, own });
  return { file, files: [...loaded.values()].flatMap((each) => each ?? []), own };
}

interface Loading {
  readonly reader: Reader;
  readonly context: Context;
  /** By path: a file that two others use is read once. */
  readonly loaded: Map<string, File | undefined>;
  /** Components of TypeScript files, those of all files together. */
  readonly own: OwnComponent[];
}

function load(source: Source, trail: readonly string[], loading: Loading): File | undefined {
  const { context, loaded, reader } = loading;
  const { value: tree, diagnostics } = (reader.parse ?? parse)(source);
  diagnostics.forEach(context.report);
  if (!tree) return undefined;
  // Whether the first file says its version at all is asked where it is read; another is told so by its own check.
  const isUsed = trail.length > 1;
  if (isUsed && tree.version)
    checkVersion(tree.version, tree.version.span, `dml ${languageVersion}`, context);
  const own = new Map<string, Entity>();
  const names = new Map<string, Entity>();
  const spaces = new Map<string, ReadonlyMap<string, Entity>>();
  const scope: Scope = { names, spaces, outer: undefined };

  for (const declaration of tree.declarations) {
    if (declaration.kind === 'use') continue;
    declare(own, declaration.name, entityOf(declaration, scope), context);
  }
  for (const [name, entity] of own) names.set(name, entity);
  for (const declaration of tree.declarations) {
    if (declaration.kind !== 'use') continue;
    const used = usedFile(declaration, source, trail, loading);
    if (!used) continue;
    if (declaration.alias) spaces.set(declaration.alias.text, used.own);
    else for (const [name, entity] of used.own) bring(names, own, name, entity, declaration, context);
  }
  breakCircles(names, own, context);
  const file = { tree, scope, own };
  loaded.set(source.path, file);
  return file;
}

function entityOf(declaration: Exclude<Declaration, Use>, scope: Scope): Entity {
  const span = declaration.name.span;
  return declaration.kind === 'let'
    ? { kind: 'value', expression: declaration.value, scope, span }
    : { kind: 'block', block: declaration, scope, span };
}

function declare(own: Map<string, Entity>, name: Identifier, entity: Entity, { report }: Context) {
  const before = own.get(name.text);
  if (!before) own.set(name.text, entity);
  else {
    const related = [{ span: before.span, message: 'the first one' }];
    report(messages.at(name.span, 'DML1202', { name: name.text }, { related }));
  }
}

/** A name of a used file joins those of this one, unless it is there already: then nobody knows which is meant. */
function bring(
  names: Map<string, Entity>,
  own: ReadonlyMap<string, Entity>,
  name: string,
  entity: Entity,
  use: Use,
  { report }: Context,
) {
  const before = names.get(name);
  if (before && before !== entity) {
    const related = [
      { span: before.span, message: own.has(name) ? 'declared here' : 'from here' },
      { span: entity.span, message: 'and here' },
    ];
    report(messages.at(use.span, 'DML1204', { name, path: use.path.value }, { related }));
  } else names.set(name, entity);
}

/** The path that a `use` in a file means, a path like `Source.path`; `undefined` if it leaves the project. */
export function usedPath(written: string, file: string, root: string): string | undefined {
  const target = path.join(path.dirname(file), written);
  const inside = path.relative(root, target);
  return path.isAbsolute(written) || inside.startsWith('..') || path.isAbsolute(inside) ? undefined : target;
}

function usedFile(use: Use, source: Source, trail: readonly string[], loading: Loading): File | undefined {
  const { reader, context, loaded, own } = loading;
  const written = use.path.value;
  const say = (code: 'DML1205' | 'DML1206') => {
    context.report(messages.at(use.path.span, code, { path: written }));
    return undefined;
  };
  const isScript = /\.[cm]?[jt]sx?$/.test(written);
  if (isScript && (!written.endsWith('.ts') || !reader.components)) {
    const feature = reader.components ? '`use` of a script other than `.ts`' : '`use` of a TypeScript file';
    context.report(messages.at(use.path.span, 'DML1209', { feature }));
    return undefined;
  }
  const target = usedPath(written, source.path, reader.root);
  if (target === undefined) return say('DML1206');
  if (trail.includes(target)) {
    const way = [...trail.slice(trail.indexOf(target)), target]
      .map((each) => path.basename(each))
      .join(' → ');
    context.report(messages.at(use.span, 'DML1207', { way }));
    return undefined;
  }
  if (loaded.has(target)) return loaded.get(target);
  if (isScript) {
    const signatures = reader.components?.(target);
    const script = signatures && reader.read(target, reader.root);
    if (!script) return say('DML1205');
    own.push(...ownComponents(use, { ...script, path: target }, signatures, own, context));
    return undefined;
  }
  const used = readOr(target, reader);
  if (!used) return say('DML1205');
  if (used instanceof Unreadable) {
    context.report(messages.at(use.path.span, 'DML1240', { path: written, why: used.why }));
    return undefined;
  }
  return load({ ...used, path: target }, [...trail, target], loading);
}

function readOr(target: string, { read, root }: Reader): Source | Unreadable | undefined {
  try {
    return read(target, root);
  } catch (error) {
    if (error instanceof Unreadable) return error;
    throw error;
  }
}

/** Lets that need themselves become `broken`, so that nothing follows them for ever. */
function breakCircles(names: Map<string, Entity>, own: Map<string, Entity>, { report }: Context) {
  for (const way of circlesOf(own)) {
    const [name] = way;
    report(messages.at(own.get(name!)!.span, 'DML1208', { name: name!, way: [...way, name].join(' → ') }));
    for (const each of way) {
      const broken = { kind: 'broken', span: own.get(each)!.span } as const;
      own.set(each, broken);
      names.set(each, broken);
    }
  }
}

/** Lets that lead back to themselves, each circle once, from the let that the file has first. Each let is looked at once. */
function circlesOf(own: ReadonlyMap<string, Entity>): readonly (readonly string[])[] {
  const circles: (readonly string[])[] = [];
  const finished = new Set<string>();
  const needsOf = (name: string): readonly string[] => {
    const entity = own.get(name);
    return entity?.kind === 'value'
      ? namesWithin(entity.expression)
          .map(({ path }) => path[0]!.text)
          .reverse()
      : [];
  };
  for (const start of own.keys()) {
    // The way to where the search is, and what each let on it has yet to follow.
    const way = new Map([[start, [...needsOf(start)]]]);
    const names = [start];
    while (names.length > 0) {
      const name = names.at(-1)!;
      const next = finished.has(name) ? undefined : way.get(name)!.pop();
      if (next === undefined) {
        finished.add(name);
        way.delete(name);
        names.pop();
      } else if (way.has(next)) {
        const circle = names.slice(names.indexOf(next));
        circles.push(circle);
        for (const each of circle) finished.add(each);
      } else if (!finished.has(next)) {
        way.set(next, [...needsOf(next)]);
        names.push(next);
      }
    }
  }
  return circles;
}

/** The lets of a file that nothing in it refers to. */
export function unusedLets({ tree }: File): readonly Let[] {
  const used = new Set(
    tree.declarations.flatMap((declaration) => {
      if (declaration.kind === 'use') return [];
      if (declaration.kind === 'let') return namesWithin(declaration.value).map((name) => name.path[0]!.text);
      return declaration.statements
        .flatMap((statement) => (statement.kind === 'field' ? statement.values : [statement.values]))
        .flatMap(namesWithin)
        .map((name) => name.path[0]!.text);
    }),
  );
  return tree.declarations.flatMap((each) =>
    each.kind === 'let' && !used.has(each.name.text) ? [each] : [],
  );
}
