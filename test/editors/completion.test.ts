import { describe, expect, test } from 'vitest';
import { compareFields } from '../../compiler/check/compare.ts';
import { completionsAt } from '../../editors/server/completion.ts';
import { fieldsOf } from '../../editors/server/fields.ts';
import { registry } from '../../runtime/registry.generated.ts';
import { viewAt } from '../support/view.ts';

const items = (text: string, files?: Readonly<Record<string, string>>) => {
  const { view, offset } = viewAt(text, files);
  return completionsAt(view, offset);
};
const labels = (text: string, files?: Readonly<Record<string, string>>) =>
  items(text, files).map(({ label }) => label);
/** A field of an experiment that is being written, in a file with more behind it. */
const field = (written: string) =>
  `dml 1
dataset kidney { source: phantom }
let voted = raters |> majority
let mix = 0.25 ce + 0.75 dml1
experiment a {
  data: kidney
  model: unet(depth: 3)
  ${written}
  batch: 4
}
experiment b extends a {}
`;

const names = (family: keyof typeof registry) => Object.keys(registry[family]);

describe('at the place of', () => {
  test('a declaration: what can be declared', () => {
    expect(labels('dml 1\n‸')).toEqual([
      'use',
      'let',
      'dataset',
      'protocol',
      'experiment',
      'sweep',
      'compare',
    ]);
    expect(labels('dml 1\nlet a = 1\nex‸')).toContain('experiment');
  });

  test('a statement: every field of the block, with its doc', () => {
    expect(labels(field('‸'))).toEqual(Object.keys(fieldsOf('experiment')));
    expect(labels(field('lo‸'))).toContain('loss');
    expect(labels('dml 1\ndataset d {\n  ‸\n}')).toEqual(Object.keys(fieldsOf('dataset')));
    const loss = items(field('‸')).find(({ label }) => label === 'loss');
    expect(loss).toMatchObject({
      insertText: 'loss: ',
      documentation: { value: expect.stringContaining('0.75 dml1') },
    });
  });

  test.each([
    ['loss: ‸', 'loss'],
    ['loss: 0.25 ce + 0.75 dm‸', 'loss'],
    ['loss: 0.5 (ce + ‸', 'loss'],
    ['model: ‸', 'model'],
    ['optimizer: ‸', 'optimizer'],
    ['schedule: warmup(1%) then ‸', 'schedule'],
    ['evaluate: dice, ‸', 'metric'],
    ['labels: raters |> ‸', 'label'],
    ['evaluate: bdice on (raters |> ‸', 'label'],
    ['augment: ‸', 'transform'],
    ['checkpoint: best(‸', 'metric'],
    ['predict: ‸', 'prediction'],
    ['predict: sliding |> ‸', 'prediction'],
  ] as const)('`%s`: the components of the family, and no other', (written, family) => {
    const found = labels(field(written));
    expect(found).toEqual(expect.arrayContaining(names(family)));
    const foreign = Object.keys(registry).flatMap((each) =>
      each === family ? [] : names(each as typeof family),
    );
    expect(found.filter((label) => foreign.includes(label) && !names(family).includes(label))).toEqual([]);
  });

  test('a label source: what it may begin with, and lets', () => {
    expect(labels(field('labels: ‸'))).toEqual(['raters', 'mask', 'distill', 'voted', 'mix']);
    expect(labels(field('evaluate: dice on ‸'))).toEqual([
      'raters',
      'mask',
      'labels',
      'teacher',
      'distill',
      'voted',
      'mix',
    ]);
    expect(labels(field('evaluate: dice on voted, ‸'))).toContain('ece');
  });

  test('an option: those that are not given yet, with type, default and doc', () => {
    const found = items(field('optimizer: sgd(momentum: 0.9, ‸'));
    expect(found.map(({ label }) => label)).not.toContain('momentum');
    const rate = found.find(({ label }) => label === 'rate');
    expect(rate).toMatchObject({
      insertText: 'rate: ',
      detail: 'a number above 0',
      documentation: { value: expect.stringContaining('must be given') },
    });
    expect(labels(field('labels: raters |> average(‸'))).toContain('weights');
  });

  test('the value of an option: its choices, or its units behind a number', () => {
    expect(labels(field('augment: flip(‸'))).toEqual(expect.arrayContaining(['horizontal', 'vertical']));
    expect(labels(field('loss: dml1(active: ‸'))).toEqual(expect.arrayContaining(['auto', 'all', 'present']));
    expect(labels(field('loss: dml1(reduction: 0.5 ‸'))).toEqual(expect.arrayContaining(['image', 'class']));
    expect(labels(field('train: 10 ‸'))).toEqual(['epochs', 'steps', 'none', 'voted', 'mix']);
  });

  test('a name: data sets, experiments, what other files declare', () => {
    expect(labels(field('data: ‸'))).toEqual(['kidney', 'voted', 'mix']);
    expect(labels(`${field('')}experiment c extends ‸`)).toEqual(['a', 'b']);
    expect(labels(`${field('')}sweep s of ‸`)).toEqual(['a', 'b']);
    expect(labels(field('teacher: distill(‸'))).toEqual(
      expect.arrayContaining(['from', 'pick', 'temperature', 'head', 'b']),
    );
    const files = { 'sets.dml': 'dml 1\ndataset liver { source: phantom }\n' };
    expect(labels('dml 1\nuse "./sets.dml" as sets\nexperiment a {\n  data: ‸\n}', files)).toEqual([
      'sets.liver',
    ]);
  });

  test('a comparison: its fields, statistics, experiments and sweeps', () => {
    const compare = (written: string) => `${field('')}sweep s of a {}\ncompare c of a, b {\n  ${written}\n}`;
    expect(labels(compare('‸'))).toEqual([...compareFields]);
    expect(labels(`${field('')}sweep s of a {}\ncompare c of ‸`)).toEqual(['a', 'b', 's']);
    expect(labels(compare('statistic: ‸'))).toEqual(expect.arrayContaining(names('statistic')));
    expect(labels(compare('baseline: ‸'))).toEqual(expect.arrayContaining(['a', 'b', 's', 'none']));
    expect(labels(compare('statistic: wilcoxon(over: ‸'))).toEqual(expect.arrayContaining(['cases', 'runs']));
  });

  test('a path: options of the component that the field has, inherited or not', () => {
    expect(labels(field('model.‸'))).toEqual(registry.model.unet!.parameters.map(({ name }) => name));
    const child = field('').replace('b extends a {', 'b extends a {\n  model.‸\n');
    expect(labels(child)).toContain('width');
    expect(labels(field('loss: mix').replace('b extends a {', 'b extends a {\n  loss.‸\n'))).toEqual([
      'ce',
      'dml1',
    ]);
    expect(labels(field('loss: mix').replace('b extends a {', 'b extends a {\n  loss.dml1.‸\n'))).toContain(
      'smooth',
    );
    expect(labels(`${field('')}sweep s of a {\n  vary model.‸\n}`)).toContain('width');
  });

  test('a comment, a text or a new name: nothing', () => {
    expect(labels('dml 1\n# lo‸')).toEqual([]);
    expect(labels('dml 1\nuse "./‸"')).toEqual([]);
    expect(labels('dml 1\nlet ‸')).toEqual([]);
  });
});

describe('test sets', () => {
  const study = (fields: string, table = '') => `dml 1
use "./sets.dml" as sets
dataset kidney { source: phantom }
dataset clinic { source: phantom(seed: 1) }
experiment a {
  data: kidney
  evaluate: dice, ece
  test: clinic, sets.ward
  ${fields}
}
experiment b extends a {}
compare c of a, b { ${table} }
`;
  const files = { 'sets.dml': 'dml 1\ndataset ward { source: phantom(seed: 2) }' };

  test('are the data sets that there are', () => {
    const found = labels(study('').replace('test: clinic', 'test: ‸'), files);
    expect(found).toEqual(expect.arrayContaining(['kidney', 'clinic', 'sets.ward', 'none']));
    expect(found).not.toContain('a');
  });

  test('stand before a dot in expectations, and their metrics behind it', () => {
    expect(labels(study('expect: ‸'), files)).toEqual(expect.arrayContaining(['dice', 'clinic', 'ward']));
    expect(labels(study('expect: clinic.‸'), files)).toEqual(['dice', 'ece']);
    expect(labels(study('expect: lower(ward.‸'), files)).toEqual(['dice', 'ece']);
    expect(labels(study('expect: kidney.‸'), files)).toEqual([]);
    expect(labels(study('checkpoint: best(‸)'), files)).not.toContain('clinic');
  });

  test('stand behind an arm in claims, and by themselves among the metrics of a table', () => {
    expect(labels(study('', 'metrics: ‸'), files)).toEqual(expect.arrayContaining(['dice', 'clinic']));
    expect(labels(study('', 'metrics: clinic.‸'), files)).toEqual(['dice', 'ece']);
    expect(labels(study('', 'expect: a.‸'), files)).toEqual(['dice', 'ece', 'clinic', 'ward']);
    expect(labels(study('', 'expect: a.clinic.‸'), files)).toEqual(['dice', 'ece']);
  });
});
