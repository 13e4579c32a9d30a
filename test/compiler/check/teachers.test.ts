import { describe, expect, test } from 'vitest';
import type { Distilled, Experiment } from '../../../compiler/experiment.ts';
import { labelText } from '../../support/label-text.ts';
import { checkText, codesOf, experimentOf, prelude } from './support.ts';

const teachers = `
experiment big extends base { labels: mean  fold: all  seed: 0 .. 2  model: branched(aux: true) }
experiment one extends base { labels: mean  fold: all  seed: 5 }
`;
const studentOf = (fields: string): Experiment =>
  experimentOf(`${teachers} experiment student extends base { labels: voted ${fields} }`);
const terms = ({ loss }: Experiment) =>
  loss.map(({ loss: { name }, on, at }) => `${name} at ${at} on ${labelText(on)}`);

describe('What a teacher is', () => {
  test.each([
    ['distill(big)', 'distill(big, "same", 1, main) ~'],
    ['distill(big, pick: best(bdice), temperature: 2)', 'distill(big, {"best":"bdice"}, 2, main) ~'],
    ['distill(big, pick: seed(1), head: aux) |> kde', 'distill(big, {"seed":1}, 1, aux) |> kde ~'],
    ['distill(one)', 'distill(one, {"seed":5}, 1, main) ~'],
    ['distill(big) |> harden', 'distill(big, "same", 1, main) |> harden'],
    ['0.5 voted + 0.5 distill(big)', '0.5 (raters |> majority) + 0.5 (distill(big, "same", 1, main) ~) ~'],
    ['mask |> smooth', 'mask |> smooth ~'],
  ])('%s', (written, expected) => {
    expect(labelText(studentOf(`teacher: ${written}`).teacher!)).toBe(expected);
  });

  test('`none` is the default, and takes the teacher of a parent away', () => {
    expect(studentOf('').teacher).toBeUndefined();
    const child = experimentOf(`${teachers}
      experiment a extends base { labels: mean  teacher: distill(big) }
      experiment b extends a { teacher: none }`);
    expect(child.teacher).toBeUndefined();
  });

  test('a teacher can have a teacher', () => {
    const last = experimentOf(`${teachers}
      experiment a extends base { labels: distill(big) }
      experiment b extends base { labels: distill(a) }`);
    expect(labelText(last.labels)).toBe('distill(a, "same", 1, main) ~');
    expect((last.labels.root as { experiment: Experiment }).experiment.labels.soft).toBe(true);
  });

  test('may stand in another file', () => {
    const files = {
      'teach.dml': `${prelude} experiment big extends base { labels: mean }`,
    };
    const { value, diagnostics } = checkText(
      'dml 1 use "./teach.dml" as far experiment a extends far.base { labels: distill(far.big) }',
      { files },
    );
    expect(diagnostics).toEqual([]);
    expect(labelText(value!.experiments[0]!.labels)).toBe('distill(big, "same", 1, main) ~');
  });

  test('what the command line sets for a student leaves its teacher as it is', () => {
    const { value } = checkText(
      `${prelude}${teachers} experiment s extends base { labels: distill(big)  model: twin }`,
      { set: ['model.width=4'], target: 's' },
    );
    const student = value!.experiments.at(-1)!;
    expect(student.model.options.width).toBe(4);
    expect((student.labels.root as { experiment: Experiment }).experiment.model.options.width).toBe(16);
  });
});

describe('What terms are measured on', () => {
  test('`on teacher` is the teacher, and `at` takes the same head of it', () => {
    const student = studentOf(`
      model: twin  teacher: distill(big) |> kde
      loss: 0.5 ce + 0.25 ce at aux + 0.25 (ce + dml1 at aux) on teacher`);
    expect(terms(student)).toEqual([
      'ce at main on raters |> majority',
      'ce at aux on raters |> majority',
      'ce at main on distill(big, "same", 1, main) |> kde ~',
      'dml1 at aux on distill(big, "same", 1, aux) |> kde ~',
    ]);
  });

  test('a head that `distill` names is that of all terms', () => {
    const student = studentOf('model: twin  teacher: distill(big, head: main)  loss: ce at aux on teacher');
    expect(terms(student)).toEqual(['ce at aux on distill(big, "same", 1, main) ~']);
  });

  test('distilled labels are taken at the head of the term, too', () => {
    const student = experimentOf(`${teachers}
      experiment s extends base { labels: distill(big)  model: twin  loss: 0.5 ce + 0.5 ce at aux }`);
    expect(terms(student)).toEqual([
      'ce at main on distill(big, "same", 1, main) ~',
      'ce at aux on distill(big, "same", 1, aux) ~',
    ]);
  });

  test('steps can follow the teacher and the labels', () => {
    const student = studentOf(
      'teacher: distill(big)  loss: 0.5 ce on (teacher |> harden) + 0.5 ce on (0.5 labels + 0.5 teacher)',
    );
    expect(terms(student)).toEqual([
      'ce at main on distill(big, "same", 1, main) |> harden',
      'ce at main on 0.5 (raters |> majority) + 0.5 (distill(big, "same", 1, main) ~) ~',
    ]);
  });

  test('metrics can be measured on the teacher', () => {
    const student = studentOf('teacher: distill(big)  evaluate: dice on teacher, ece on labels');
    expect(student.evaluate.map(({ on }) => labelText(on))).toEqual([
      'distill(big, "same", 1, main) ~',
      'raters |> majority',
    ]);
  });
});

describe('Paths lead into sources', () => {
  test('to a step of the teacher, to its temperature, to a part of a sum', () => {
    const student = experimentOf(`${teachers}
      experiment a extends base {
        labels: 0.5 (raters |> average(weights: dice)) + 0.5 mask
        teacher: distill(big) |> kde
      }
      experiment b extends a {
        teacher.kde.bandwidth: 0.5  teacher.distill.temperature: 3  teacher.distill.from: one
        labels.average.weights: equal
      }`);
    expect(labelText(student.teacher!)).toBe('distill(one, {"seed":5}, 3, main) |> kde ~');
    expect(student.teacher!.steps[0]!.options.bandwidth).toBe(0.5);
    const { root } = student.labels;
    const first = typeof root === 'object' && root.kind === 'sum' ? root.terms[0]!.source : student.labels;
    expect(first.steps[0]!.options.weights).toBe('equal');
  });

  test('from a sweep and from the command line', () => {
    const text = `${prelude}${teachers}
      experiment s extends base { labels: distill(big) |> kde }
      sweep h of s { vary labels.kde.bandwidth in [0.1, 0.2, auto] }`;
    const { value } = checkText(text, { set: ['labels.distill.temperature=4'], target: 'h' });
    const arms = value!.sweeps[0]!.arms.map(({ experiment }) => experiment.labels);
    expect(arms.map(({ steps }) => steps[0]!.options.bandwidth)).toEqual([0.1, 0.2, 'auto']);
    expect(arms.map(labelText)).toEqual(Array(3).fill('distill(big, "same", 4, main) |> kde ~'));
  });
});

describe('What cannot teach is said, once', () => {
  test.each([
    ['itself', 'experiment a extends base { labels: distill(a) }', ['DML1208']],
    [
      'a circle',
      'experiment a extends base { labels: distill(b) } experiment b extends base { labels: distill(a) }',
      ['DML1208'],
    ],
    ['a protocol', 'experiment a extends base { labels: distill(base) }', ['DML1225']],
    ['nothing', 'experiment a extends base { labels: distill }', ['DML1220']],
    [
      'an experiment with a fault',
      'experiment a extends base { labels: mean  batch: 0 } experiment b extends base { labels: distill(a) }',
      ['DML1301'],
    ],
    [
      'another window and other classes',
      `${teachers} dataset d extends shapes { window: 0 .. 1  classes: (a: 0, b: 1) } experiment s extends base { data: d  labels: distill(big) }`,
      ['DML1361'],
    ],
    [
      'other folds',
      `${teachers} experiment s extends base { labels: distill(one)  fold: none }`,
      ['DML1362'],
    ],
    [
      'other seeds',
      `${teachers} experiment s extends base { labels: distill(big)  seed: 2 .. 3 }`,
      ['DML1363'],
    ],
    [
      'a seed that is not there',
      `${teachers} experiment s extends base { labels: distill(big, pick: seed(3)) }`,
      ['DML1364'],
    ],
    [
      'a metric that is not measured',
      `${teachers} experiment s extends base { labels: distill(big, pick: best(bdcie)) }`,
      ['DML1365'],
    ],
    [
      'a head that is not there',
      `${teachers} experiment s extends base { labels: distill(one)  model: twin  loss: ce at aux }`,
      ['DML1322'],
    ],
    [
      'a head that it says and has not',
      `${teachers} experiment s extends base { labels: distill(one, head: aux) }`,
      ['DML1322'],
    ],
    [
      'a temperature of 0',
      `${teachers} experiment s extends base { labels: distill(big, temperature: 0) }`,
      ['DML1310'],
    ],
    [
      'an option that is not there',
      `${teachers} experiment s extends base { labels: distill(big, temprature: 2) }`,
      ['DML1218'],
    ],
    ['the fields themselves', 'experiment a extends base { labels: teacher }', ['DML1333']],
    [
      'a path without a teacher',
      'experiment a extends base { labels: mean  teacher.kde.bandwidth: 1 }',
      ['DML1215'],
    ],
  ])('%s', (_, text, codes) => {
    expect(codesOf(text)).toEqual(codes);
  });

  test('`on teacher` without one, for every term', () => {
    expect(
      codesOf(
        'experiment a extends base { labels: mean  loss: 0.5 ce on teacher + 0.5 ce on (teacher |> kde) }',
      ),
    ).toEqual(['DML1337', 'DML1337']);
  });

  test('what differs stands in the message', () => {
    const { diagnostics } = checkText(`${prelude}${teachers}
      dataset d extends shapes { window: 0 .. 1  folds: holdout(20%) }
      experiment s extends base { data: d  labels: mean  teacher: distill(one) }`);
    expect(diagnostics.map(({ message }) => message)).toEqual([
      '`one` cannot teach `s`: they differ in `data.window` (image there, 0 .. 1 here) and `data.folds` ((contiguous: (count: 5)) there, (holdout: (share: 0.2, by: "")) here).',
    ]);
  });
});

describe('A let that nothing uses is read as the label source that it is', () => {
  test.each([
    ['let t = teacher |> kde', []],
    ['let t = distill(big) |> kde(bandwidth: 0)', ['DML1203', 'DML1310']],
    ['let t = 0.5 (raters |> average) + 0.6 mask', ['DML1336']],
    ['let teacher = raters |> average', ['DML1231']],
  ])('%s', (text, codes) => {
    expect(codesOf(text)).toEqual(codes);
  });
});

describe('Where labels are drawn at random', () => {
  test('`labels` and targets of terms may be', () => {
    expect(
      codesOf('experiment a extends base { labels: raters |> drawn  loss: ce on (raters |> drawn) }'),
    ).toEqual([]);
  });

  test.each([
    ['evaluate: dice on (raters |> drawn)'],
    ['evaluate: dice on labels  labels: raters |> drawn'],
    ['teacher: 0.5 mask + 0.5 (raters |> drawn)'],
  ])('%s is an error', (fields) => {
    const labels = fields.includes('labels:') ? '' : 'labels: mean';
    expect(codesOf(`experiment a extends base { ${labels} ${fields} }`)).toEqual(['DML1338']);
  });
});

describe('What needs hard labels', () => {
  test.each([
    ['labels: mean |> edges', '`average`'],
    ['labels: 0.5 voted + 0.5 mask  loss: focal', 'the sum'],
    ['labels: voted |> smooth |> harden |> edges', undefined],
    ['labels: voted |> mirrored  loss: focal', undefined],
    ['labels: (0.5 voted + 0.5 mask) |> edges', 'the sum'],
    ['labels: voted |> smooth |> mirrored  loss: 0.5 focal + 0.5 ce', '`smooth`'],
  ])('%s', (fields, cause) => {
    const { diagnostics } = checkText(`${prelude} experiment a extends base { ${fields} }`);
    expect(diagnostics.map(({ message }) => /and (.*) made/.exec(message)?.[1])).toEqual(
      cause ? [cause] : [],
    );
  });

  test('soft masks of the data set count', () => {
    const text = (fields: string) =>
      `dataset d extends shapes { source: folder("a", "b", soft: true) } experiment a extends base { data: d ${fields} }`;
    expect(codesOf(text('labels: mask  loss: focal').replace('"a", "b"', 'path: "a", images: "b"'))).toEqual([
      'DML1335',
    ]);
  });
});

test('lists with a value a class or a rater must have as many', () => {
  expect(codesOf('experiment a extends base { labels: mean  loss: dml2(weights: [1, 2]) }')).toEqual([]);
  expect(codesOf('experiment a extends base { labels: mean  loss: dml2(weights: [1, 2, 3]) }')).toEqual([
    'DML1339',
  ]);
  expect(codesOf('experiment a extends base { labels: raters |> average(weights: [1, 2, 1, 1]) }')).toEqual(
    [],
  );
  expect(
    codesOf('experiment a extends base { labels: 0.5 mask + 0.5 (raters |> average(weights: [1])) }'),
  ).toEqual(['DML1339']);
});

describe('What a teacher predicts', () => {
  const taught = (predict: string) => {
    const { teacher } = experimentOf(`
      experiment big extends base { labels: mean  ${predict} }
      experiment a extends base { labels: mean  teacher: distill(big) }`);
    const root = teacher!.root as Distilled;
    return root.predict.map(({ name, options }) => [name, ...Object.values(options)].join(' '));
  };

  test.each([
    ['', ['sliding 0.6666666666666666']],
    ['predict: flips(vertical)', ['sliding 0.6666666666666666', 'flips vertical']],
    ['predict: sliding(stride: 1/2) |> flips', ['sliding 0.5', 'flips all']],
  ])('is the whole image: `%s`', (predict, expected) => {
    expect(taught(predict)).toEqual(expected);
  });
});
