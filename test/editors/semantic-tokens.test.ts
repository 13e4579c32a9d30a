import { describe, expect, test } from 'vitest';
import { legend, semanticTokensIn } from '../../editors/server/semantic-tokens.ts';
import { viewAt } from '../support/view.ts';

const text = `dml 1
use "./sets.dml" as sets
let voted = raters |> majority  # by vote
## The base.
experiment base {
  data: sets.kidney
  labels: voted
  loss: 0.25 ce + 0.75 dml1(smooth: 5) at aux
  train: 10 epochs
  model.width: 16
}
sweep s of base {
  let w in [0, 0.5]
  vary loss in [w * ce]
}
`;
const files = { 'sets.dml': 'dml 1\ndataset kidney { source: phantom }\n' };

/** Every token with its text, type and modifiers. */
function tokens(within?: {
  start: number;
  end: number;
}): readonly (readonly [string, string, ...string[]])[] {
  const { view } = viewAt(`${text}‸`, files);
  const { data } = semanticTokensIn(view, within);
  const lines = text.split('\n');
  let [line, column] = [0, 0];
  return Array.from({ length: data.length / 5 }, (_, i) => {
    const [down, right, length, type, bits] = data.slice(5 * i) as [number, number, number, number, number];
    line += down;
    column = down > 0 ? right : column + right;
    const also = legend.tokenModifiers.filter((_, bit) => bits & (1 << bit));
    return [lines[line]!.slice(column, column + length), legend.tokenTypes[type]!, ...also] as const;
  });
}
const kinds = (word: string) =>
  tokens()
    .filter(([each]) => each === word)
    .map(([, ...kind]) => kind.join(' '));

describe('a word is shown as', () => {
  test.each([
    ['dml', ['keyword']],
    ['use', ['keyword']],
    ['"./sets.dml"', ['string']],
    ['sets', ['namespace declaration', 'namespace']],
    ['kidney', ['class']],
    ['voted', ['variable declaration', 'variable']],
    ['raters', ['variable defaultLibrary']],
    ['majority', ['function defaultLibrary']],
    ['# by vote', ['comment']],
    ['## The base.', ['comment documentation']],
    ['experiment', ['keyword']],
    ['base', ['class declaration', 'class']],
    ['labels', ['property']],
    ['dml1', ['function defaultLibrary']],
    ['smooth', ['parameter']],
    ['aux', ['enumMember']],
    ['10', ['number']],
    ['epochs', ['keyword']],
    ['width', ['property']],
    ['loss', ['property', 'property']],
    ['w', ['variable declaration', 'variable']],
    ['|>', ['operator']],
    ['in', ['keyword', 'keyword']],
  ])('%s: %j', (word, wanted) => {
    expect(kinds(word)).toEqual(wanted);
  });
});

test('of a stretch, the tokens of that stretch alone', () => {
  const start = text.indexOf('train');
  const some = tokens({ start, end: start + 5 });
  expect(some.map(([word]) => word)).toContain('train');
  expect(some.length).toBeLessThan(5);
});

test('a file that cannot be read has what can be read of it', () => {
  const { view } = viewAt('dml 1\nexperiment a {{ loss: 0.25 ce‸');
  expect(semanticTokensIn(view).data.length).toBeGreaterThan(0);
});
