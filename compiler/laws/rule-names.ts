export type Law = 'zero' | 'minimum' | 'gradient';
export type By = Readonly<Record<Law, readonly RuleName[]>>;

/** The rules that prove something, and what each says of the laws that it proves. */
export const ruleTexts: Readonly<Record<RuleName, Partial<Readonly<Record<Law, string>>>>> = {
  quotient: {
    zero: 'a quotient whose numerator is 0 at the label',
    minimum: 'a quotient whose numerator is above 0 anywhere else',
  },
  sum: {
    zero: 'a sum over pixels that is 0 at the label',
    minimum: 'a sum over pixels that is lowest at the label',
  },
  gibbs: {
    zero: "Gibbs' inequality is an equality at the label",
    minimum: "Gibbs' inequality: −Σ y log p is lowest at p = y",
  },
  labelled: {
    zero: 'the labelled class costs log 1 = 0',
    minimum: 'a pixel costs 0 only where its labelled class has probability 1',
  },
  denominator: { gradient: 'the denominator stays above 0' },
  proportional: {
    gradient: 'any label keeps the denominator above 0, and without one the quotient is constant',
  },
  logarithm: { gradient: 'log softmax changes no faster than the logits' },
  product: { gradient: 'p |log p| stays below 1/e' },
  bounded: { gradient: 'sums and products of what is bounded' },
};
export type RuleName =
  | 'quotient'
  | 'sum'
  | 'gibbs'
  | 'labelled'
  | 'denominator'
  | 'proportional'
  | 'logarithm'
  | 'product'
  | 'bounded';

/** No rule. */
export const nothing: By = { zero: [], minimum: [], gradient: [] };

export const joined = (...parts: readonly By[]): By => ({
  zero: [...new Set(parts.flatMap(({ zero }) => zero))],
  minimum: [...new Set(parts.flatMap(({ minimum }) => minimum))],
  gradient: [...new Set(parts.flatMap(({ gradient }) => gradient))],
});
