import type { Location, TextEdit, WorkspaceEdit } from 'vscode-languageserver';
import { resolvedAt, resolvedIn } from '../../compiler/check/mentions.ts';
import type { Span } from '../../grammar/source.ts';
import type { Statement } from '../../grammar/syntax.ts';
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
    const statements = tree.declarations.flatMap((each) => (each.kind === 'block' ? each.statements : []));
    const isFactor = (statement: Statement) =>
      statement.kind === 'factor'
        ? statement.name.text === name
        : statement.kind === 'vary' && statement.targets.some(({ path }) => path.at(-1)!.text === name);
    return scope.names.has(name) || statements.some(isFactor);
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
  const all = views.flatMap(({ tree, scope }) => resolvedIn(tree, scope));
  // A factor of a comparison stands for the lets of several sweeps, which then can only be called otherwise together.
  const entities = new Set([placeOf(found.entity.span)]);
  const spans = new Map<string, Span>();
  for (let before = -1; before < entities.size; ) {
    before = entities.size;
    for (const { entity, span } of all)
      if (entities.has(placeOf(entity.span))) spans.set(placeOf(span), span);
    for (const { entity, span } of all) if (spans.has(placeOf(span))) entities.add(placeOf(entity.span));
  }
  return [...spans.values()];
}

const placeOf = ({ source, start }: Span): string => `${source.path} ${start}`;

const isSame = (a: Span, b: Span): boolean => a.source.path === b.source.path && a.start === b.start;
