import type { Node } from '../graph/graph.ts';
import {
  addAtTarget,
  entropyOnly,
  entropyOrZero,
  scaleAtTarget,
  timesAtTarget,
  zeroAtTarget,
} from './at-target.ts';
import * as exact from './exact.ts';
import {
  constantAtTarget,
  type Facts,
  type Grip,
  numberAtTarget,
  ofOperands,
  some,
  strongest,
  unknown,
} from './facts.ts';
import {
  isBelowItsMaximum,
  isKeptLabel,
  isOne,
  isSoftmaxTotal,
  isZero,
  logarithm,
  type Premise,
  pixelAxes,
  sameShape,
} from './patterns.ts';
import { ofLogarithms, withExact } from './proofs.ts';
import { joined } from './rule-names.ts';

type Rule = (premise: Premise) => Facts;

/** By the name of the operation. Of all others nothing is known. */
export const rules: Readonly<Record<string, Rule>> = {
  constant: ({ node }) => constantFacts(node),
  add: (premise) => {
    const [a, b] = premise.operands as [Facts, Facts];
    return blend(premise) ?? guarded(premise) ?? sumOfTwo(premise.node, a, b);
  },
  sub: (premise) => {
    const [a, b] = premise.operands as [Facts, Facts];
    const facts = sumOfTwo(premise.node, a, scaleFacts(b, -1));
    return isBelowItsMaximum(premise.node, premise.nodes)
      ? { ...facts, high: Math.min(0, facts.high) }
      : facts;
  },
  neg: ({ operands: [a] }) => scaleFacts(a!, -1),
  mul: product,
  div: quotient,
  sum: total,
  reshape: ({ node, operands: [a], nodes }) => moved(a!, sameShape(node, nodes[node.inputs[0]!]!)),
  broadcast: ({ node, operands: [a], nodes }) => moved(a!, sameShape(node, nodes[node.inputs[0]!]!)),
  abs: ({ node, operands: [a] }) =>
    withExact(
      {
        ...shell(node, [a!]),
        low: 0,
        high: Math.max(Math.abs(a!.low), Math.abs(a!.high)),
        bounded: a!.bounded,
        steady: a!.steady,
        own: a!.own,
      },
      a!.exact && exact.absolute(a!.exact),
    ),
  relu: ({ node, operands: [a] }) =>
    withExact(
      {
        ...shell(node, [a!]),
        low: Math.max(0, a!.low),
        high: Math.max(0, a!.high),
        bounded: a!.bounded,
        steady: a!.steady,
        own: a!.own,
      },
      halfOf(a!.exact, 1),
    ),
  min: ({ node, operands }) => {
    const [a, b] = operands as [Facts, Facts];
    const difference = a.exact && b.exact && exact.plus(a.exact, exact.scaled(b.exact, -1));
    const positive = halfOf(difference, 1);
    return withExact(
      {
        ...shell(node, operands),
        low: Math.min(a.low, b.low),
        high: Math.min(a.high, b.high),
        bounded: a.bounded && b.bounded,
        apart: a.apart && b.apart,
        steady: a.steady && b.steady,
        own: a.own && b.own,
      },
      a.exact && positive && exact.plus(a.exact, exact.scaled(positive, -1)),
    );
  },
  max: ({ node, operands: [a], regions }) => ({
    ...shell(node, [a!]),
    low: a!.low,
    high: a!.high,
    bounded: a!.bounded,
    apart: a!.apart,
    steady: a!.steady,
    peak: isKeptLabel(a!, regions) && pixelAxes(node),
  }),
  greater: ({ node, operands }) => {
    const [a, b] = operands as [Facts, Facts];
    const level = b.exact?.kind === 'number' ? b.exact.value : undefined;
    const presence = level === undefined ? undefined : a.peak ? level : level === 0 ? a.presence : undefined;
    const facts = { ...shell(node, operands), low: 0, high: 1, bounded: true, steady: true, presence };
    return withExact(facts, level === 0 && a.exact ? exact.isAboveZero(a.exact) : undefined);
  },
  sign: ({ node, operands }) => ({
    ...shell(node, operands),
    low: -1,
    high: 1,
    bounded: operands.every(isAlwaysNumber),
    steady: operands.every(isAlwaysNumber),
  }),
  pow: ({ node, operands: [a] }) => {
    const exponent = node.attributes.exponent as number;
    if (exponent <= 0 || a!.low < 0) return shell(node, [a!]);
    const facts = increasing(node, a!, (x) => (x > 0 ? x ** exponent : 0));
    // Below 1 the derivative is infinite at 0.
    const tame = a!.bounded && (exponent >= 1 || a!.apart);
    return withExact(
      { ...facts, steady: a!.steady && tame, own: a!.own && tame },
      a!.exact && exact.toPower(a!.exact, exponent),
    );
  },
  exp: ({ node, operands: [a] }) => {
    const facts = increasing(node, a!, Math.exp);
    const bounded = a!.bounded || (a!.steady && a!.high < Number.POSITIVE_INFINITY);
    return { ...facts, bounded, steady: a!.steady && bounded };
  },
  log: (premise) => {
    const { node, operands } = premise;
    const [a] = operands as [Facts];
    if (a.low < 0) return shell(node, [a]);
    const facts = increasing(node, a, Math.log);
    const steady = a.steady && a.apart;
    return withExact(
      { ...facts, bounded: a.bounded && a.apart, apart: a.bounded && a.low > 1, steady },
      logarithm(premise),
    );
  },
  sqrt: ({ node, operands: [a] }) =>
    a!.low < 0
      ? shell(node, [a!])
      : { ...increasing(node, a!, Math.sqrt), bounded: a!.bounded, steady: a!.steady && a!.apart },
};

const shell = ({ id }: Node, operands: readonly Facts[]): Facts => ofOperands(id, operands);

function constantFacts(node: Node): Facts {
  const data = [...(node.attributes.data as Float64Array)];
  // An option that is missing has become no number: nothing follows from it.
  if (!data.every(Number.isFinite)) return unknown(node.id, true);
  const [low, high] = [Math.min(...data), Math.max(...data)];
  if (low === high) return withExact(unknown(node.id, false), exact.number(low));
  return { ...unknown(node.id, false), low, high, apart: low > 0 };
}

function sumOfTwo(node: Node, a: Facts, b: Facts): Facts {
  const opposed = (isInfinite(a, 1) && isInfinite(b, -1)) || (isInfinite(a, -1) && isInfinite(b, 1));
  const grip = (p: Grip | undefined, q: Grip | undefined) =>
    p && q && !opposed ? strongest(p, q) : undefined;
  const facts: Facts = {
    ...shell(node, [a, b]),
    low: a.low + b.low,
    high: a.high + b.high,
    bounded: a.bounded && b.bounded,
    apart: a.bounded && b.bounded && ((a.apart && b.low >= 0) || (b.apart && a.low >= 0)),
    steady: a.steady && b.steady,
    own: a.own && b.own,
    ownLog: (a.ownLog && (b.ownLog || !b.predicted)) || (b.ownLog && !a.predicted),
    atTarget: a.atTarget && b.atTarget && addAtTarget(a.atTarget, b.atTarget),
    least: grip(a.least, b.least),
    most: grip(a.most, b.most),
    presence: a.low >= 0 && b.low >= 0 ? (a.presence ?? b.presence) : undefined,
  };
  return withExact(facts, a.exact && b.exact && exact.plus(a.exact, b.exact));
}

/** Finite wherever a prediction can be: bounded, or as log p is. */
const isAlwaysNumber = ({ bounded, steady }: Facts): boolean => bounded || steady;

/** Whether it may be +∞, or −∞: a sum of both is no number. */
const isInfinite = ({ bounded, low, high }: Facts, sign: 1 | -1): boolean =>
  !bounded && (sign === 1 ? high === Number.POSITIVE_INFINITY : low === Number.NEGATIVE_INFINITY);

/** w · a + (1 − w), for a w in 0..1 that labels alone decide: it lies between a and 1. */
function blend({ node, nodes, factsOf }: Premise): Facts | undefined {
  const [first, second] = node.inputs.map((id) => nodes[id]!) as [Node, Node];
  if (first.operation.name !== 'mul' || second.operation.name !== 'sub') return undefined;
  const [one, share] = second.inputs as [number, number];
  const at = first.inputs.indexOf(share);
  const w = factsOf(share);
  if (!isOne(factsOf(one)) || at < 0 || w.predicted || w.low < 0 || w.high > 1) return undefined;
  const a = factsOf(first.inputs[1 - at]!);
  const facts = sumOfTwo(node, factsOf(first.id), factsOf(second.id));
  return {
    ...facts,
    low: Math.min(1, a.low),
    high: Math.max(1, a.high),
    apart: a.apart,
    finiteWithout: share,
  };
}

/** u + (1 − [u > 0]), for a u that is never below 0: u where it is above 0, else 1. */
function guarded(premise: Premise): Facts | undefined {
  const { node, nodes, factsOf } = premise;
  const [inner, guard] = node.inputs.map((id) => nodes[id]!) as [Node, Node];
  if (guard.operation.name !== 'sub') return undefined;
  const [one, test] = guard.inputs.map((id) => nodes[id]!) as [Node, Node];
  if (!isOne(factsOf(one.id)) || test.operation.name !== 'greater' || test.inputs[0] !== inner.id)
    return undefined;
  const u = factsOf(inner.id);
  if (!isZero(factsOf(test.inputs[1]!)) || u.low < 0) return undefined;
  const facts = sumOfTwo(node, u, factsOf(guard.id));
  // Labels alone decide it, so for each of them it is one number above 0.
  return u.predicted || !u.bounded ? facts : { ...facts, apart: true };
}

function product({ node, operands, nodes }: Premise): Facts {
  const [a, b] = operands as [Facts, Facts];
  if (b.exact?.kind === 'number') return scaleFacts(a, b.exact.value);
  if (a.exact?.kind === 'number') return scaleFacts(b, a.exact.value);
  const ends = [a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high].map((x) =>
    Number.isNaN(x) ? 0 : x,
  );
  const steady = (p: Facts, q: Facts) => !p.predicted || q.bounded;
  const logProduct = (a.own && a.bounded && b.ownLog) || (b.own && b.bounded && a.ownLog);
  const facts: Facts = {
    ...shell(node, operands),
    low: Math.min(...ends),
    high: Math.max(...ends),
    bounded: a.bounded && b.bounded,
    apart: a.apart && b.apart,
    steady: a.steady && b.steady && ((steady(a, b) && steady(b, a)) || logProduct),
    own: a.own && b.own && a.bounded && b.bounded,
    ownLog: (a.ownLog && !b.predicted) || (b.ownLog && !a.predicted),
    presence: undefined,
    ...productGrips(node, a, b, zerosIn(nodes, node)),
  };
  const proved = facts.steady && logProduct && a.predicted && b.predicted;
  const by = proved ? joined(facts.by, { zero: [], minimum: [], gradient: ['product'] }) : facts.by;
  const whole = a.exact && b.exact ? exact.times(a.exact, b.exact) : weightedExact(node, a, b);
  return withExact({ ...facts, by }, whole);
}

/** A function of each pixel, times a value above 0 of the pixel that labels alone decide, whatever it is. */
function weightedExact({ inputs, shape }: Node, a: Facts, b: Facts): exact.Exact | undefined {
  if (shape.length !== 3) return undefined;
  if (a.exact?.kind === 'pixel' && !b.predicted && b.bounded && b.low > 0)
    return exact.weighted(a.exact, inputs[1]!);
  if (b.exact?.kind === 'pixel' && !a.predicted && a.bounded && a.low > 0)
    return exact.weighted(b.exact, inputs[0]!);
  return undefined;
}

/** What a product with something that labels alone decide, or of two values never below 0, keeps. */
function productGrips({ inputs }: Node, a: Facts, b: Facts, zeros: number | undefined): Partial<Facts> {
  const [given, value] = a.predicted ? [b, a] : [a, b];
  const givenId = a.predicted ? inputs[1] : inputs[0];
  if (!given.predicted) {
    if (!value.predicted || !given.bounded) return {};
    if (given.low < 0) return { atTarget: zeroAtTarget(value) };
    // 0 · ∞ is no number, so an infinite value needs a factor above 0.
    const finite = value.bounded || given.low > 0 || value.finiteWithout === givenId;
    const keep = (grip: Grip | undefined) => (grip && finite ? weakened(grip, given, zeros) : undefined);
    return { atTarget: timesAtTarget(value, given), least: keep(value.least), most: keep(value.most) };
  }
  const zero = numberAtTarget(a) === 0 || numberAtTarget(b) === 0;
  if (!zero || !a.bounded || !b.bounded) return {};
  return { atTarget: constantAtTarget(0), least: a.low >= 0 && b.low >= 0 ? some : undefined };
}

/** How many numbers of a list of numbers, one a class, are 0. */
function zerosIn(nodes: readonly Node[], { inputs, shape }: Node): number | undefined {
  const list = inputs.map((id) => nodes[id]!).find(({ operation }) => operation.name === 'constant');
  const data = list?.attributes.data as Float64Array | undefined;
  return data && data.length === shape[0] ? data.filter((value) => value === 0).length : undefined;
}

/** A grip on a value, after a factor that labels alone decide, or that is a list of numbers, one a class. */
function weakened(grip: Grip, factor: Facts, zeros: number | undefined): Grip {
  if (factor.low > 0) return grip;
  if (zeros === 1 && grip.kind === 'all') return { kind: 'all but one' };
  if (factor.presence === undefined || grip.kind === 'some' || grip.kind === 'all but one') return some;
  const above = grip.kind === 'present' ? Math.max(grip.above, factor.presence) : factor.presence;
  return { kind: 'present', above };
}

function quotient({ node, operands }: Premise): Facts {
  const [a, b] = operands as [Facts, Facts];
  if (b.exact?.kind === 'number' && b.exact.value !== 0) return scaleFacts(a, 1 / b.exact.value);
  const positive = (b.low > 0 && b.bounded) || b.apart;
  const given = !b.predicted && b.bounded && positive;
  const facts: Facts = {
    ...shell(node, operands),
    low: positive && a.low >= 0 ? 0 : Number.NEGATIVE_INFINITY,
    bounded: a.bounded && b.apart,
    steady: a.steady && (given || (b.steady && b.apart && a.bounded)),
    apart: given && a.apart,
    ...(given && a.predicted
      ? {
          atTarget: entropyOrZero(a),
          least: a.least,
          most: a.most,
          high: a.high <= 0 ? 0 : Number.POSITIVE_INFINITY,
        }
      : {}),
  };
  const proved = facts.steady && b.predicted && a.predicted;
  const by = proved ? joined(facts.by, { zero: [], minimum: [], gradient: ['denominator'] }) : facts.by;
  return withExact({ ...facts, by }, a.exact && b.exact && exact.over(a.exact, b.exact));
}

function total({ node, operands, nodes, labels }: Premise): Facts {
  const [a] = operands as [Facts];
  const shape = nodes[node.inputs[0]!]!.shape;
  const axes = node.attributes.axes as readonly number[];
  const count = axes.reduce((n, axis) => n * shape[axis]!, 1);
  const target = numberAtTarget(a);
  const opposed = isInfinite(a, 1) && isInfinite(a, -1);
  const facts: Facts = {
    ...shell(node, [a]),
    low: isSoftmaxTotal(node, nodes) ? 1 : a.low * count,
    high: a.high * count,
    bounded: a.bounded,
    apart: a.apart || isSoftmaxTotal(node, nodes),
    steady: a.steady,
    atTarget: target === undefined ? entropyOnly(a) : constantAtTarget(target * count),
    least: opposed ? undefined : a.least,
    most: opposed ? undefined : a.most,
    presence: a.low >= 0 ? a.presence : undefined,
  };
  if (a.exact?.kind !== 'pixel') return facts;
  const { plain, logX, logY } = a.exact;
  if (!logX && !logY) return withExact(facts, exact.summed(plain, `${axes} of ${shape}, ${a.exact.weight}`));
  if (a.exact.weight) return facts;
  return axes.length === shape.length ? ofLogarithms(facts, a.exact, labels) : facts;
}

/** Under another shape a pixel is no longer the pixel of its place. */
function moved(a: Facts, same: boolean): Facts {
  const kept = same || a.exact?.kind !== 'pixel';
  return { ...a, exact: kept ? a.exact : undefined, own: a.own && same, ownLog: a.ownLog && same };
}

/** (a + |a|) / 2, or with a sign of −1 its counterpart. */
function halfOf(a: exact.Exact | undefined, sign: 1 | -1): exact.Exact | undefined {
  const size = a && exact.absolute(a);
  return a && size && exact.plus(exact.scaled(a, sign / 2), exact.scaled(size, 0.5));
}

/** A function that grows with its argument. */
function increasing(node: Node, a: Facts, f: (x: number) => number): Facts {
  const target = numberAtTarget(a);
  return {
    ...shell(node, [a]),
    low: f(a.low),
    high: f(a.high),
    bounded: a.bounded,
    apart: a.apart,
    least: a.least,
    most: a.most,
    finiteWithout: a.finiteWithout,
    ...(target === undefined ? {} : { atTarget: constantAtTarget(f(target)) }),
  };
}

export function scaleFacts(a: Facts, factor: number): Facts {
  if (factor === 0)
    return a.bounded
      ? withExact({ ...unknown(-1, false), by: a.by }, exact.number(0))
      : unknown(-1, a.predicted);
  const [low, high] = factor > 0 ? [a.low * factor, a.high * factor] : [a.high * factor, a.low * factor];
  const facts: Facts = {
    ...a,
    low,
    high,
    apart: (a.bounded && low > 0) || (a.apart && factor > 0),
    atTarget: a.atTarget && scaleAtTarget(a.atTarget, factor),
    least: factor > 0 ? a.least : a.most,
    most: factor > 0 ? a.most : a.least,
    presence: factor > 0 ? a.presence : undefined,
    peak: false,
  };
  return { ...facts, exact: a.exact && exact.scaled(a.exact, factor) };
}
