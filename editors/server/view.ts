import path from 'node:path';
import { check } from '../../compiler/check/check.ts';
import { type File, loadFile } from '../../compiler/check/files.ts';
import { withOwn } from '../../compiler/check/own.ts';
import type { Registry } from '../../compiler/registry.ts';
import type { Diagnostic } from '../../grammar/diagnostic.ts';
import { lazy } from '../../grammar/lazy.ts';
import type { Lexed } from '../../grammar/lexer.ts';
import { type Source, Unreadable } from '../../grammar/source.ts';
import type { Block } from '../../grammar/syntax.ts';
import type { Workspace } from './workspace.ts';

/** A file as the features look at it: what could be read of it, its names, and the components that it may use. */
export interface View extends File {
  readonly source: Source;
  readonly registry: Registry;
  readonly lexed: Lexed;
  /** What the checker finds; computed when it is asked for, and once. */
  readonly checked: () => readonly Diagnostic[];
  /** The path of the file that the `use` at an offset names. */
  readonly usedAt: (offset: number) => string | undefined;
}

/** A file with all that it uses, errors or not; `undefined` if there is none at this path. */
export function viewOf(file: string, workspace: Workspace): View | undefined {
  const source = textIn(file, workspace);
  if (!source) return undefined;
  const { registry, ...reader } = workspace.options(file);
  const loaded = loadFile(source, reader, { registry, report: () => {} });
  if (!loaded.file) return undefined;
  const own = loaded.own.map(({ component }) => component);
  const usedAt = (offset: number) => {
    const use = loaded.file?.tree.declarations.find(
      ({ kind, span }) => kind === 'use' && span.start <= offset && offset <= span.end,
    );
    const used = use?.kind === 'use' ? path.join(path.dirname(file), use.path.value) : undefined;
    return used !== undefined && textIn(used, workspace) ? used : undefined;
  };
  const { lexed } = workspace.parse(source);
  const checked = lazy(() => check(source, workspace.options(file)).diagnostics);
  return { ...loaded.file, source, registry: withOwn(registry, own), lexed, checked, usedAt };
}

/** The views of files, each made once until something changes. */
export interface Views {
  readonly of: (file: string) => View | undefined;
  readonly forget: () => void;
}

export function viewsOf(workspace: Workspace): Views {
  const views = new Map<string, View | undefined>();
  return {
    of(file) {
      if (!views.has(file)) views.set(file, viewOf(file, workspace));
      return views.get(file);
    },
    forget: () => views.clear(),
  };
}

/** The text of a file; `undefined` if there is none, or no text. */
function textIn(file: string, { read }: Workspace): Source | undefined {
  try {
    return read(file);
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

/** The block that a place is in, however much of it is still to be written. */
export const blockAt = ({ tree }: View, offset: number): Block | undefined =>
  tree.declarations.findLast(
    (declaration): declaration is Block => declaration.kind === 'block' && declaration.span.start < offset,
  );
