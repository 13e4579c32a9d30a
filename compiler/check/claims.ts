import { nearest } from '../../grammar/nearest.ts';
import { printExpression } from '../../grammar/print.ts';
import type { Binary, Expression, Identifier, Member, Name } from '../../grammar/syntax.ts';
import { scoredName } from '../canonical/value-form.ts';
import type { Claim, Combination, ScoredMeasure } from '../experiment.ts';
import { areSingle, aspectOf } from './aspects.ts';
import { blame, suggestion } from './blame.ts';
import { armsByName, armsByRecord, type Compared } from './compared.ts';
import { testsOf } from './compared-metrics.ts';
import type { Context } from './context.ts';
import { describe, quoted } from './describe.ts';
import { messages } from './messages.ts';
import { amountOf, tidy } from './numbers.ts';
import { resolve, type Scope, type Written } from './scope.ts';
import { intervalOf } from './values.ts';

/** What claims speak of. */
interface Ground {
  readonly compared: Compared;
  readonly metrics: readonly ScoredMeasure[];
}

/** `student.ece < big.ece`, `lower(a.dice - b.dice) > 0`, `a.dice in 0.8 .. 0.9`. */
export function readClaim(written: Written, ground: Ground, context: Context): Claim | undefined {
  const { expression, scope } = written;
  if (expression.kind !== 'comparison') {
    const values = { expected: 'a claim such as `student.ece < big.ece`', found: describe(written) };
    context.report(messages.at(expression.span, 'DML1301', values));
    return undefined;
  }
  const { operator, span } = expression;
  const left = readSide({ expression: expression.left, scope }, ground, context);
  const other = { expression: expression.right, scope };
  const right = operator === 'in' ? readRange(other, context) : readSide(other, ground, context);
  if (!left || !right) return undefined;
  if (left.terms.length > 0 || ('terms' in right && right.terms.length > 0))
    return { text: printExpression(expression), left, operator, right, span };
  context.report(messages.at(span, 'DML1378', { claim: printExpression(expression) }));
  return undefined;
}

function readRange(written: Written, context: Context) {
  const interval = intervalOf(written);
  if (interval || blame(written, undefined, context)) return interval;
  const values = { expected: 'a range such as `0.84 .. 0.88`', found: describe(written) };
  context.report(messages.at(written.expression.span, 'DML1301', values));
  return undefined;
}

function readSide(written: Written, ground: Ground, context: Context): Combination | undefined {
  const asked = aspectOf(written, context);
  const sum = asked && readSum(asked.inner, ground, context);
  if (!sum || asked.of === undefined) return sum;
  const { of } = asked;
  const { span } = written.expression;
  const [only, second] = sum.terms;
  const isPlain = only?.weight === 1 && !second && sum.constant === 0;
  if (of === 'worst' && !isPlain) {
    context.report(messages.at(span, 'DML1379', { found: printExpression(asked.inner.expression) }));
    return undefined;
  }
  const experiments = sum.terms.flatMap(({ arms }) =>
    arms.map((arm) => ground.compared.arms[arm]!.experiment),
  );
  if (of !== 'worst' && areSingle(experiments)) {
    context.report(
      messages.at(span, 'DML1342', { aspect: of, metric: printExpression(asked.inner.expression) }),
    );
    return undefined;
  }
  return { of, ...sum };
}

/** A sum of scores with weights, and numbers. */
function readSum(written: Written, ground: Ground, context: Context): Combination | undefined {
  const amount = amountOf(written);
  if (amount && amount.unit === undefined) return { terms: [], constant: amount.value };
  const resolved = resolve(written);
  if (resolved === 'broken') return undefined;
  const { expression, scope } = resolved;
  const part = (inner: Expression) => readSum({ expression: inner, scope }, ground, context);
  switch (expression.kind) {
    case 'name':
      return readNamed({ expression, scope }, ground, context);
    case 'member':
      return readRecord(expression.object, expression.name, scope, ground, context);
    case 'negation':
      return scaled(part(expression.operand), -1);
    case 'scaled':
      return expression.factor.kind === 'number'
        ? scaled(part(expression.operand), expression.factor.value)
        : reportNoScore(resolved, context);
    case 'binary':
      return readBinary(expression, resolved, ground, context);
    default:
      return reportNoScore(resolved, context);
  }
}

function readBinary(
  { operator, left, right }: Binary,
  whole: Written,
  ground: Ground,
  context: Context,
): Combination | undefined {
  const { scope } = whole;
  const part = (inner: Expression) => readSum({ expression: inner, scope }, ground, context);
  const number = (inner: Expression) => {
    const amount = amountOf({ expression: inner, scope });
    return amount?.unit === undefined ? amount?.value : undefined;
  };
  if (operator === '+' || operator === '-') {
    const [a, b] = [part(left), scaled(part(right), operator === '+' ? 1 : -1)];
    return a && b && { terms: [...a.terms, ...b.terms], constant: tidy(a.constant + b.constant) };
  }
  const divisor = number(right);
  if (operator === '/') return divisor ? scaled(part(left), 1 / divisor) : expectScore(whole, context);
  const factor = number(left);
  if (factor !== undefined) return scaled(part(right), factor);
  return divisor === undefined ? expectScore(whole, context) : scaled(part(left), divisor);
}

const scaled = (sum: Combination | undefined, factor: number): Combination | undefined =>
  sum && {
    terms: sum.terms.map((term) => ({ ...term, weight: tidy(term.weight * factor) })),
    constant: tidy(sum.constant * factor),
  };

function reportNoScore(written: Written, context: Context): undefined {
  if (!blame(written, undefined, context)) expectScore(written, context);
}

function expectScore(written: Written, context: Context): undefined {
  const expected = 'a score such as `student.dice` or `(labels: mean).dice`';
  context.report(messages.at(written.expression.span, 'DML1301', { expected, found: describe(written) }));
  return undefined;
}

/** `student.dice`, or `student.clinic.dice` on a test set: the name of an arm goes as far as there is one. */
function readNamed(written: Written<Name>, ground: Ground, context: Context): Combination | undefined {
  const { path: parts } = written.expression;
  const metric = parts.at(-1)!;
  if (parts.length > 1) {
    const before = parts.slice(0, -1);
    const last = before.at(-1)!;
    const isArm = (path: readonly Identifier[]) =>
      ground.compared.arms.some(({ names }) => names.includes(path.map(textIn).join('.')));
    const isTest =
      !isArm(before) && (testsOf(ground.compared).includes(last.text) || isArm(before.slice(0, -1)));
    const arm = isTest ? before.slice(0, -1) : before;
    const score = { metric, ...(isTest ? { data: last } : {}) };
    if (arm.length === 0) return reportOpenArm(written, ground, context);
    const span = { ...arm[0]!.span, end: arm.at(-1)!.span.end };
    return scoreOf(armsByName(arm, span, ground.compared, context)?.arms, score, ground, context);
  }
  if (!Object.hasOwn(context.registry.metric, metric.text)) return reportNoScore(written, context);
  return reportOpenArm(written, ground, context);
}

const textIn = ({ text }: Identifier): string => text;

function reportOpenArm({ expression }: Written<Name>, { compared }: Ground, { report }: Context): undefined {
  const arm = compared.arms[0]!.names[0]!;
  report(messages.at(expression.span, 'DML1380', { metric: printExpression(expression), arm }));
}

/** `(labels: mean).dice`, `(labels: mean).clinic.dice` */
function readRecord(
  object: Expression,
  metric: Identifier,
  scope: Scope,
  ground: Ground,
  context: Context,
): Combination | undefined {
  const resolved = resolve({ expression: object, scope });
  if (resolved === 'broken') return undefined;
  const data = resolved.expression.kind === 'member' ? resolved.expression.name : undefined;
  const record = data
    ? resolve({ ...resolved, expression: (resolved.expression as Member).object })
    : resolved;
  if (record === 'broken') return undefined;
  const { expression } = record;
  if (expression.kind !== 'tuple') return reportNoScore(record, context);
  const chosen = armsByRecord({ expression, scope: record.scope }, ground.compared, context);
  return scoreOf(chosen?.arms, { metric, ...(data ? { data } : {}) }, ground, context);
}

/** A metric as a claim names it, on a test set where one stands before it. */
interface NamedScore {
  readonly metric: Identifier;
  readonly data?: Identifier;
}

const scoreText = ({ metric, data }: NamedScore): string =>
  scoredName({ metric: metric.text, ...(data ? { data: data.text } : {}) });

function scoreOf(
  arms: readonly number[] | undefined,
  score: NamedScore,
  { compared, metrics }: Ground,
  context: Context,
): Combination | undefined {
  const wanted = scoreText(score);
  const found = metrics.flatMap((one, i) => (nameOf(one) === wanted ? [i] : []));
  const [metric, second] = found;
  if (metric === undefined) reportUnmeasured(score, { compared, metrics }, context);
  else if (second !== undefined)
    context.report(messages.at(score.metric.span, 'DML1381', { metric: wanted }));
  return arms && metric !== undefined && second === undefined
    ? { terms: [{ weight: 1, arms, metric }], constant: 0 }
    : undefined;
}

const nameOf = ({ metric, data }: ScoredMeasure): string =>
  scoredName({ metric: metric.name, ...(data === undefined ? {} : { data }) });

/** Says which part of the name is not there: the test set, or the metric on it. */
function reportUnmeasured(score: NamedScore, { compared, metrics }: Ground, { report }: Context): void {
  const { metric, data } = score;
  const tests = testsOf(compared);
  if (data && !tests.includes(data.text)) {
    const extra = suggestion(data.span, nearest(data.text, tests), tests);
    report(messages.at(data.span, 'DML1396', { name: data.text }, extra));
    return;
  }
  const alike = metrics.filter((one) => one.data === data?.text).map((one) => one.metric.name);
  const names = alike.length > 0 ? alike : metrics.map(nameOf);
  const extra = suggestion(metric.span, nearest(metric.text, names), names);
  const measured = quoted(new Set(metrics.map(nameOf)));
  report(messages.at(metric.span, 'DML1382', { metric: scoreText(score), measured }, extra));
}
