import { compareTexts } from '../canonical/compare-text.ts';
import type { Compare } from '../experiment.ts';
import type { Registry } from '../registry.ts';
import type { Change } from './option-changes.ts';

/**
 * What differs between two comparisons. All of it is a matter of the report: what the experiments in them train and score is
 * their own, and differs there.
 */
export function diffCompares(before: Compare, after: Compare, registry: Registry): readonly Change[] {
  const [from, to] = [before, after].map((one) => new Map(compareTexts(one, registry)));
  return [...from!].flatMap(([path, text]) => {
    const other = to!.get(path)!;
    return text === other ? [] : [{ path, before: text, after: other, effect: 'report' as const }];
  });
}
