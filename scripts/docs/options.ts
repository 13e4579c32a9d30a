import { optionText } from '../../compiler/canonical/text.ts';
import type { Parameter, ParameterType } from '../../compiler/registry.ts';

/** The options of a component as a Markdown table: what they may be, in which unit, and what they are by default. */
export function optionTable(parameters: readonly Parameter[]): string {
  if (parameters.length === 0) return '';
  const head = '| option | value | unit | default | |\n|---|---|---|---|---|';
  return `${head}\n${parameters.map(row).join('\n')}\n`;
}

function row(parameter: Parameter): string {
  const { name, type, doc, unit = printUnit(type), default: value } = parameter;
  const initial = value === undefined ? 'must be given' : `\`${optionText(value, parameter)}\``;
  return `| \`${name}\` | ${printType(type)} | ${unit} | ${initial} | ${oneLine(doc).replaceAll('|', '\\|')} |`;
}

function printType(type: ParameterType): string {
  switch (type.kind) {
    case 'number':
      return `${wholeness(type)}${printLimits(type)}`;
    case 'boolean':
      return '`true`, `false`';
    case 'choice':
      return type.values.map((value) => `\`${value}\``).join(', ');
    case 'quantity':
      return { duration: 'a stretch of training', length: 'a length', share: '0 … 1, or `5%`' }[
        type.dimension
      ];
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

const wholeness = ({ integer, odd }: Extract<ParameterType, { kind: 'number' }>) =>
  odd ? 'odd number' : integer ? 'whole number' : 'number';

function printLimits(limits: Extract<ParameterType, { kind: 'number' }>): string {
  const { minimum, maximum, exclusiveMinimum } = limits;
  const low = minimum === undefined ? [] : [`≥ ${minimum}`];
  const above = exclusiveMinimum === undefined ? [] : [`> ${exclusiveMinimum}`];
  const high = maximum === undefined ? [] : [`≤ ${maximum}`];
  const all = [...low, ...above, ...high];
  return all.length > 0 ? ` ${all.join(', ')}` : '';
}

/** Units that a value may be written in; empty for plain numbers and names. */
function printUnit(type: ParameterType): string {
  switch (type.kind) {
    case 'quantity':
      return { duration: '`epochs`, `steps`', length: '`px`', share: 'share' }[type.dimension];
    case 'list':
      return printUnit(type.of);
    case 'union':
      return [...new Set(type.of.map(printUnit).filter((unit) => unit !== ''))].join(', ');
    default:
      return '';
  }
}

export const oneLine = (text: string) => text.replace(/\s+/g, ' ');
