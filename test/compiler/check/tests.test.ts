import { describe, expect, test } from 'vitest';
import { scoredMeasures } from '../../../compiler/scored.ts';
import { checkText, codesOf, experimentOf, prelude } from './support.ts';

const sets = `
  dataset clinic extends shapes { source.seed: 2 }
  dataset ward extends shapes { source.seed: 3 }
`;
const files = { 'sets.dml': 'dml 1 dataset clinic { source: phantom(seed: 4) }' };
const of = (fields: string, more = '') =>
  experimentOf(`${sets} ${more} experiment a extends base { labels: mean  ${fields} }`, { files });
const names = (fields: string, more = '') => of(fields, more).test.map(({ data }) => data.name);
const found = (fields: string, more = '') =>
  checkText(`${prelude}${sets} ${more} experiment a extends base { labels: mean  ${fields} }`, { files })
    .diagnostics;

describe('data sets of `test`', () => {
  test('are named, also through lets and the files of others, and by default there are none', () => {
    expect(names('')).toEqual([]);
    expect(names('test: clinic, ward')).toEqual(['clinic', 'ward']);
    expect(names('test: elsewhere', 'let elsewhere = [ward, clinic]')).toEqual(['ward', 'clinic']);
    expect(names('test: other', 'let other = ward')).toEqual(['ward']);
    expect(names('test: more.clinic', 'use "sets.dml" as more')).toEqual(['clinic']);
  });

  test('are inherited whole, replaced or taken away', () => {
    const child = (fields: string) =>
      experimentOf(`${sets} experiment a extends base { labels: mean  test: clinic }
        experiment b extends a { ${fields} }`).test.map(({ data }) => data.name);
    expect(child('')).toEqual(['clinic']);
    expect(child('test: ward')).toEqual(['ward']);
    expect(child('test: none')).toEqual([]);
  });

  test('may be varied', () => {
    const text = `${prelude}${sets} experiment a extends base { labels: mean }
      sweep s of a { vary test in [clinic, ward, none] }`;
    const { value, diagnostics } = checkText(text);
    expect(diagnostics).toEqual([]);
    expect(value!.sweeps[0]!.arms.map(({ experiment }) => experiment.test.length)).toEqual([1, 1, 0]);
  });

  test('have no parts, and are no other declarations', () => {
    const child = 'experiment b extends a';
    expect(
      codesOf(
        `${sets} experiment a extends base { labels: mean  test: clinic } ${child} { test.size: 1 x 1 }`,
      ),
    ).toEqual(['DML1216']);
    expect(found('test: base').map(({ code }) => code)).toEqual(['DML1225']);
    expect(found('test: clinc')[0]).toMatchObject({
      code: 'DML1203',
      help: expect.stringContaining('clinic'),
    });
    expect(found('test: dice').map(({ code }) => code)).toEqual(['DML1203']);
  });

  test('are measured on labels of their own', () => {
    const soft = `dataset shares extends shapes { source: folder("a", images: "{case}.png", soft: true) }`;
    const { evaluate, test: tests } = of('evaluate: dice on mask  test: shares', soft);
    expect(evaluate[0]!.on.soft).toBe(false);
    expect(tests[0]!.evaluate[0]!.on.soft).toBe(true);
  });
});

describe('what is wrong with a test set is said at its name, with where it comes from', () => {
  test.each([
    ['twice', 'test: clinic, ward, clinic', '', 'DML1344'],
    [
      'the same data by another name',
      'test: clinic, again',
      'dataset again extends clinic { folds: holdout }',
      'DML1344',
    ],
    ['two of one name', 'test: clinic, more.clinic', 'use "sets.dml" as more', 'DML1343'],
    ['the own data', 'test: shapes', '', 'DML1345'],
    [
      'the own cases in another size',
      'test: small',
      'dataset small extends shapes { size: 8 x 8 }',
      'DML1345',
    ],
    [
      'other classes',
      'test: organs',
      'dataset organs extends clinic { classes: (background: 0, organ: 1) }',
      'DML1346',
    ],
    [
      'a smaller image than the crop',
      'crop: 32 x 32  test: small',
      'dataset small extends clinic { size: 16 x 32 }',
      'DML1348',
    ],
    ['nothing to measure', 'evaluate: none  test: clinic', '', 'DML1349'],
    [
      'a truth that a network predicts',
      'evaluate: dice on (distill(b))  test: clinic',
      'experiment b extends base { labels: mean }',
      'DML1347',
    ],
    [
      'weights for other raters',
      'evaluate: dice on (raters |> average(weights: [1, 2, 3, 4]))  test: two',
      'dataset two extends clinic { source.raters: 2 }',
      'DML1347',
    ],
  ])('%s', (_, fields, more, code) => {
    const diagnostics = found(fields, more);
    expect(diagnostics.map((one) => one.code)).toEqual([code]);
    const { span } = diagnostics[0]!;
    expect(fields.split('test: ')[1]).toContain(span.source.text.slice(span.start, span.end));
  });

  test('through a let, whose place is shown', () => {
    const [diagnostic] = found('test: elsewhere', 'let elsewhere = shapes');
    expect(diagnostic).toMatchObject({
      code: 'DML1345',
      message: '`shapes` has the cases of `shapes`, which are the `data` of `a`.',
      related: [{ message: 'it comes from here' }],
    });
  });

  test('an image that a network would see in part, unless it slides', () => {
    const more = `dataset large extends clinic { size: 64 x 64 } dataset own extends shapes { size: 32 x 32 }`;
    const [diagnostic] = found('data: own  test: large', more);
    expect(diagnostic).toMatchObject({
      code: 'DML1348',
      message:
        'The network takes images of 32 x 32 whole, and of those of `large`, 64 x 64, it would see the middle alone.',
      help: 'Write `predict: sliding`, or resample with `size: 32 x 32` in `large`.',
    });
    expect(found('data: own  test: large  predict: sliding', more)).toEqual([]);
    expect(found('data: own  test: clinic', more)).toEqual([]);
  });
});

describe('scores of test sets', () => {
  const measured = (fields: string) =>
    scoredMeasures(of(fields)).map(({ data, metric }) => `${data ?? 'own'} ${metric.name}`);

  test('come behind those of the own data, in their order', () => {
    expect(measured('evaluate: dice, ece  test: ward, clinic')).toEqual([
      ...['own dice', 'own ece', 'ward dice', 'ward ece', 'clinic dice', 'clinic ece'],
    ]);
  });

  test('are the only ones where every case is trained on', () => {
    expect(measured('evaluate: dice  fold: none  test: clinic')).toEqual(['clinic dice']);
    expect(measured('evaluate: dice  fold: none')).toEqual(['own dice']);
  });

  test('may be expected, by the name of their data set', () => {
    const claims = 'clinic.dice > 0.8, worst(ward.ece) < 50%, dice in 0 .. 1';
    expect(of(`evaluate: dice, ece  test: clinic, ward  expect: ${claims}`).expect).toMatchObject([
      { data: 'clinic', metric: 'dice', operator: '>', value: 0.8 },
      { of: 'worst', data: 'ward', metric: 'ece' },
      { metric: 'dice' },
    ]);
  });

  test.each([
    ['no test set', 'test: clinic  expect: clinc.dice > 0.5', 'DML1396'],
    ['a data set that is not tested on', 'expect: clinic.dice > 0.5', 'DML1396'],
    ['a metric that is not evaluated', 'evaluate: dice  test: clinic  expect: clinic.ece < 0.5', 'DML1340'],
    ['the own data with `fold: none`', 'fold: none  test: clinic  expect: dice > 0.5', 'DML1397'],
    ['an interval of one run', 'test: clinic  expect: lower(clinic.dice) > 0.5', 'DML1342'],
  ])('an expectation of %s is an error', (_, fields, code) => {
    expect(found(fields).map((one) => one.code)).toEqual([code]);
  });

  test('a test set may be called like a metric: what stands before the dot is data', () => {
    const { expect: claims } = of(
      'evaluate: dice  test: dice  expect: dice.dice > 0.5, dice > 0.4',
      'dataset dice extends shapes { source.seed: 9 }',
    );
    expect(claims).toMatchObject([{ data: 'dice', metric: 'dice' }, { metric: 'dice' }]);
  });
});

describe('comparisons', () => {
  const compared = (fields: string) => {
    const text = `${prelude}${sets} experiment a extends base { labels: mean  evaluate: dice, ece  test: clinic  seed: 0 .. 1 }
      experiment b extends a { batch: 3 } sweep s of a { vary model.width in [8, 16] }
      compare c of a, b, s { ${fields} }`;
    const { value, diagnostics } = checkText(text);
    return { compare: value?.compares[0], codes: diagnostics.map(({ code }) => code) };
  };
  const metrics = (fields: string) =>
    compared(fields).compare?.metrics.map(({ data, metric }) => `${data ?? 'own'} ${metric.name}`);

  test('show what is named, and everything that is scored where nothing is', () => {
    expect(metrics('metrics: clinic.dice, ece, clinic.ece(bins: 10)')).toEqual([
      ...['clinic dice', 'own ece', 'clinic ece'],
    ]);
    expect(metrics('')).toEqual(['own dice', 'own ece', 'clinic dice', 'clinic ece']);
    expect(compared('metrics: clinic.bdice').codes).toEqual(['DML1374']);
    expect(compared('metrics: clinc.dice').codes).toEqual(['DML1396']);
  });

  test('claim something of arms on test sets', () => {
    const { compare, codes } = compared(
      'expect: b.clinic.dice > a.clinic.dice, (width: 8).clinic.dice > a.dice, lower(b.clinic.ece - a.clinic.ece) < 1',
    );
    expect(codes).toEqual([]);
    expect(compare!.expect.map(({ left }) => left.terms.map(({ metric }) => metric))).toEqual([
      [2],
      [2],
      [3, 3],
    ]);
    expect(compared('expect: clinic.dice > 0.5').codes).toEqual(['DML1380']);
    expect(compared('expect: a.clinc.dice > 0.5').codes).toEqual(['DML1396']);
    expect(compared('expect: x.clinic.dice > 0.5').codes).toEqual(['DML1203']);
    expect(compared('expect: a.clinic.dcie > 0.5').codes).toEqual(['DML1382']);
    expect(compared('metrics: dice  expect: a.clinic.dice > 0.5').codes).toEqual(['DML1382']);
    expect(compared('expect: (width: 8).ward.dice > 0.5').codes).toEqual(['DML1396']);
  });
});
