import { nearest } from '../../grammar/nearest.ts';
import type { Let } from '../../grammar/syntax.ts';
import type { Family, ParameterType } from '../registry.ts';
import { blame, suggestion } from './blame.ts';
import { readUse } from './component.ts';
import type { Context } from './context.ts';
import { describe, familyNames } from './describe.ts';
import { readTarget, rootWords } from './labels.ts';
import { readMeasures } from './measures.ts';
import { messages } from './messages.ts';
import { readMix } from './mix.ts';
import { amountOf } from './numbers.ts';
import { readChain } from './pipeline.ts';
import { readPrediction } from './prediction.ts';
import { lookup, namesIn, resolve, type Scope, type Written } from './scope.ts';
import { wordOf } from './values.ts';
import { namesWithin } from './walk.ts';

/**
 * A let that is called like a component, or like what label sources begin with, hides it. A data set may share its
 * name: it is never taken for one.
 */
export function checkName({ name }: Let, { registry, report }: Context): void {
  const family = (Object.keys(registry) as Family[]).find((each) => Object.hasOwn(registry[each], name.text));
  const hidden = family ? familyNames[family] : rootWords.includes(name.text) ? 'label source' : undefined;
  if (hidden) report(messages.at(name.span, 'DML1231', { name: name.text, family: hidden }));
}

/** Reads a let that nothing uses as what its names say that it is, so that its mistakes show all the same. */
export function checkUnusedLet({ value }: Let, scope: Scope, context: Context): void {
  anythingOf({ expression: value, scope }, context);
}

/** What an expression is, read as what its names say; text that means nothing else stands for itself. */
export function anythingOf(written: Written, context: Context): unknown {
  const resolved = resolve(written);
  if (resolved === 'broken') return undefined;
  const amount = amountOf(resolved);
  if (amount) return amount;
  const { expression, scope } = resolved;
  switch (expression.kind) {
    case 'size':
    case 'text':
      return expression;
    case 'list':
    case 'tuple':
      return expression.items.map(({ name, value }) => [
        name?.text,
        anythingOf({ expression: value, scope }, context),
      ]);
    case 'range':
      blame(resolved, undefined, context);
      return [expression.low, expression.high].map((part) =>
        anythingOf({ expression: part, scope }, { ...context, report: () => {} }),
      );
    case 'name':
      if (lookup(expression.path, scope)?.kind === 'block' || isChoice(resolved, context))
        return expression.path.map(({ text }) => text);
      break;
    case 'comparison':
      context.report(
        messages.at(expression.span, 'DML1301', { expected: 'a value', found: describe(resolved) }),
      );
      return undefined;
  }
  const family = familyOf(resolved, context);
  if (family) return readers[family](resolved, context);
  reportMeaningless(resolved, context);
  return undefined;
}

const readers: Readonly<Record<Family, (written: Written, context: Context) => unknown>> = {
  source: (written, context) => readUse('source', written, context),
  folds: (written, context) => readUse('folds', written, context),
  transform: (written, context) => readChain('transform', 'pipeline', written, context),
  label: readTarget,
  model: (written, context) => readUse('model', written, context),
  loss: readMix,
  optimizer: (written, context) => readUse('optimizer', written, context),
  schedule: (written, context) => readChain('schedule', 'sequence', written, context),
  metric: readMeasures,
  prediction: readPrediction,
  statistic: (written, context) => readUse('statistic', written, context),
};

/** The family that most of the names belong to; the roots of label sources count as label steps. */
function familyOf({ expression }: Written, { registry }: Context): Family | undefined {
  const names = namesWithin(expression).map((name) => name.path[0]!.text);
  if (rootWords.includes(names[0] ?? '')) return 'label';
  const hits = (Object.keys(registry) as Family[]).map((family) => ({
    family,
    count: names.filter((name) => Object.hasOwn(registry[family], name)).length,
  }));
  const best = hits.reduce((a, b) => (b.count > a.count ? b : a));
  return best.count > 0 ? best.family : undefined;
}

function reportMeaningless({ expression, scope }: Written, context: Context): void {
  const known = [
    ...namesIn(scope).keys(),
    ...Object.values(context.registry).flatMap(Object.keys),
    ...rootWords,
  ];
  for (const { path, span } of namesWithin(expression)) {
    if (lookup(path, scope)) continue;
    const name = path.map((part) => part.text).join('.');
    const guess = nearest(name, known);
    const extra = guess ? suggestion(span, guess, known) : {};
    context.report(messages.at(span, 'DML1201', { name }, extra));
  }
}

/** A word that some option takes: a let may hold it. */
function isChoice({ expression }: Written, { registry }: Context): boolean {
  const word = wordOf(expression);
  return (
    word !== undefined &&
    Object.values(registry).some((family) =>
      Object.values(family).some(({ parameters }) => parameters.some(({ type }) => takes(type, word))),
    )
  );
}

function takes(type: ParameterType, word: string): boolean {
  if (type.kind === 'choice') return type.values.includes(word);
  if (type.kind === 'boolean') return word === 'true' || word === 'false';
  return type.kind === 'union' && type.of.some((part) => takes(part, word));
}
