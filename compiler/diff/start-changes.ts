import { partsForm } from '../canonical/start-form.ts';
import { pickText, plainText, startText } from '../canonical/text.ts';
import type { Start, Trained } from '../experiment.ts';
import type { Registry } from '../registry.ts';
import type { Difference } from './option-changes.ts';
import { type Compare, networkChanges, wordChanges } from './source-changes.ts';

/** What differs in where training begins: options of the same kind one by one, and what two other experiments differ in. */
export function startChanges(
  [before, after]: readonly [Start, Start],
  compare: Compare,
  registry: Registry,
): readonly Difference[] {
  const whole = [{ path: 'start', before: startText(before), after: startText(after) }];
  if (before === 'random' || after === 'random') return whole;
  if (before.kind === 'weights' && after.kind === 'weights') {
    const texts = ({ file, parts }: typeof before) => ({ file: `"${file}"`, parts: partsText(parts) });
    return wordChanges('start.weights', texts(before), texts(after));
  }
  if (before.kind === 'weights' || after.kind === 'weights') return whole;
  const path = 'start.trained';
  const found = [
    ...networkChanges(path, before, after, compare, registry),
    ...wordChanges(path, trainedTexts(before), trainedTexts(after)),
  ];
  return found.length > 0 ? found : whole;
}

const trainedTexts = ({ pick, fold, parts }: Trained) => ({
  pick: pickText(pick),
  fold: String(fold),
  parts: partsText(parts),
});

const partsText = (parts: Trained['parts']): string => plainText(partsForm(parts));
