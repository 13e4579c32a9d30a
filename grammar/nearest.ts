import { distance } from 'fastest-levenshtein';

/** Names longer than this may be wrong in one more place. */
const long = 7;

interface Candidate {
  readonly name: string;
  readonly lower: string;
  readonly letters: readonly [number, number];
}

/** Lists that were searched before: in a file of thousands of names each unknown one is looked for among all. */
const known = new WeakMap<readonly string[], readonly Candidate[]>();

function candidatesOf(names: readonly string[]): readonly Candidate[] {
  const before = known.get(names);
  if (before) return before;
  const candidates = names.map((name) => {
    const lower = name.toLowerCase();
    return { name, lower, letters: lettersOf(lower) };
  });
  known.set(names, candidates);
  return candidates;
}

/**
 * The name of some lists that was probably meant by one that is in none of them. Of equally near ones it is one as long,
 * then one that begins alike, then the first.
 */
export function nearest(name: string, ...lists: readonly (readonly string[])[]): string | undefined {
  const threshold = Math.min(name.length > long ? 3 : 2, name.length - 1);
  const word = name.toLowerCase();
  const letters = lettersOf(word);
  const edits = editsFrom(word);
  const [best] = lists
    .flatMap((list) =>
      // One edit changes the length by one at most, and brings or takes one letter at most.
      candidatesOf(list).filter(
        (each) =>
          Math.abs(each.name.length - name.length) <= threshold &&
          missing(letters, each.letters) <= threshold,
      ),
    )
    .map((each) => ({ candidate: each.name, edits: edits(each.lower) }))
    .filter((found) => found.edits <= threshold)
    .sort((a, b) => a.edits - b.edits || unlike(name, a.candidate) - unlike(name, b.candidate));
  return best?.candidate;
}

/** The letters of a word as two sets of bits, from a to z and all others, of which some share one. */
function lettersOf(word: string): readonly [number, number] {
  const letters: [number, number] = [0, 0];
  for (let i = 0; i < word.length; i += 1) {
    const code = word.charCodeAt(i);
    if (code >= 97 && code <= 122) letters[0] |= 1 << (code - 97);
    else letters[1] |= 1 << (code & 31);
  }
  return letters;
}

/** So many letters of the one are not in the other, at least. */
const missing = (a: readonly [number, number], b: readonly [number, number]): number =>
  Math.max(countOf(a[0] & ~b[0]) + countOf(a[1] & ~b[1]), countOf(b[0] & ~a[0]) + countOf(b[1] & ~a[1]));

function countOf(bits: number): number {
  let count = 0;
  for (let left = bits; left !== 0; left &= left - 1) count += 1;
  return count;
}

const unlike = (name: string, candidate: string): number =>
  2 * Math.abs(name.length - candidate.length) + (name[0] === candidate[0] ? 0 : 1);

/** Levenshtein's distance, where one exchange of neighbours counts as one edit: `dcie` is 1 from `dice`. */
function editsFrom(word: string): (other: string) => number {
  const exchanged = exchanges(word);
  return (other) => Math.min(distance(word, other), ...exchanged.map((each) => 1 + distance(each, other)));
}

const exchanges = (word: string): string[] =>
  Array.from(
    { length: Math.max(0, word.length - 1) },
    (_, i) => `${word.slice(0, i)}${word[i + 1]}${word[i]}${word.slice(i + 2)}`,
  );
