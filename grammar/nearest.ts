import { distance } from 'fastest-levenshtein';

/** Names longer than this may be wrong in one more place. */
const long = 7;

/**
 * The candidate that was probably meant by a name that is none of them. Of equally near ones it is one as long, then one
 * that begins alike, then the first.
 */
export function nearest(name: string, candidates: readonly string[]): string | undefined {
  const threshold = Math.min(name.length > long ? 3 : 2, name.length - 1);
  const [best] = candidates
    // One edit changes the length by one at most.
    .filter(({ length }) => Math.abs(length - name.length) <= threshold)
    .map((candidate) => ({ candidate, edits: edits(name.toLowerCase(), candidate.toLowerCase()) }))
    .filter((found) => found.edits <= threshold)
    .sort((a, b) => a.edits - b.edits || unlike(name, a.candidate) - unlike(name, b.candidate));
  return best?.candidate;
}

const unlike = (name: string, candidate: string): number =>
  2 * Math.abs(name.length - candidate.length) + (name[0] === candidate[0] ? 0 : 1);

/** Levenshtein's distance, where one exchange of neighbours counts as one edit: `dcie` is 1 from `dice`. */
const edits = (a: string, b: string): number =>
  Math.min(distance(a, b), ...exchanges(a).map((exchanged) => 1 + distance(exchanged, b)));

const exchanges = (word: string): string[] =>
  Array.from(
    { length: Math.max(0, word.length - 1) },
    (_, i) => `${word.slice(0, i)}${word[i + 1]}${word[i]}${word.slice(i + 2)}`,
  );
