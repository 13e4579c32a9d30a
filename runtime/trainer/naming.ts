import type {
  Distilled,
  Expectation,
  LabelRoot,
  LabelSource,
  Measure,
  Term,
  Use,
} from '../../compiler/experiment.ts';
import type { Component, Interval, OptionValue, Registry } from '../../compiler/registry.ts';
import { labelKey } from '../data/label-key.ts';
import type { Measured } from './result.ts';

/** An option as the language writes it. */
export function optionText(value: OptionValue): string {
  if (typeof value !== 'object') return String(value);
  if ('unit' in value) return `${value.value} ${value.unit}`;
  if ('size' in value) return value.size.join(' x ');
  if ('low' in value) return intervalText(value);
  if ('mix' in value)
    return Object.entries(value.mix)
      .map(([name, weight]) => `${weight} ${name}`)
      .join(' + ');
  return `[${value.map(optionText).join(', ')}]`;
}

const intervalText = ({ low, high }: Interval): string => `${low} .. ${high}`;

/** The options of a component that differ from their defaults: `bins: 15, where: all`. */
function optionsText({ name, options }: Use, family: Readonly<Record<string, Component>>): string {
  const parameters = family[name]?.parameters ?? [];
  const usual = new Map(parameters.map((parameter) => [parameter.name, JSON.stringify(parameter.default)]));
  return Object.entries(options)
    .filter(([option, value]) => JSON.stringify(value) !== usual.get(option))
    .map(([option, value]) => `${option}: ${optionText(value)}`)
    .join(', ');
}

function useText(use: Use, family: Readonly<Record<string, Component>>): string {
  const options = optionsText(use, family);
  return options ? `${use.name}(${options})` : use.name;
}

/** `raters |> smooth(epsilon: 0.1)` */
export function labelsText(source: LabelSource, registry: Registry): string {
  const { root, steps } = source;
  const begin = rootText(root, registry);
  const first = isSum(source) && steps.length > 0 ? `(${begin})` : begin;
  return [first, ...steps.map((step) => useText(step, registry.label))].join(' |> ');
}

const isSum = ({ root }: LabelSource): boolean => typeof root === 'object' && root.kind === 'sum';

/** `raters`, `distill(big)`, `0.5 (raters |> majority) + 0.5 distill(big)` */
function rootText(root: LabelRoot, registry: Registry): string {
  if (typeof root === 'string') return root;
  if (root.kind === 'distill') return `distill(${distillText(root)})`;
  const terms = root.terms.map(({ weight, source }) => {
    const text = labelsText(source, registry);
    return `${weight} ${source.steps.length > 0 || isSum(source) ? `(${text})` : text}`;
  });
  return terms.join(' + ');
}

function distillText({ experiment, pick, temperature, head }: Distilled): string {
  const picked = pick === 'same' ? '' : 'seed' in pick ? `seed(${pick.seed})` : `best(${pick.best})`;
  return [
    experiment.name,
    ...(picked ? [`pick: ${picked}`] : []),
    ...(temperature === 1 ? [] : [`temperature: ${temperature}`]),
    ...(head === 'main' ? [] : [`head: ${head}`]),
  ].join(', ');
}

/**
 * A metric and the truth that it is on, as results and tables name it; `raters` for one that is on no truth but looks at
 * the raters themselves.
 */
export function measureText({ metric, on }: Measure, registry: Registry): Measured {
  const { truth, unit } = registry.metric[metric.name]?.tags ?? {};
  return {
    metric: metric.name,
    options: optionsText(metric, registry.metric),
    on: truth ? labelsText(on, registry) : 'raters',
    ...(unit ? { unit } : {}),
  };
}

/** `dice > 0.85` */
export const claimText = ({ metric, operator, value }: Expectation): string =>
  `${metric} ${operator} ${typeof value === 'number' ? value : intervalText(value)}`;

/**
 * A name for each term of the loss, all different: that of its loss, with head and target where the name alone would
 * stand twice.
 */
export function termNames(
  terms: readonly Term[],
  labels: LabelSource,
  registry: Registry,
): readonly string[] {
  const short = terms.map(({ loss }) => loss.name);
  const long = terms.map(({ loss, on, at }) => {
    const head = at === 'main' ? '' : ` at ${at}`;
    const target = labelKey(on) === labelKey(labels) ? '' : ` on ${labelsText(on, registry)}`;
    return `${useText(loss, registry.loss)}${head}${target}`;
  });
  const named = short.map((name, i) =>
    short.filter((other) => other === name).length > 1 ? long[i]! : name,
  );
  return named.map((name, i) => {
    const before = named.slice(0, i).filter((other) => other === name).length;
    return before === 0 ? name : `${name} #${before + 1}`;
  });
}
