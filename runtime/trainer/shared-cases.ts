import { createHash } from 'node:crypto';
import type { OpenData } from './data.ts';

/** Cases of the first data that are also cases of the second: by their images, whatever they are called. */
export type SharedCases = (
  data: OpenData,
  cases: readonly string[],
  others: OpenData,
  otherCases: readonly string[],
) => Promise<readonly string[]>;

/** Compares cases; an image is read once. Those of the same source are known by name, without a look at them. */
export function sharedCases(): SharedCases {
  const known = new Map<string, Promise<string>>();
  const imageOf = ({ source, hash }: OpenData, id: string): Promise<string> => {
    const key = JSON.stringify([hash, id]);
    const image = known.get(key) ?? hashImage(source, id);
    known.set(key, image);
    return image;
  };
  return async (data, cases, others, otherCases) => {
    if (data.source === others.source) {
      const theirs = new Set(otherCases);
      return cases.filter((id) => theirs.has(id));
    }
    const theirs = new Set<string>();
    for (const id of otherCases) theirs.add(await imageOf(others, id));
    const shared: string[] = [];
    for (const id of cases) if (theirs.has(await imageOf(data, id))) shared.push(id);
    return shared;
  };
}

async function hashImage(source: OpenData['source'], id: string): Promise<string> {
  const { height, width, channels, data } = (await source.read(id)).image;
  return createHash('sha256').update(`${height} ${width} ${channels}\0`).update(data).digest('hex');
}
