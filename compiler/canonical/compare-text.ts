import type { Compare } from '../experiment.ts';
import type { Registry } from '../registry.ts';
import { declaredName, measuresText, useText } from './text.ts';

/** Fields of a comparison as the language writes them, defaults written out; `of` names what is compared. */
export function compareTexts(
  { arms, rows, columns, metrics, baseline, statistic, expect }: Compare,
  registry: Registry,
): readonly (readonly [field: string, text: string])[] {
  return [
    ['of', [...new Set(arms.map(({ experiment }) => declaredName(experiment.name)))].join(', ')],
    ['rows', listText(rows)],
    ['columns', listText(columns)],
    ['metrics', measuresText(metrics, registry)],
    ['baseline', baseline?.text ?? 'none'],
    ['statistic', statistic ? useText(statistic, 'statistic', registry) : 'none'],
    ['expect', listText(expect.map(({ text }) => text))],
  ];
}

const listText = (items: readonly string[]): string => (items.length === 0 ? 'none' : items.join(', '));
