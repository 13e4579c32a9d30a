import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { belowRoot } from '../data/below-root.ts';
import { DataError } from '../data/source.ts';
import type { Fold, Uncut } from './fold.ts';

export interface ListedOptions {
  /** A JSON file below the data root, as nnU-Net writes it: `[{"train": ["a", "b"], "val": ["c"]}, …]`. */
  file: string;
}

/**
 * The folds of a file: each lists the cases that it trains on and those that it validates on, as `val` or `validation`.
 * Cases that a fold does not list stay out of it. What the file lists is part of the content of the data.
 *
 * @reads file
 * @source `splits_final.json` of nnU-Net
 */
export async function listed({ cases, root }: Uncut, { file }: ListedOptions): Promise<readonly Fold[]> {
  const full = path.join(root, belowRoot(file, `listed("${file}")`));
  const fail = (what: string, help = 'It lists folds as `[{"train": ["a", "b"], "val": ["c"]}, …]`.') =>
    new DataError(`${full}: ${what}`, full, help);
  const text = await readFile(full, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT')
      throw fail('there is no such file.', 'The path is relative to the data root.');
    throw fail(`it cannot be read: ${error.message}.`);
  });
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch (error) {
    throw fail(`it is no JSON: ${(error as Error).message}.`);
  }
  if (!Array.isArray(found) || found.length === 0) throw fail('it holds no list of folds.');
  return found.map((fold: unknown, index): Fold => {
    const part = (names: readonly string[]) => {
      const list = names
        .map((name) => (fold as Readonly<Record<string, unknown>> | null)?.[name])
        .find(Array.isArray);
      if (!list?.every((id) => typeof id === 'string'))
        throw fail(`fold ${index} has no list of names \`${names[0]}\`.`);
      const foreign = list.find((id) => !cases.includes(id));
      if (foreign !== undefined)
        throw fail(
          `fold ${index} lists a case ${foreign}, which the data do not have.`,
          `They have ${cases.length} cases, such as ${cases[0]}.`,
        );
      return new Set<string>(list);
    };
    const [train, validation] = [part(['train']), part(['val', 'validation'])];
    const both = [...train].find((id) => validation.has(id));
    if (both !== undefined)
      throw fail(
        `fold ${index} trains on ${both} and validates on it.`,
        'Take it away from one of them: a network is not scored on what it has learned.',
      );
    return {
      train: cases.filter((id) => train.has(id)),
      validation: cases.filter((id) => validation.has(id)),
    };
  });
}
