import type { LabelSource, Measure, Term, Use } from '../experiment.ts';
import type { Family, OptionValue, Parameter, Registry } from '../registry.ts';
import { type Plain, takesText, valueForm } from './form.ts';

/** Values of an experiment as the language writes them, options that are as by default left out. */

export function useText({ name, options }: Use, family: Family, registry: Registry): string {
  const parameters = registry[family][name]?.parameters ?? [];
  const given = Object.entries(options).flatMap(([option, value]) => {
    const parameter = parameters.find((each) => each.name === option);
    const text = optionText(value, parameter);
    const isUsual = parameter?.default !== undefined && optionText(parameter.default, parameter) === text;
    return isUsual ? [] : [`${option}: ${text}`];
  });
  return given.length === 0 ? name : `${name}(${given.join(', ')})`;
}

/** An option as written: only its type tells a text, in quotes, from a choice. */
export function optionText(value: OptionValue, parameter: Parameter | undefined): string {
  return plainText(valueForm(value), parameter !== undefined && takesText(parameter.type));
}

/** A value of the canonical form as the language writes it. */
export function plainText(value: Plain, quoted = false): string {
  if (Array.isArray(value)) return `[${value.map((item: Plain) => plainText(item, quoted)).join(', ')}]`;
  if (typeof value === 'string') return quoted ? `"${value}"` : value;
  if (typeof value !== 'object') return String(value);
  return `(${Object.entries(value)
    .map(([name, part]) => `${name}: ${plainText(part as Plain)}`)
    .join(', ')})`;
}

export const chainText = (
  uses: readonly Use[],
  family: Family,
  separator: string,
  registry: Registry,
): string =>
  uses.length === 0 ? 'none' : uses.map((use) => useText(use, family, registry)).join(` ${separator} `);

export const labelsText = ({ root, steps }: LabelSource, registry: Registry): string =>
  [root, ...steps.map((step) => useText(step, 'label', registry))].join(' |> ');

/** `on …`, with parentheses around a pipeline. */
const targetText = (source: LabelSource, registry: Registry): string =>
  source.steps.length === 0 ? `on ${source.root}` : `on (${labelsText(source, registry)})`;

/** A target is written where it is not that of the experiment. */
export function mixText(terms: readonly Term[], labels: LabelSource, registry: Registry): string {
  const usual = labelsText(labels, registry);
  return terms
    .map(({ weight, loss, on, at }) =>
      [
        ...(weight === 1 && terms.length === 1 ? [] : [String(weight)]),
        useText(loss, 'loss', registry),
        ...(at === 'main' ? [] : [`at ${at}`]),
        ...(labelsText(on, registry) === usual ? [] : [targetText(on, registry)]),
      ].join(' '),
    )
    .join(' + ');
}

export const measuresText = (measures: readonly Measure[], registry: Registry): string =>
  measures.length === 0
    ? 'none'
    : measures
        .map(({ metric, on }) => `${useText(metric, 'metric', registry)} ${targetText(on, registry)}`)
        .join(', ');
