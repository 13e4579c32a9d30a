import { describe, expect, test } from 'vitest';
import { compareFields } from '../../compiler/check/compare.ts';
import { datasetTakes } from '../../compiler/check/dataset.ts';
import { fieldNames } from '../../compiler/check/experiment-fields.ts';
import type { CallFacts, Takes } from '../../compiler/check/takes.ts';
import { completionsAt } from '../../editors/server/completion.ts';
import { fieldsOf } from '../../editors/server/fields.ts';
import { hoverAt } from '../../editors/server/hover.ts';
import { registry } from '../../runtime/registry.generated.ts';
import { viewAt } from '../support/view.ts';

const file = `dml 1
dataset kidney { source: phantom }
experiment big {
  data: kidney
  labels: raters |> average
  model: unet(depth: 2, width: 4)
  evaluate: dice, ece
}
sweep wide of big {
  let w in [0, 0.5]
  vary model.width in [4, 8]
  vary loss in [w * ce, dml1]
}
`;
const heads: Readonly<Record<string, string>> = {
  dataset: 'dataset x',
  protocol: 'protocol x extends big',
  experiment: 'experiment x extends big',
  sweep: 'sweep x of big',
  compare: 'compare x of wide, big',
};
const blocks = Object.keys(heads);

/** A statement that is being written in a block of a kind, in a file with more behind it. */
const within = (block: string, written: string) =>
  `${file}${heads[block]} {\n  ${written}\n}\nexperiment last extends big {}\n`;
const labels = (block: string, written: string) => {
  const { view, offset } = viewAt(within(block, written));
  return completionsAt(view, offset).map(({ label }) => label);
};
const hover = (block: string, written: string) => {
  const { view, offset } = viewAt(within(block, written));
  return hoverAt(view, offset, () => undefined);
};

/** Everything that is offered where this may be written, and explained once it is. */
function expectTaken(takes: Takes, block: string, before: string): void {
  const all = [
    ...(takes.words ?? []),
    ...(takes.calls ?? []).map(({ name }) => name),
    ...(takes.family && takes.family !== 'label' && !takes.measured
      ? Object.keys(registry[takes.family])
      : []),
  ];
  const offered = labels(block, `${before}‸`);
  expect(offered, before).toEqual(expect.arrayContaining(all));
  expect(offered.length, before).toBeGreaterThan(0);
  for (const word of all) expect(hover(block, `${before}‸${word}`), `${before}${word}`).not.toBeNull();
  for (const unit of takes.units ?? []) {
    expect(labels(block, `${before}10 ‸`), before).toContain(unit);
    expect(hover(block, `${before}10 ‸${unit}`), `${before}10 ${unit}`).not.toBeNull();
  }
  for (const call of takes.calls ?? []) expectCalled(call, block, `${before}${call.name}(`);
}

function expectCalled({ parameters }: CallFacts, block: string, before: string): void {
  expect(labels(block, `${before}‸`)).toEqual(expect.arrayContaining(parameters.map(({ name }) => name)));
  for (const parameter of parameters) {
    expect(hover(block, `${before}‸${parameter.name}: `), `${before}${parameter.name}`).not.toBeNull();
    expectTaken(parameter, block, `${before}${parameter.name}: `);
  }
}

describe('every field of the checker', () => {
  test('is documented, of every kind of block', () => {
    const known: Readonly<Record<string, readonly string[]>> = {
      dataset: Object.keys(datasetTakes),
      protocol: fieldNames,
      experiment: fieldNames,
      sweep: [...fieldNames, 'except'],
      compare: compareFields,
    };
    for (const block of blocks) {
      expect(Object.keys(fieldsOf(block)).sort()).toEqual([...known[block]!].sort());
      for (const { doc, example } of Object.values(fieldsOf(block))) {
        expect(doc).toMatch(/\.$/);
        expect(example).not.toBe('');
      }
    }
  });

  const fields = blocks.flatMap((block) =>
    Object.keys(fieldsOf(block)).map((name) => [block, name] as const),
  );
  test.each(fields)(
    'of a %s: `%s` is offered and explained, and all that it takes, calls too',
    (block, name) => {
      expect(labels(block, '‸')).toContain(name);
      expect(hover(block, `‸${name}: `)).not.toBeNull();
      expectTaken(fieldsOf(block)[name]!, block, `${name}: `);
    },
  );
});

const owners = {
  ...fieldsOf('dataset'),
  ...fieldsOf('experiment'),
  statistic: fieldsOf('compare').statistic!,
};
const components = Object.entries(owners).flatMap(([field, { family, measured }]) =>
  family && !measured ? Object.values(registry[family]).map((component) => [field, component] as const) : [],
);

test.each(components.map(([field, component]) => [`${field}: ${component.name}`, field, component] as const))(
  '%s: for the value of every option something is offered, and the option is explained',
  (_, field, { name, family, parameters }) => {
    const block = field === 'statistic' ? 'compare' : field in datasetTakes ? 'dataset' : 'experiment';
    const start = family === 'label' ? `${field}: raters |> ${name}(` : `${field}: ${name}(`;
    for (const parameter of parameters) {
      expect(hover(block, `${start}‸${parameter.name}: `)).not.toBeNull();
      expect(labels(block, `${start}${parameter.name}: ‸`), `${start}${parameter.name}`).not.toEqual([]);
    }
  },
);

describe('names that hang on something else:', () => {
  test.each([
    ['compare', 'rows: ‸', ['experiment', 'model.width', 'width', 'loss', 'w']],
    ['compare', 'columns: wid‸', ['width', 'w']],
    ['compare', 'baseline: ‸', ['big', 'wide', 'none']],
    ['compare', 'baseline: (‸', ['width', 'model.width', 'loss', 'w']],
    ['compare', 'baseline: (w: 0, ‸', ['width', 'loss']],
    ['compare', 'baseline: (w: ‸', ['0', '0.5']],
    ['compare', 'baseline: (loss: ‸', ['dml1', 'w * ce', 'ce']],
    ['compare', 'metrics: ‸', ['dice', 'ece']],
    ['compare', 'expect: big.‸', ['dice', 'ece']],
    ['compare', 'expect: (width: 4).‸', ['dice', 'ece']],
    ['compare', 'expect: lower(big.dice - (‸', ['width', 'w']],
    ['compare', 'expect: lower(‸', ['big', 'wide']],
    ['experiment', 'expect: worst(‸', ['dice', 'ece']],
    ['experiment', 'start: trained(big, parts: ‸', ['all', 'encoder', 'decoder', 'head', 'aux']],
    ['experiment', 'start: trained(big, parts: [encoder, ‸', ['decoder']],
    ['experiment', 'start: trained(big, parts: all - ‸', ['head']],
    ['experiment', 'start: weights("a.safetensors", parts: ‸', ['encoder']],
    ['experiment', 'start: trained(big, pick: best(‸', ['dice', 'nll']],
    ['experiment', 'loss: ce at ‸', ['main', 'aux']],
    ['experiment', 'teacher: distill(big, head: ‸', ['main', 'aux']],
    ['experiment', 'loss: ce on distill(big, pick: ‸', ['same', 'seed', 'best']],
    ['experiment', 'start.trained.‸', ['from', 'pick', 'parts']],
    ['experiment', 'start.trained.pick: ‸', ['same', 'best']],
    ['experiment', 'checkpoint.‸', ['metric', 'every']],
    ['experiment', 'checkpoint.every: 5 ‸', ['epochs', 'steps']],
    ['experiment', 'model.up: ‸', ['nearest', 'bilinear']],
    ['experiment', 'predict.sliding.blend: ‸', ['uniform', 'gaussian']],
    ['sweep', 'vary model.norm in [‸', ['none', 'batch']],
  ])('%s { %s', (block, written, wanted) => {
    expect(labels(block, written)).toEqual(expect.arrayContaining(wanted));
  });

  test.each([
    ['compare', 'metrics: ‸', ['nll']],
    ['compare', 'baseline: (w: 0, ‸', ['w']],
    ['experiment', 'checkpoint: best(‸', ['nll']],
    ['experiment', 'model.up: ‸', ['unet', 'batch']],
    ['experiment', 'loss: ce at ‸', ['dml1']],
  ])('%s { %s: and none that does not belong there', (block, written, foreign) => {
    const found = labels(block, written);
    for (const each of foreign) expect(found).not.toContain(each);
  });

  test.each([
    ['compare', 'rows: wi‸dth', 'a factor|rows'],
    ['compare', 'baseline: (wid‸th: 4)', 'a factor'],
    ['compare', 'expect: big.di‸ce > 0.5', '2TP'],
    ['compare', 'expect: low‸er(big.dice) > 0.5', '95 %'],
    ['experiment', 'start: trained(big, parts: all - he‸ad)', 'drawn from the seed'],
    ['experiment', 'start: tra‸ined(big)', 'pick'],
    ['experiment', 'checkpoint: be‸st(dice, every: 2 epochs)', 'every'],
    ['experiment', 'checkpoint: best(dice, every: 2 epo‸chs)', 'How often'],
    ['experiment', 'start: trained(big, pick: se‸ed(0))', 'trained with this seed'],
    ['experiment', 'loss: ce at au‸x', 'a head of the model'],
    ['experiment', 'predict: flips(al‸l)', 'directions'],
    ['experiment', 'start.trained.par‸ts: encoder', 'drawn from the seed'],
  ])('%s { %s is explained', (block, written, wanted) => {
    expect(JSON.stringify(hover(block, written)?.contents)).toMatch(new RegExp(wanted));
  });

  test('behind a namespace, the names in it', () => {
    const files = {
      'sets.dml': 'dml 1\ndataset liver { source: phantom }\nexperiment old { data: liver }\n',
    };
    const at = (text: string) => {
      const { view, offset } = viewAt(`dml 1\nuse "./sets.dml" as sets\n${text}`, files);
      return completionsAt(view, offset).map(({ label }) => label);
    };
    expect(at('experiment a {\n  data: sets.‸\n}')).toEqual(['liver']);
    expect(at('experiment a extends sets.‸')).toEqual(['old']);
  });
});
