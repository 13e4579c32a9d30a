import { expect, test } from 'vitest';
import { diffCompares } from '../../../compiler/diff/compares.ts';
import { registry } from '../check/components.ts';
import { checkText, prelude } from '../check/support.ts';

const compareOf = (fields: string, of = 'grid') => {
  const arms = `experiment a extends base { labels: mean  seed: 0 .. 2  evaluate: dice, bdice, ece }
    experiment b extends a { model.width: 32 }
    sweep grid of a { vary labels in [voted, mean]  vary batch in [1, 2] }`;
  const { value, diagnostics } = checkText(`${prelude}${arms} compare c of ${of} { ${fields} }`);
  if (!value) throw new Error(diagnostics.map(({ code, message }) => `${code} ${message}`).join('\n'));
  return value.compares[0]!;
};

const changes = (before: string, after: string, of?: string) =>
  diffCompares(compareOf(before), compareOf(after, of), registry);

test('Comparisons differ in what they show and claim, which is a matter of the report alone', () => {
  expect(changes('rows: labels  metrics: dice', 'columns: batch  metrics: dice, bdice')).toEqual([
    { path: 'columns', before: 'none', after: 'batch', effect: 'report' },
    {
      path: 'metrics',
      before: 'dice on (raters |> majority)',
      after: 'dice on (raters |> majority), bdice on (raters |> average)',
      effect: 'report',
    },
  ]);
  const claims = 'baseline: (labels: voted)  expect: (labels: mean).dice > 0.5';
  expect(changes('', `${claims}  statistic: bootstrap`, 'grid, b').map(({ path }) => path)).toEqual([
    'of',
    'rows',
    'baseline',
    'statistic',
    'expect',
  ]);
});

test('Defaults written out, spelling and order of fields are no difference', () => {
  expect(changes('', 'columns: none  rows: labels, batch  metrics: dice, bdice, ece')).toEqual([]);
  expect(
    changes(
      'baseline: (labels: voted)  statistic: wilcoxon',
      'statistic: wilcoxon(over: cases, correction: holm)  baseline: (labels:voted)',
    ),
  ).toEqual([]);
});
