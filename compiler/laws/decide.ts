import { neededFor } from '../graph/graph.ts';
import { analyse } from './analyse.ts';
import { type Facts, type Grip, numberAtTarget } from './facts.ts';
import { type LoadedTerm, type LossGraph, lossGraph, type Setting } from './loss-graph.ts';
import { joined, type Law } from './rule-names.ts';
import {
  type Example,
  plainGap,
  type Search,
  searchEqual,
  searchLower,
  searchSteep,
  searchZero,
} from './search.ts';
import {
  describeExample,
  digits,
  digitsOfBoth,
  proved,
  refuted,
  undecided,
  type Verdict,
  type Verdicts,
} from './verdict.ts';

/** Terms that look at one head. Their targets are numbered from 0; predictions of different heads are free of each other. */
export type HeadTerms = readonly LoadedTerm[];

/** Points that a search tries for one number of pixels, so that a file with several losses takes less than a second. */
const budget = 600;

/**
 * Decides the three laws of a mix.
 *
 * - *zero*: the loss is 0 where the prediction of every head is its target;
 * - *minimum*: no prediction costs less than the target; `alone`: and no other costs as little. Predictions are those
 *   of a softmax, 0 and 1 included; a class by itself may be anything in 0..1;
 * - *gradient*: for every label there is a bound on the gradient with respect to the logits, for all predictions that a
 *   softmax gives in floats: probabilities of exactly 0 and 1 belong to them, their logarithms are finite.
 */
export function decide(heads: readonly HeadTerms[], classes: number): Verdicts {
  const context = contextOf(heads, classes);
  return {
    zero: decideZero(context),
    minimum: decideMinimum(context),
    gradient: decideGradient(context),
  };
}

function contextOf(heads: readonly HeadTerms[], classes: number): Context {
  const known = heads.flatMap((terms) => factsOfHead(terms, classes));
  const isCompromise = heads.some((terms) => terms.some(({ target }) => target > 0));
  return { heads, classes, known, met: isCompromise ? undefined : known };
}

interface Context {
  readonly heads: readonly HeadTerms[];
  readonly classes: number;
  /** Of each head and target. */
  readonly known: readonly Known[];
  /** The same where each head has one target, which it can meet. */
  readonly met: readonly Known[] | undefined;
}

interface Known extends Facts {
  /** Whether the target is. */
  readonly soft: boolean;
}

/** One for each target of the head. */
function factsOfHead(terms: HeadTerms, classes: number): readonly Known[] {
  const targets = [...new Set(terms.map(({ target }) => target))];
  return targets.map((target) => {
    const own = terms.filter((term) => term.target === target).map((term) => ({ ...term, target: 0 }));
    const soft = own.some((term) => term.soft);
    const graph = lossGraph(own, { classes, images: 2, pixels: 2 });
    return { ...analyse(graph.value, soft ? 'soft' : 'hard'), soft };
  });
}

function decideZero(context: Context): Verdict {
  const { met: known } = context;
  const rules = joined(...(known ?? []).map(({ by }) => by)).zero;
  if (known?.every((facts) => numberAtTarget(facts) === 0)) return proved('zero', rules);
  const { found, tried } = searched(context, searchZero);
  if (!found) return nothingFound('zero', tried);
  const { where } = describeExample(found);
  const isEntropy = known?.every(
    ({ atTarget }) =>
      atTarget?.constant === 0 && [...atTarget.atoms.keys()].every((key) => key === 'entropy'),
  );
  if (isEntropy)
    return refuted(
      'zero',
      found,
      `it is the label's entropy there, ${digits(found.atLabel)} for ${where}; less that, it is 0`,
    );
  const gap = found.teacher ? ', since terms with different targets cannot all be met' : '';
  return refuted('zero', found, `${digits(found.atLabel)} at the label, for ${where}${gap}`);
}

function decideMinimum(context: Context): Verdict {
  const { met: known, classes } = context;
  if (known?.every(({ least }) => least)) {
    const rules = joined(...known.map(({ by }) => by)).minimum;
    if (known.every(({ least, soft }) => isAlone(least!, soft, classes)))
      return proved('minimum', rules, { alone: true });
    // Which classes count depends on the label, so only a softmax shows what they leave open.
    const whole = known.every(({ least }) => least!.kind !== 'some');
    const { found } = searched(context, (graph) => searchEqual(graph, budget), { whole });
    const other = found && describeExample(found);
    const text = other
      ? `nothing costs less, but other predictions cost as little: ${digits(found.loss)} at ${other.prediction} too, for ${other.where}`
      : 'nothing costs less; whether something else costs as little is not decided';
    return {
      ...proved('minimum', rules, { ...(found ? { alone: false, example: found } : {}) }),
      because: text,
    };
  }
  const { found, tried } = searched(context, (graph) => searchLower(graph, budget), {
    enough: ({ atLabel, loss }) => atLabel - loss > plainGap,
  });
  if (!found) return nothingFound('minimum', tried);
  const { where, prediction } = describeExample(found);
  const [there, here] = digitsOfBoth(found.atLabel, found.loss);
  return refuted('minimum', found, `${there} at the label and ${here} at ${prediction}, for ${where}`);
}

function decideGradient(context: Context): Verdict {
  const { known } = context;
  if (known.every(({ steady }) => steady))
    return proved('gradient', joined(...known.map(({ by }) => by)).gradient);
  let gradient = 0;
  const { found, tried } = searched(context, (graph) => {
    const search = searchSteep(graph, budget);
    gradient = search.found?.gradient ?? gradient;
    return search;
  });
  if (!found) return nothingFound('gradient', tried);
  const { where, prediction } = describeExample(found);
  const what = Number.isFinite(found.loss)
    ? `the gradient is ${digits(gradient)}`
    : `the loss is ${digits(found.loss)}`;
  return refuted('gradient', found, `${what} at ${prediction}, for ${where}`, { gradient });
}

const deciders: Readonly<Record<Law, (context: Context) => Verdict>> = {
  zero: decideZero,
  minimum: decideMinimum,
  gradient: decideGradient,
};

/** One of them. */
export const decideLaw = (law: Law, heads: readonly HeadTerms[], classes: number): Verdict =>
  deciders[law](contextOf(heads, classes));

const nothingFound = (law: Law, tried: number): Verdict =>
  undecided(law, `no counter-example among ${tried} points, and no rule proves it`, tried);

/** Whether the least value decides the prediction of a softmax over the classes. */
export function isAlone(grip: Grip, soft: boolean, classes: number): boolean {
  switch (grip.kind) {
    case 'all':
      return true;
    case 'all but one':
      return classes > 1;
    case 'present':
      // Where labels are hard, the labelled class of each pixel is present. Of two classes one is present everywhere.
      return soft ? classes === 2 && grip.above < 0.5 : grip.above < 1;
    case 'some':
      return false;
    default:
      return grip satisfies never;
  }
}

/** Tries settings from the simplest on, until something is found, or something that is enough. */
function searched<Found extends Example>(
  { heads, classes }: Context,
  search: (graph: LossGraph) => Search<Found>,
  { whole = false, enough = () => true }: { whole?: boolean; enough?: (found: Found) => boolean } = {},
): Search<Found> {
  let tried = 0;
  let fallback: Found | undefined;
  for (const terms of heads) {
    for (const setting of settingsOf(terms, classes, whole)) {
      const { found, tried: more } = search(lossGraph(terms, setting));
      tried += more;
      if (found && enough(found)) return { found, tried };
      fallback ??= found;
    }
  }
  return { found: fallback, tried };
}

/** One class by itself, where the loss can be measured so, then all classes of a softmax. */
function settingsOf(terms: HeadTerms, classes: number, whole: boolean): readonly Setting[] {
  const of = (number: number) => [1, 2].map((pixels) => ({ classes: number, images: 1, pixels }));
  return !whole && looksAtOneClass(terms) ? [...of(1), ...of(classes)] : of(classes);
}

/**
 * A loss that can be measured on one class by itself: it never asks for logarithms, which only a softmax has, and is given
 * no list of one number a class.
 */
export function looksAtOneClass(terms: HeadTerms): boolean {
  if (terms.some(({ options }) => Object.values(options).some(Array.isArray))) return false;
  const { builder, value } = lossGraph(terms, { classes: 2, images: 1, pixels: 1 });
  return neededFor([value.id], builder.nodes).every(
    ({ operation, attributes }) => operation.name !== 'input' || attributes.name !== 'logProbabilities',
  );
}
