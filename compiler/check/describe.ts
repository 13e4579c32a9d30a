import type { Span } from '../../grammar/source.ts';
import type { Expression } from '../../grammar/syntax.ts';
import type { Family, ParameterType } from '../registry.ts';
import { amountOf } from './numbers.ts';
import { lookup, type Written } from './scope.ts';

/** Families as messages call them. */
export const familyNames: Readonly<Record<Family, string>> = {
  source: 'data source',
  folds: 'way to cut folds',
  transform: 'transform',
  label: 'label step',
  model: 'model',
  loss: 'loss',
  optimizer: 'optimizer',
  schedule: 'schedule phase',
  metric: 'metric',
  prediction: 'prediction step',
  statistic: 'statistic',
};

/** A kind of block as messages call it. */
export const blockName = (keyword: string): string => blockNames[keyword] ?? keyword;

const blockNames: Readonly<Record<string, string>> = { dataset: 'data set', compare: 'comparison' };

/** The text of a place on one line. */
export const textOf = ({ source, start, end }: Span): string =>
  source.text.slice(start, end).replace(/\s+/g, ' ').trim();

/** `` `64 x 64`, a size`` */
export function describe({ expression, scope }: Written): string {
  const text = shorten(textOf(expression.span));
  const kind = kindOf({ expression, scope });
  return kind ? `\`${text}\`, ${kind}` : `\`${text}\``;
}

const shorten = (text: string) => (text.length > 50 ? `${text.slice(0, 47)}…` : text);

const kinds: Partial<Record<Expression['kind'], string>> = {
  number: 'a number',
  size: 'a size',
  text: 'a text',
  list: 'a list',
  tuple: 'a record',
  range: 'a range',
  pipeline: 'a pipeline',
  sequence: 'a sequence of phases',
  comparison: 'a comparison',
};

function kindOf(written: Written): string | undefined {
  const { expression, scope } = written;
  if (expression.kind === 'number') return undefined;
  const amount = amountOf(written);
  if (amount) {
    const isPlain = ['negation', 'scaled'].includes(expression.kind);
    return isPlain ? undefined : `which is ${amount.value}${amount.unit ? ` ${amount.unit}` : ''}`;
  }
  if (expression.kind === 'name') {
    const entity = lookup(expression.path, scope);
    if (entity?.kind === 'block') return article(blockName(entity.block.keyword.text));
    if (entity?.kind === 'value') return kindOf(entity);
  }
  return kinds[expression.kind];
}

export const article = (noun: string): string => `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;

/** What an option may be, in words. */
export function describeType(type: ParameterType): string {
  switch (type.kind) {
    case 'number': {
      const bounds = [
        type.exclusiveMinimum === undefined ? [] : `above ${type.exclusiveMinimum}`,
        type.minimum === undefined ? [] : `at least ${type.minimum}`,
        type.maximum === undefined ? [] : `at most ${type.maximum}`,
      ].flat();
      return [type.odd ? 'an odd number' : type.integer ? 'a whole number' : 'a number', bounds.join(' and ')]
        .filter(Boolean)
        .join(' ');
    }
    case 'boolean':
      return '`true` or `false`';
    case 'text':
      return 'a text in double quotes';
    case 'choice':
      return type.values.length === 1 ? `\`${type.values[0]}\`` : `one of ${quoted(type.values)}`;
    case 'quantity':
      return {
        duration: 'a duration such as `10 epochs` or `500 steps`',
        length: 'a length such as `3 px`',
        share: 'a share between 0 and 1, such as `5%`',
      }[type.dimension];
    case 'size':
      return 'a size such as `64 x 64`';
    case 'range':
      return 'a range such as `0.5 .. 2.0`';
    case 'mix':
      return `one of ${quoted(type.of)}, or a weighted sum such as \`${type.of.map((name) => `0.5 ${name}`).join(' + ')}\``;
    case 'list':
      return `a list, each ${describeType(type.of)}`;
    case 'union':
      return type.of.map(describeType).join(', or ');
  }
}

export const quoted = (names: Iterable<string>): string => [...names].map((name) => `\`${name}\``).join(', ');

/** `sgd(rate:, momentum: 0.9)`: what it may be given. */
export function signatureOf({
  name,
  parameters,
}: {
  readonly name: string;
  readonly parameters: readonly { readonly name: string }[];
}): string {
  const options = parameters.map((parameter) => `${parameter.name}:`);
  return options.length === 0 ? name : `${name}(${options.join(', ')})`;
}
