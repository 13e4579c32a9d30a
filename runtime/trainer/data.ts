import type { DataSet } from '../../compiler/experiment.ts';
import { contentKey } from '../../compiler/identity.ts';
import type { Registry } from '../../compiler/registry.ts';
import { hashData } from '../data/hash.ts';
import { foldsOf, openSource } from '../data/open.ts';
import type { Source } from '../data/source.ts';

/** A data set with its files found and hashed. */
export interface OpenData {
  readonly set: DataSet;
  readonly source: Source;
  /** SHA-256 of the content. */
  readonly hash: string;
}

/** The content of the data, and of the file that lists its folds where one does. */
async function withFolds(
  set: DataSet,
  { source, hash }: OpenData,
  root: string,
  registry: Registry,
): Promise<string> {
  if (registry.folds[set.folds.name]?.tags.reads === undefined) return hash;
  return contentKey([hash, JSON.stringify(await foldsOf(set, source.cases, root, registry))]);
}

/**
 * Opens data sets below a root; those that are equal by value, in the arms of a sweep, once. `whole`: all cases are taken,
 * however they may be cut into folds.
 */
export function dataOpener(
  root: string,
  registry: Registry,
): (set: DataSet, use?: 'in folds' | 'whole') => Promise<OpenData> {
  const known = new Map<string, Promise<OpenData>>();
  return (set, use = 'in folds') => {
    const key = JSON.stringify([set.source.name, set.source.options]);
    const opened =
      known.get(key) ??
      (async () => {
        const source = await openSource(set, root, registry);
        return { set, source, hash: await hashData(source, root) };
      })();
    known.set(key, opened);
    return opened.then(async (data) => {
      const hash = use === 'whole' ? data.hash : await withFolds(set, data, root, registry);
      return { ...data, set, hash };
    });
  };
}
