import { expect, test } from 'vitest';
import { hintsIn } from '../../editors/server/inlay-hints.ts';
import { viewAt } from '../support/view.ts';

const hint = (loss: string) => {
  const text = `dml 1\nlet mix = 0.25 ce + 0.75 dml1(smooth: 1)\nexperiment a {\n  loss: ${loss}‸\n}\n`;
  return hintsIn(viewAt(text).view).map(({ label, position }) => [label, position]);
};

test('a loss of names and parentheses shows its terms with their effective weights, right behind it', () => {
  const loss = '0.5 mix + 0.5 (ce + sdl) on teacher';
  const label = '= 0.125 ce + 0.375 dml1(smooth: 1) + 0.5 ce on teacher + 0.5 sdl on teacher';
  expect(hint(loss)).toEqual([[label, { line: 3, character: 8 + loss.length }]]);
});

test('a loss that says its weights itself, or that is wrong, shows nothing', () => {
  expect(hint('0.25 ce + 0.75 dml1')).toEqual([]);
  expect(hint('0.5 mix + 0.5 nonsense')).toEqual([]);
});
