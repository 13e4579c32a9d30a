import { labelsText, optionsText, useText } from '../../compiler/canonical/text.ts';
import type { LabelSource, ScoredMeasure, Term } from '../../compiler/experiment.ts';
import type { Registry } from '../../compiler/registry.ts';
import { labelKey } from '../data/label-key.ts';
import type { Measured } from './result.ts';

/**
 * A metric and the truth that it is on, as results and tables name it; `raters` for one that is on no truth but looks at
 * the raters themselves.
 */
export function measureText({ data, metric, on }: ScoredMeasure, registry: Registry): Measured {
  const { truth, unit } = registry.metric[metric.name]?.tags ?? {};
  return {
    ...(data === undefined ? {} : { data }),
    metric: metric.name,
    options: optionsText(metric, 'metric', registry),
    on: truth ? labelsText(on, registry) : 'raters',
    ...(unit ? { unit } : {}),
  };
}

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
    return `${useText(loss, 'loss', registry)}${head}${target}`;
  });
  const named = short.map((name, i) =>
    short.filter((other) => other === name).length > 1 ? long[i]! : name,
  );
  return named.map((name, i) => {
    const before = named.slice(0, i).filter((other) => other === name).length;
    return before === 0 ? name : `${name} #${before + 1}`;
  });
}
