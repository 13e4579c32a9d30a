import { describe, expect, test } from 'vitest';
import type { Compare } from '../../../compiler/experiment.ts';
import { checkText, codesOf, prelude } from './support.ts';

const arms = `
experiment plain extends base { labels: voted  seed: 0 .. 2 }
experiment wide extends plain { model.width: 32 }
experiment soft extends plain { labels: mean }
sweep grid of plain {
  vary labels in [voted, mean]
  vary model.width in [8, 16]
}
`;

function compareOf(text: string, options: Parameters<typeof checkText>[1] = {}): Compare {
  const { value, diagnostics } = checkText(prelude + arms + text, options);
  if (!value) throw new Error(diagnostics.map(({ code, message }) => `${code} ${message}`).join('\n'));
  return value.compares[0]!;
}

/** Messages about a comparison of the sweep and an experiment. */
const about = (fields: string, of = 'grid, wide') =>
  checkText(`${prelude}${arms}compare c of ${of} { ${fields} }`).diagnostics;
const codes = (fields: string, of?: string) => about(fields, of).map(({ code }) => code);
const helps = (fields: string) => about(fields).map(({ help }) => help);

const valuesOf = ({ arms: all }: Compare) =>
  all.map(({ values }) => values.map((value) => value ?? '–').join(' '));

describe('What is compared', () => {
  test('experiments: one factor, their names', () => {
    const compare = compareOf('compare c of plain, wide { }');
    expect(compare).toMatchObject({ factors: ['experiment'], rows: ['experiment'], columns: [] });
    expect(valuesOf(compare)).toEqual(['plain', 'wide']);
    expect(compare.arms.map(({ arm, experiment }) => [arm?.number, experiment.name])).toEqual([
      [undefined, 'plain'],
      [undefined, 'wide'],
    ]);
  });

  test('a sweep: its factors and arms', () => {
    const compare = compareOf('compare c of grid { }');
    expect(compare.factors).toEqual(['labels', 'model.width']);
    expect(valuesOf(compare)).toEqual(['voted 8', 'voted 16', 'mean 8', 'mean 16']);
    expect(compare.arms.map(({ arm, experiment }) => [arm?.number, experiment.name])).toEqual([
      [1, 'grid/1'],
      [2, 'grid/2'],
      [3, 'grid/3'],
      [4, 'grid/4'],
    ]);
  });

  test('both: what an arm does not have stays open', () => {
    const compare = compareOf('compare c of grid, wide { }');
    expect(compare.factors).toEqual(['experiment', 'labels', 'model.width']);
    expect(valuesOf(compare).slice(3)).toEqual(['grid mean 16', 'wide – –']);
  });

  test('a sweep of several experiments keeps their names', () => {
    const compare = compareOf('sweep s of plain, wide { vary batch in [1, 2] } compare c of s, soft { }');
    expect(compare.factors).toEqual(['experiment', 'batch']);
    expect(valuesOf(compare)).toEqual(['plain 1', 'plain 2', 'wide 1', 'wide 2', 'soft –']);
  });

  test('what another file declares', () => {
    const files = {
      'other.dml': `${prelude}${arms}`,
    };
    const text =
      'dml 1 use "./other.dml" as o compare c of o.grid, o.wide { baseline: o.wide  rows: labels }';
    const { value, diagnostics } = checkText(text, { files });
    expect(diagnostics).toEqual([]);
    expect(value!.experiments).toEqual([]);
    expect(value!.compares[0]!.arms).toHaveLength(5);
  });

  test('what the command line sets goes to all that is compared, and to nothing else', () => {
    const text = 'sweep other of plain { vary batch in [1, 2] } compare c of grid, wide { }';
    const { value } = checkText(prelude + arms + text, { set: ['train=1 epoch'], target: 'c' });
    const epochs = value!.compares[0]!.arms.map(({ experiment }) => experiment.train);
    expect(epochs).toEqual(Array(5).fill({ value: 1, unit: 'epochs' }));
    expect(value!.sweeps[1]!.arms[0]!.experiment.train).toEqual({ value: 10, unit: 'epochs' });
    expect(codesOf(`${arms}${text}`, { set: ['labels=mean'], target: 'c' })).toEqual(['DML1353']);
  });

  test.each([
    ['an unknown name', 'grdi', 'DML1203'],
    ['a protocol', 'base', 'DML1225'],
    ['a name twice', 'grid, grid', 'DML1370'],
    ['one experiment', 'plain', 'DML1371'],
  ])('%s is told', (_, of, code) => {
    expect(codes('', of)).toEqual([code]);
  });

  test('a mistake in an arm is told once, and nothing follows from it', () => {
    const text =
      'experiment bad extends plain { labels: votd } compare c of bad, plain { baseline: bad  statistic: wilcoxon }';
    expect(codesOf(`${arms}${text}`)).toEqual(['DML1203']);
  });
});

describe('The table', () => {
  test('has factors down and across, by path or by its last word', () => {
    expect(compareOf('compare c of grid { columns: width }')).toMatchObject({
      rows: ['labels'],
      columns: ['model.width'],
    });
    expect(compareOf('compare c of grid { rows: model.width }')).toMatchObject({
      rows: ['model.width'],
      columns: [],
    });
    expect(compareOf('compare c of grid { rows: none  columns: model.width, labels }')).toMatchObject({
      rows: [],
      columns: ['model.width', 'labels'],
    });
  });

  test('finds paired values by either of their paths', () => {
    const sweep = 'sweep s of plain { vary model.depth, model.width in [(2, 8), (3, 16)] }';
    expect(compareOf(`${sweep} compare c of s { columns: depth }`).columns).toEqual([
      'model.depth, model.width',
    ]);
  });

  test('shows what all arms measure, unless it is told what', () => {
    const names = (text: string) =>
      compareOf(text).metrics.map(({ metric, on }) => `${metric.name} ${on.steps[0]!.name}`);
    expect(names('compare c of plain, soft { }')).toEqual(['dice majority', 'ece majority', 'bdice average']);
    expect(names('compare c of plain, soft { metrics: ece, dice on voted }')).toEqual([
      'ece majority',
      'dice majority',
    ]);
    const twice = `experiment a extends plain { evaluate: ece on mean, ece(bins: 5) on voted, ece on voted }
      experiment b extends a { batch: 2 } compare c of a, b`;
    expect(names(`${twice} { metrics: ece }`)).toEqual(['ece average', 'ece majority', 'ece majority']);
    expect(names(`${twice} { metrics: ece on labels }`)).toEqual(['ece majority', 'ece majority']);
    expect(compareOf(`${twice} { metrics: ece(bins: 5) }`).metrics[0]!.metric.options).toEqual({ bins: 5 });
  });

  test.each([
    ['rows: lables', ['DML1372'], 'Did you mean `labels`?'],
    ['columns: wdth', ['DML1372'], 'Did you mean `width`?'],
    ['rows: "labels"', ['DML1301'], undefined],
    ['rows: labels  columns: labels', ['DML1373'], undefined],
    ['rows: labels, labels', ['DML1373'], undefined],
    ['metrics: dise', ['DML1203'], 'Did you mean `dice`?'],
    ['metrics: bdice', ['DML1374'], undefined],
    ['metrics: dice on mean', ['DML1374'], undefined],
    ['row: labels', ['DML1212'], 'Did you mean `rows`?'],
    ['rows.labels: 1', ['DML1215'], undefined],
    ['rows: labels  rows: experiment', ['DML1213'], undefined],
    ['vary labels in [voted]', ['DML1223'], undefined],
  ])('%s is told', (fields, expected, help) => {
    expect(codes(fields)).toEqual(expected);
    if (help) expect(helps(fields)).toEqual([help]);
  });

  test('of another kind by a let is told where it is meant to be a metric', () => {
    const text = `${prelude}experiment a extends base { labels: mean } experiment b extends a { batch: 2 }
      let wanted = 3  compare c of a, b { metrics: dice, wanted }`;
    const { diagnostics } = checkText(text);
    const where = diagnostics.map(({ code, span }) => [code, text.slice(span.start - 6, span.end)]);
    expect(where).toEqual([['DML1301', 'dice, wanted']]);
  });
});

describe('The baseline', () => {
  const baseline = (fields: string, of = 'grid, wide') =>
    compareOf(`compare c of ${of} { ${fields} }`).baseline!;

  test('is an experiment: every other arm is compared with it', () => {
    expect(baseline('baseline: wide')).toEqual({ text: 'wide', arms: [4], of: [[4], [4], [4], [4], []] });
  });

  test('is a record: an arm is compared with the one that agrees in all other factors', () => {
    expect(baseline('baseline: (labels: raters |> majority)')).toEqual({
      text: '(labels: raters |> majority)',
      arms: [0, 1],
      of: [[], [], [0], [1], [0, 1]],
    });
    expect(baseline('baseline: (labels: voted, width: 8)', 'grid')).toMatchObject({
      arms: [0],
      of: [[], [0], [0], [0]],
    });
  });

  test('brings a test, unless none is wanted', () => {
    expect(compareOf('compare c of plain, wide { }').statistic).toBeUndefined();
    expect(compareOf('compare c of plain, wide { baseline: plain }').statistic).toMatchObject({
      name: 'wilcoxon',
      options: { over: 'cases', correction: 'holm' },
    });
    expect(
      compareOf('compare c of plain, wide { baseline: plain  statistic: none }').statistic,
    ).toBeUndefined();
    expect(
      compareOf('compare c of plain, wide { baseline: plain  statistic: bootstrap(confidence: 90%) }')
        .statistic,
    ).toMatchObject({ name: 'bootstrap', options: { confidence: 0.9, over: 'cases' } });
  });

  test.each([
    ['baseline: wid', ['DML1203'], 'Did you mean `wide`?'],
    ['baseline: (lables: voted)', ['DML1372'], 'Did you mean `labels`?'],
    ['baseline: (labels: votd)', ['DML1203'], 'Did you mean `voted`?'],
    ['baseline: (width: 32)', ['DML1375'], 'There are `model.width`: `8`, `16`.'],
    ['baseline: (experiment: wdie)', ['DML1375'], 'There are `experiment`: `grid`, `wide`.'],
    ['baseline: 3', ['DML1301'], undefined],
    ['baseline: none  statistic: none', [], undefined],
    ['statistic: wilcoxon', ['DML1377'], undefined],
    ['baseline: wide  statistic: wilcoxn', ['DML1203'], 'Did you mean `wilcoxon`?'],
    ['baseline: wide  statistic: wilcoxon(over: case)', ['DML1201'], 'Did you mean `cases`?'],
    ['baseline: wide  statistic: wilcoxon(ovr: cases)', ['DML1218'], 'Did you mean `over`?'],
    ['baseline: wide  statistic: bootstrap(confidence: 95)', ['DML1310'], undefined],
    ['baseline: wide  statistic: dice', ['DML1203'], undefined],
  ])('%s', (fields, expected, help) => {
    expect(codes(fields)).toEqual(expected);
    if (help) expect(helps(fields)).toEqual([help]);
  });

  test('must leave something to compare', () => {
    expect(codes('baseline: (labels: voted)', 'grid')).toEqual([]);
    expect(codes('baseline: grid', 'grid')).toEqual(['DML1376']);
  });
});

describe('Claims', () => {
  const claims = (expects: string) => compareOf(`compare c of grid, wide { expect: ${expects} }`).expect;

  test('compare metrics of arms, each by a name or a record', () => {
    const [first, second] = claims('wide.dice > (labels: mean).dice, wide.ece in 0 .. 5%');
    expect(first).toMatchObject({
      text: 'wide.dice > (labels: mean).dice',
      left: { terms: [{ weight: 1, arms: [4], metric: 0 }], constant: 0 },
      operator: '>',
      right: { terms: [{ weight: 1, arms: [2, 3], metric: 0 }], constant: 0 },
    });
    expect(second).toMatchObject({ operator: 'in', right: { low: 0, high: 0.05 } });
  });

  test('take differences, multiples, and ends of their interval', () => {
    const [difference] = claims('lower(wide.dice - 0.5 grid.dice + 0.1) > 0');
    expect(difference).toMatchObject({
      left: {
        of: 'lower',
        terms: [
          { weight: 1, arms: [4], metric: 0 },
          { weight: -0.5, arms: [0, 1, 2, 3], metric: 0 },
        ],
        constant: 0.1,
      },
      right: { terms: [], constant: 0 },
    });
    const [worst] = claims('worst(wide.dice) >= 1 - 2 * 0.3');
    expect(worst).toMatchObject({ left: { of: 'worst' }, right: { constant: 0.4 } });
  });

  test.each([
    ['wide.dice', ['DML1301'], undefined],
    ['dice > 0.5', ['DML1380'], 'Put its name before it: `grid.dice`.'],
    ['wid.dice > 0.5', ['DML1203'], 'Did you mean `wide`?'],
    ['wide.dise > 0.5', ['DML1382'], 'Did you mean `dice`?'],
    ['(lables: mean).dice > 0.5', ['DML1372'], 'Did you mean `labels`?'],
    ['(labels: soft).dice > 0.5', ['DML1301'], undefined],
    ['(width: 9).dice > 0.5', ['DML1375'], undefined],
    ['lowr(wide.dice) > 0.5', ['DML1201'], 'Did you mean `lower`?'],
    ['lower(wide.dice, 3) > 0.5', ['DML1301'], undefined],
    ['worst(wide.dice - grid.dice) > 0', ['DML1379'], undefined],
    ['wide.dice * grid.dice > 0', ['DML1301'], undefined],
    ['wide.dice > nothing', ['DML1201'], undefined],
    ['wide.dice in 0.5', ['DML1301'], undefined],
    ['1 > 0', ['DML1378'], undefined],
    ['none', [], undefined],
  ])('%s', (claim, expected, help) => {
    expect(codes(`expect: ${claim}`)).toEqual(expected);
    if (help) expect(helps(`expect: ${claim}`)).toEqual([help]);
  });

  test('must say which of two metrics of a name is meant', () => {
    const text = `experiment a extends plain { evaluate: ece on mean, ece on voted } experiment b extends a { batch: 2 }`;
    expect(codesOf(`${arms}${text} compare c of a, b { expect: a.ece < b.ece }`)).toEqual([
      'DML1381',
      'DML1381',
    ]);
    expect(
      codesOf(`${arms}${text} compare c of a, b { metrics: ece on mean  expect: a.ece < b.ece }`),
    ).toEqual([]);
  });

  test('an interval is asked of several runs', () => {
    const text = 'experiment a extends base { labels: mean } experiment b extends a { batch: 2 }';
    const claim = 'compare c of a, b { expect: lower(a.dice - b.dice) > 0 }';
    expect(codesOf(`${text} ${claim}`)).toEqual(['DML1342']);
    expect(codesOf(`${text.replace('mean }', 'mean  fold: all }')} ${claim}`)).toEqual([]);
  });
});

test('Experiments may expect ends of the interval and the worst case', () => {
  const expected = (claim: string, seed = '0 .. 2') =>
    checkText(`${prelude} experiment a extends base { labels: mean  seed: ${seed}  expect: ${claim} }`);
  expect(
    expected('lower(dice) > 0.8, upper(ece) < 5%, worst(dice) > 0.5').value!.experiments[0]!.expect,
  ).toMatchObject([
    { of: 'lower', metric: 'dice', operator: '>', value: 0.8 },
    { of: 'upper', metric: 'ece', operator: '<', value: 0.05 },
    { of: 'worst', metric: 'dice', operator: '>', value: 0.5 },
  ]);
  const found = (claim: string, seed?: string) =>
    expected(claim, seed).diagnostics.map(({ code, help }) => [code, help]);
  expect(found('lower(dise) > 0.8')).toEqual([['DML1340', 'Did you mean `dice`?']]);
  expect(found('wrst(dice) > 0.8')).toEqual([['DML1201', 'Did you mean `worst`?']]);
  expect(found('lower(dice) > 0.8', '3').map(([code]) => code)).toEqual(['DML1342']);
  expect(found('worst(dice) > 0.8', '3')).toEqual([]);
});
