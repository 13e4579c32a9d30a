import type {
  Component,
  Family,
  OptionValue,
  Parameter,
  ParameterType,
  Registry,
} from '../../compiler/registry.ts';

/** Heading of each family, and where its members stand in the language; in the order of the reference. */
const families: Readonly<Record<Family, readonly [title: string, place: string]>> = {
  source: ['Data', 'The `source` of a dataset.'],
  folds: ['Folds', 'The `folds` of a dataset.'],
  label: ['Label steps', 'What follows `raters |>` or `mask |>` in a label source.'],
  transform: ['Augmentation', 'The field `augment`, joined by `|>`.'],
  model: ['Models', 'The field `model`.'],
  loss: ['Losses', 'The field `loss`, mixed by weights.'],
  optimizer: ['Optimizers', 'The field `optimizer`.'],
  schedule: ['Schedules', 'The field `schedule`, joined by `then`.'],
  metric: [
    'Metrics',
    'The field `evaluate`, each `on` a ground truth; scores are fractions, unless a unit is given.',
  ],
};

/** The reference of all components as Markdown. */
export function componentReference(registry: Registry): string {
  const sections = (Object.keys(families) as Family[]).map((family) => {
    const members = Object.values(registry[family]);
    const [title, place] = families[family];
    return members.length === 0 ? [] : [`### ${title}\n\n${place}\n`, ...members.map(describe)];
  });
  return sections.flat().join('\n');
}

/** What a metric is on if nothing is written, by its tag. */
const truths: Readonly<Record<string, string>> = {
  hard: '`raters |> majority`',
  soft: '`raters |> average`',
};

function describe({ name, doc, tags, parameters, file }: Component): string {
  const source = tags.source ? `\nSource: ${oneLine(tags.source)}\n` : '';
  const truth = truths[tags.truth ?? ''];
  const measured = truth ? `\nMeasured against ${truth} if no \`on\` is written.\n` : '';
  const table =
    parameters.length === 0
      ? ''
      : `\n| option | value | default | |\n|---|---|---|---|\n${parameters.map(row).join('\n')}\n`;
  return `#### \`${name}\`\n\n${doc}\n${measured}${source}${table}\n<sub>[${file}](../${file})</sub>\n`;
}

function row({ name, type, doc, default: value }: Parameter): string {
  const initial = value === undefined ? 'must be given' : `\`${printValue(value)}\``;
  return `| \`${name}\` | ${printType(type)} | ${initial} | ${oneLine(doc).replaceAll('|', '\\|')} |`;
}

function printType(type: ParameterType): string {
  switch (type.kind) {
    case 'number':
      return `${type.integer ? 'whole number' : 'number'}${printLimits(type)}`;
    case 'boolean':
      return '`true`, `false`';
    case 'choice':
      return type.values.map((value) => `\`${value}\``).join(', ');
    case 'quantity':
      return { duration: 'epochs or steps', length: '`px`', share: 'share (`5%`)' }[type.dimension];
    case 'list':
      return `list of ${printType(type.of)}`;
    case 'union':
      return type.of.map(printType).join(' or ');
    case 'mix':
      return `${type.of.map((value) => `\`${value}\``).join(', ')}, or a weighted sum of them`;
    case 'text':
    case 'size':
    case 'range':
      return type.kind;
    default:
      return type satisfies never;
  }
}

function printLimits(limits: Extract<ParameterType, { kind: 'number' }>): string {
  const { minimum, maximum, exclusiveMinimum, odd } = limits;
  const low = minimum === undefined ? [] : [`≥ ${minimum}`];
  const above = exclusiveMinimum === undefined ? [] : [`> ${exclusiveMinimum}`];
  const high = maximum === undefined ? [] : [`≤ ${maximum}`];
  const all = [...(odd ? ['odd'] : []), ...low, ...above, ...high];
  return all.length > 0 ? ` ${all.join(', ')}` : '';
}

/** A default as the language writes it. */
function printValue(value: OptionValue): string {
  if (typeof value === 'string') return value === '' ? '""' : value;
  if (typeof value !== 'object') return String(value);
  if ('unit' in value) return `${value.value} ${value.unit}`;
  if ('size' in value) return value.size.join(' x ');
  if ('low' in value) return `${value.low} .. ${value.high}`;
  if ('mix' in value)
    return Object.entries(value.mix)
      .map(([name, weight]) => `${weight} ${name}`)
      .join(' + ');
  return `[${value.map(printValue).join(', ')}]`;
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ');
