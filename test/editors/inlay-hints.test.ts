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

const family = `dml 1
let net = unet(depth: 3, width: 8)
protocol common { model: net  loss: 0.25 ce + 0.75 dml1  schedule: poly  train: 10 epochs }
experiment a extends common {
  train: 20 epochs
  model.width: 16
  model.norm: batch
  loss.dml1.smooth: 1
}
experiment b extends a {
  model.width: 32
}
‸`;

test('what is inherited stands behind the parent, and behind a path what it was, given or by default', () => {
  const { view } = viewAt(family);
  const shown = hintsIn(view).map(({ label, position: { line } }) => [line, label]);
  expect(shown).toEqual([
    [3, '(model, loss, schedule)'],
    [5, 'was 8'],
    [6, 'was none'],
    [7, 'was 0.001'],
    [9, '(model, loss, schedule, train)'],
    [10, 'was 16'],
  ]);
  expect(hintsIn(view)[0]!.tooltip).toMatchObject({
    value: '```dml\nmodel: net\nloss: 0.25 ce + 0.75 dml1\nschedule: poly\n```',
  });
});

test('what running an experiment comes to stands behind the brace that opens it', () => {
  const { view } = viewAt(family);
  const hints = hintsIn(view, { b: '1 run of 10 steps', other: 'nothing' });
  expect(hints.at(-1)).toMatchObject({
    label: '1 run of 10 steps',
    position: { line: 9, character: 'experiment b extends a {'.length },
  });
});
