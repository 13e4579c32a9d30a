import { DataError } from '../data/source.ts';

/** One way to part the cases. */
export interface Fold {
  readonly train: readonly string[];
  readonly validation: readonly string[];
}

/** What is cut into folds. */
export interface Uncut {
  /** Names of the cases, sorted. */
  readonly cases: readonly string[];
  /** The data root, for folds that a file lists. */
  readonly root: string;
}

/** The function of a folds component. */
export type FoldsFunction<Options> = (
  uncut: Uncut,
  options: Options,
) => readonly Fold[] | Promise<readonly Fold[]>;

/** The fold that validates on these cases and trains on all others, both in the order of `cases`. */
export function validatingOn(validation: readonly string[], cases: readonly string[]): Fold {
  const held = new Set(validation);
  return {
    train: cases.filter((id) => !held.has(id)),
    validation: cases.filter((id) => held.has(id)),
  };
}

/** Blocks of ⌊n/count⌋ in the order given; the last one takes the rest. */
export function blocks<T>(all: readonly T[], count: number): readonly (readonly T[])[] {
  const size = Math.floor(all.length / count);
  return Array.from({ length: count }, (_, i) =>
    all.slice(i * size, i === count - 1 ? undefined : (i + 1) * size),
  );
}

/**
 * Cases that belong together, such as the slices of one subject, in the order of their first. In the pattern a name in
 * braces is what they have in common, `*` any text: `{subject}_*`. Without a pattern each case is by itself.
 */
export function groups(cases: readonly string[], pattern: string): readonly (readonly string[])[] {
  if (pattern === '') return cases.map((id) => [id]);
  const parts = pattern.split(/(\{[^{}]*\}|\*)/);
  if (!parts.some((part) => part.startsWith('{')))
    throw new DataError(
      `The pattern \`${pattern}\` of \`by\` names nothing that cases have in common.`,
      pattern,
      'Put a name in braces, with what differs behind it: `by: "{subject}_*"`.',
    );
  const source = parts.map((part) => {
    if (part === '*') return '.*';
    return part.startsWith('{') ? '(.+?)' : part.replaceAll(/[.+?^$()|[\]\\{}]/g, String.raw`\$&`);
  });
  const expression = new RegExp(`^${source.join('')}$`);
  const found = new Map<string, string[]>();
  for (const id of cases) {
    const match = expression.exec(id);
    if (!match)
      throw new DataError(
        `The case ${id} is not called as \`by\` says: \`${pattern}\`.`,
        id,
        'A name in braces is what cases of one group share, `*` is any text.',
      );
    const key = match.slice(1).join('\0');
    found.set(key, [...(found.get(key) ?? []), id]);
  }
  return [...found.values()];
}
