import { isMap, isSeq, type ParsedNode } from 'yaml';
import type { Use } from '../../grammar/syntax.ts';
import { type CheckOptions, projectRoot } from '../check/check.ts';
import { usedPath } from '../check/files.ts';
import { messages as checkMessages } from '../check/messages.ts';
import { type OwnComponent, ownComponents } from '../check/own.ts';
import type { Component, Signatures } from '../registry.ts';
import { fieldsOf, type Place, spanOf, textOf } from './expressions.ts';
import { messages } from './messages.ts';

/** Where the TypeScript files of a canonical file come from. */
export interface UseOptions extends Partial<Pick<CheckOptions, 'components' | 'read' | 'root'>> {
  /** What a file brings that has been read before and has this hash, wherever it is. */
  readonly byCode?: (code: string) => Signatures | undefined;
}

/**
 * The components of the files that `use` lists, `[{file: ./boundary.ts, as: mine, code: …}]`: as they were when the hash
 * was taken, from the file itself or from what is kept of it; without a hash, as the file is now.
 */
export function usedComponents(root: ParsedNode, options: UseOptions, place: Place): readonly Component[] {
  const node = isMap(root) ? (root.get('use', true) as ParsedNode | undefined) : undefined;
  const own: OwnComponent[] = [];
  for (const item of isSeq(node) ? node.items : node ? [node] : [])
    own.push(...componentsOf(item, options, own, place));
  return own.map(({ component }) => component);
}

function componentsOf(
  node: ParsedNode,
  { components, read, byCode, ...options }: UseOptions,
  known: readonly OwnComponent[],
  place: Place,
): readonly OwnComponent[] {
  const { file, as, code } = fieldsOf(node, 'a file of `use`', [['file'], ['as', 'code']], place) ?? {};
  if (!file) return [];
  const written = textOf(file);
  const span = spanOf(file, place);
  const root = options.root ?? projectRoot(place.source.path);
  const target = usedPath(written, place.source.path, root);
  const hash = code && textOf(code);
  const now = target === undefined ? undefined : components?.(target);
  const kept = hash === undefined || now?.code === hash ? now : byCode?.(hash);
  if (!kept) {
    if (now) place.report(messages.at(span, 'DML1403', { file: written }));
    else place.report(checkMessages.at(span, target ? 'DML1205' : 'DML1206', { path: written }));
    return [];
  }
  const use: Use = {
    kind: 'use',
    path: { kind: 'text', value: written, span },
    alias: as && { text: textOf(as), span: spanOf(as, place) },
    span,
  };
  const source = (target !== undefined && read?.(target)) || { path: written, text: '' };
  return ownComponents(use, source, kept, known, place);
}
