import type { CheckOptions } from '../../compiler/check/check.ts';
import { check } from '../../compiler/check/check.ts';
import type { Program } from '../../compiler/experiment.ts';
import type { Diagnostic } from '../../grammar/diagnostic.ts';
import type { Source } from '../../grammar/source.ts';
import { digits, letters, mistakesOf } from './mistakes.ts';
import { type Kind, type Place, placesIn } from './places.ts';

/**
 * What becomes of a mistake: something is found; or the file is right and means something else; or it means the same,
 * as `0.90` for `0.9` does. What is neither found nor a matter of spelling is `ignored`.
 */
export type Outcome = 'found' | 'other' | 'same' | 'ignored';

export interface Judged {
  readonly place: Place;
  readonly mistake: string;
  readonly outcome: Outcome;
  /** Of a name that became another name, and is unknown: whether what was meant is the first thing that is suggested. */
  readonly suggested?: boolean;
  /** What was found first there. */
  readonly finding?: Diagnostic | undefined;
}

/** Every one-character mistake of a right file, in everything but comments; `keep` takes a sample. */
export function* judge(
  source: Source,
  options: CheckOptions,
  keep: () => boolean = () => true,
): Generator<Judged> {
  const right = check(source, options);
  if (!right.value || right.diagnostics.length > 0) throw new Error(`${source.path} is not right.`);
  const meant = meaningOf(right.value);
  for (const place of placesIn(source)) {
    for (const mistake of mistakesOf(place.word, alphabets[place.kind])) {
      if (keep()) yield judgeOne(place, mistake, meant, options);
    }
  }
}

const alphabets: Readonly<Record<Kind, string>> = {
  name: letters,
  declared: letters,
  number: digits,
  text: letters,
  sign: '',
};

function judgeOne(place: Place, mistake: string, meant: string, options: CheckOptions): Judged {
  const { source, start, end } = place.span;
  const text = source.text.slice(0, start) + mistake + source.text.slice(end);
  const { value, diagnostics } = check({ path: source.path, text }, options);
  if (diagnostics.length === 0 && value) {
    const isSame = meaningOf(value) === meant;
    return { place, mistake, outcome: isSame ? sameBy(place, mistake) : 'other' };
  }
  const here = diagnostics.filter(({ span }) => span.start <= start + mistake.length && span.end >= start);
  const finding = here.find(({ severity }) => severity === 'error') ?? here[0] ?? diagnostics[0];
  if (place.kind !== 'name' || !isName(mistake)) return { place, mistake, outcome: 'found', finding };
  return {
    place,
    mistake,
    outcome: 'found',
    finding,
    suggested: finding !== undefined && suggests(finding, place.word),
  };
}

/** A name is written in one way only, but for units: `1 epoch`. */
function sameBy({ kind, word }: Place, mistake: string): Outcome {
  if (kind !== 'name') return 'same';
  const isUnit = [word, mistake].every((each) => /^(epochs?|steps?)$/.test(each));
  return isUnit ? 'same' : 'ignored';
}

const isName = (text: string): boolean => /^[A-Za-z_]\w*$/.test(text);

/** Whether the first thing that is said to do is to write the word. */
const suggests = ({ fix, help }: Diagnostic, word: string): boolean =>
  fix?.edits[0]?.replacement.trim() === word || help?.match(/`([^`]+)`/)?.[1] === word;

/** All that a program says, without places and doc comments: equal for files that mean the same, names included. */
const meaningOf = ({ experiments, sweeps, compares }: Program): string =>
  JSON.stringify([experiments, sweeps, compares], (key, value: unknown) =>
    key === 'span' || key === 'doc' ? undefined : value,
  );
