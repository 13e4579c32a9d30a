import { EOF, type IToken } from 'chevrotain';
import { tooDeep, tooLong } from './brackets.ts';
import { lazy } from './lazy.ts';
import { Rules } from './rules.ts';
import type { Source } from './source.ts';

/** What a rule made of tokens, or where it stopped. */
export type Reading<T> =
  | { readonly value: T; readonly failure: undefined }
  | { readonly value: undefined; readonly failure: Failure };

export interface Failure {
  /** Of the first token that does not fit; the number of tokens where they end too soon. */
  readonly index: number;
  /** What was expected there; empty where the rule was finished. */
  readonly expected: string;
}

/** Expected where brackets are nested too deeply. */
export const lessNesting = 'less nesting';

/** Expected where a value has too many parts. */
export const fewerParts = 'fewer parts';

/** Made once: learning the grammar takes longer than reading a file. A test lets Chevrotain validate it. */
const rules = lazy(() => new Rules({ skipValidations: true }));

/** Applies one rule of the grammar to all of some tokens. */
export function read<T>(source: Source, tokens: readonly IToken[], rule: (rules: Rules) => T): Reading<T> {
  const deep = tooDeep(tokens);
  if (deep !== undefined) return { value: undefined, failure: { index: deep, expected: lessNesting } };
  const long = tooLong(tokens);
  if (long !== undefined) return { value: undefined, failure: { index: long, expected: fewerParts } };
  const grammar = rules().read(source, [...tokens]);
  const value = rule(grammar);
  const [error] = grammar.errors;
  if (!error) return { value, failure: undefined };
  const index = error.token.tokenType === EOF ? tokens.length : tokens.indexOf(error.token);
  return { value: undefined, failure: { index, expected: error.message } };
}
