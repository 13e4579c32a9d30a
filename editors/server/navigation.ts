import type { Location, TextEdit, WorkspaceEdit } from 'vscode-languageserver';
import { resolvedAt, resolvedIn } from '../../compiler/check/mentions.ts';
import type { Entity } from '../../compiler/check/scope.ts';
import type { Span } from '../../grammar/source.ts';
import { reservedWords } from '../../grammar/tokens.ts';
import { rangeOf } from './ranges.ts';
import { type View, viewOf } from './view.ts';
import type { Workspace } from './workspace.ts';

/** Where the name at an offset is declared, in whichever file; of a `use`, the file that it names. */
export function definitionAt(view: View, offset: number, workspace: Workspace): Location | null {
  const found = resolvedAt(resolvedIn(view.tree, view.scope), offset);
  if (found) return locationOf(found.entity.span, workspace);
  const file = view.usedAt(offset);
  if (file === undefined) return null;
  const start = { line: 0, character: 0 };
  return { uri: workspace.uriOf(file), range: { start, end: start } };
}

const locationOf = (span: Span, { uriOf }: Workspace): Location => ({
  uri: uriOf(span.source.path),
  range: rangeOf(span),
});

/** Every place where the name at an offset stands, in its own file and all that take it from there. */
export function referencesAt(
  view: View,
  offset: number,
  withDeclaration: boolean,
  workspace: Workspace,
): readonly Location[] {
  const spans = mentionsOf(view, offset, workspace);
  const declared = resolvedAt(resolvedIn(view.tree, view.scope), offset)?.entity.span;
  return spans
    .filter((span) => withDeclaration || !declared || !isSame(span, declared))
    .map((span) => locationOf(span, workspace));
}

/** The stretch that would be renamed, `null` where nothing can be. */
export const renamedAt = (view: View, offset: number) => {
  const found = resolvedAt(resolvedIn(view.tree, view.scope), offset);
  return found ? rangeOf(found.span) : null;
};

/** A name that can be given: what the language reads as one. */
export const isName = (text: string): boolean =>
  /^[A-Za-z_]\w*$/.test(text) && ![...reservedWords].some(({ PATTERN }) => PATTERN === text);

/** The name at an offset written otherwise everywhere. */
export function renaming(
  view: View,
  offset: number,
  name: string,
  workspace: Workspace,
): WorkspaceEdit | null {
  const spans = mentionsOf(view, offset, workspace);
  if (spans.length === 0) return null;
  const changes: Record<string, TextEdit[]> = {};
  for (const span of spans) {
    const uri = workspace.uriOf(span.source.path);
    changes[uri] = [...(changes[uri] ?? []), { range: rangeOf(span), newText: name }];
  }
  return { changes };
}

/** Whether a name stands for something already in a file where the one at an offset stands. */
export function isTaken(view: View, offset: number, name: string, workspace: Workspace): boolean {
  const files = new Set(mentionsOf(view, offset, workspace).map(({ source }) => source.path));
  return [...files].some((file) => {
    const { tree, scope } = viewOf(file, workspace) ?? view;
    const factors = tree.declarations.flatMap((each) => (each.kind === 'block' ? each.statements : []));
    return scope.names.has(name) || factors.some((each) => each.kind === 'factor' && each.name.text === name);
  });
}

/** In this file, those that it uses, and all of the workspace that use the file of the declaration. */
function mentionsOf(view: View, offset: number, workspace: Workspace): readonly Span[] {
  const found = resolvedAt(resolvedIn(view.tree, view.scope), offset);
  if (!found) return [];
  const { path } = found.entity.span.source;
  const views = [view.source.path, path, ...workspace.files()].flatMap(
    (file) => viewOf(file, workspace) ?? [],
  );
  const spans = views
    .flatMap(({ tree, scope }) => resolvedIn(tree, scope))
    .filter(({ entity }) => isSameEntity(entity, found.entity))
    .map(({ span }) => span);
  return [...new Map(spans.map((span) => [`${span.source.path} ${span.start}`, span])).values()];
}

const isSameEntity = (a: Entity, b: Entity): boolean => isSame(a.span, b.span);

const isSame = (a: Span, b: Span): boolean => a.source.path === b.source.path && a.start === b.start;
