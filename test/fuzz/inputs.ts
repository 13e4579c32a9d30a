import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { messages as checkMessages } from '../../compiler/check/messages.ts';
import { messages as grammarMessages } from '../../grammar/messages.ts';
import { random } from '../../runtime/random.ts';
import { prelude } from '../compiler/check/support.ts';
import { programs, scattered } from '../support/programs.ts';
import { mutated } from './mutations.ts';

/** Inputs that are made of the same right program. */
const perProgram = 500;

const root = path.resolve(import.meta.dirname, '../..');
const below = (folder: string): readonly string[] =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.dml'))
    .map((file) => readFileSync(path.join(root, folder, file), 'utf8'));

/** Small texts that show one thing each: examples of messages, files of tests, the examples themselves. */
const collected: readonly string[] = [
  ...[grammarMessages, checkMessages].flatMap(({ entries }) =>
    Object.values(entries).map(({ example }) => example),
  ),
  ...[grammarMessages, checkMessages].flatMap(({ entries }) =>
    Object.values(entries).map(({ example }) => prelude + example),
  ),
  ...['examples', 'test/grammar/golden', 'test/compiler/check/golden'].flatMap(below),
];

const written = programs.chain((files) =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant(files['main.dml']) },
    { weight: 1, arbitrary: scattered(files['main.dml']) },
  ),
);

/** Right programs by seed and number, the last one kept. */
function programsOf(seed: number): (number: number) => string {
  let last: { readonly number: number; readonly text: string } | undefined;
  return (number) => {
    if (last?.number !== number) {
      const [text] = fc.sample(written, { seed: seed * 1_000_003 + number, numRuns: 1 });
      last = { number, text: text! };
    }
    return last.text;
  };
}

/** The inputs of a seed by their number: each depends on both alone. One in so many is a right program. */
export function inputsOf(seed: number): (number: number) => string {
  const programOf = programsOf(seed);
  return (number) => {
    const keys = random(seed, 'fuzz', number);
    if (number % perProgram === 0) return programOf(number / perProgram);
    const isSmall = keys.uniform() < 0.9;
    const text = isSmall
      ? collected[keys.integer(collected.length)]!
      : programOf(Math.floor(number / perProgram));
    return mutated(text, keys);
  };
}
