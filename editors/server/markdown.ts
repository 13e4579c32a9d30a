import { optionText } from '../../compiler/canonical/text.ts';
import { describeType } from '../../compiler/check/describe.ts';
import type { CallFacts, OptionFacts } from '../../compiler/check/takes.ts';
import type { Component, Parameter } from '../../compiler/registry.ts';
import type { FieldDescription } from './fields.ts';

/** `= 0.5`, or that it must be given. */
const initial = (parameter: Parameter): string =>
  parameter.default === undefined
    ? 'must be given'
    : `default \`${optionText(parameter.default, parameter)}\``;

/** What an option may be, with the unit that it is counted in. */
export const typeText = ({ type, unit }: Parameter): string =>
  `${describeType(type)}${unit ? `, in ${unit}` : ''}`;

export const optionDoc = (parameter: Parameter): string =>
  `**${parameter.name}**: ${typeText(parameter)}; ${initial(parameter)}\n\n${parameter.doc}`;

const initialText = ({ default: value }: OptionFacts): string =>
  value === undefined ? 'must be given' : `default ${value.includes('`') ? value : `\`${value}\``}`;

/** An option of a call that is no component. */
export const factsDoc = (facts: OptionFacts): string =>
  `**${facts.name}**: ${facts.expected}; ${initialText(facts)}\n\n${facts.doc}`;

/** What such a call is, with its options. */
export function callDoc({ name, doc, parameters }: CallFacts): string {
  const rows = parameters.map(
    (each) =>
      `| \`${each.name}\` | ${cell(each.expected)} | ${cell(initialText(each))} | ${cell(each.doc)} |`,
  );
  return [`**${name}**`, doc, tableOf(rows)].join('\n\n');
}

/** What a component is: its doc comment, formula, options and source. */
export function componentDoc({ name, doc, tags, parameters }: Component): string {
  const parts = [
    `**${name}**`,
    doc,
    tags.formula === undefined ? '' : `$$${tags.formula}$$`,
    optionTable(parameters),
    tags.source === undefined ? '' : `Source: ${tags.source}`,
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function optionTable(parameters: readonly Parameter[]): string {
  if (parameters.length === 0) return '';
  const rows = parameters.map(
    (each) => `| \`${each.name}\` | ${cell(typeText(each))} | ${cell(initial(each))} | ${cell(each.doc)} |`,
  );
  return tableOf(rows);
}

const tableOf = (rows: readonly string[]): string =>
  ['| option | value | | |', '|---|---|---|---|', ...rows].join('\n');

const cell = (text: string): string => text.replace(/\s+/g, ' ').replaceAll('|', '\\|');

export const fieldDoc = (name: string, { doc, example }: FieldDescription): string =>
  `**${name}**: ${doc}\n\n\`\`\`dml\n${name}: ${example}\n\`\`\``;
