import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { messages } from '../../../compiler/canonical/messages.ts';
import { checkYaml } from '../../../compiler/canonical/read.ts';
import { toYaml } from '../../../compiler/canonical/write.ts';
import { check } from '../../../compiler/check/check.ts';
import type { Experiment } from '../../../compiler/experiment.ts';
import { evaluationHash, trainingHash } from '../../../compiler/identity.ts';
import { registry as builtIn } from '../../../runtime/registry.generated.ts';
import { expectGolden } from '../../golden.ts';
import { randomExperiment } from '../check/arbitrary.ts';
import { registry } from '../check/components.ts';
import { scripts } from '../check/scripts.ts';
import { checkText, experimentOf, withoutSpans } from '../check/support.ts';

const read = (text: string, set: readonly string[] = []) =>
  checkYaml({ path: 'a.yaml', text }, { registry, set, ...scripts });

const hashesOf = (experiment: Experiment) => [trainingHash(experiment), evaluationHash(experiment)];

test('every experiment comes back from YAML as it was', () => {
  fc.assert(
    fc.property(randomExperiment, (text) => {
      const { value, diagnostics } = checkText(text);
      expect(diagnostics).toEqual([]);
      const experiment = value!.experiments.at(-1);
      const yaml = toYaml(experiment!);
      const back = read(yaml);
      expect(back.diagnostics).toEqual([]);
      expect(withoutSpans(back.value!.experiments[0])).toEqual(withoutSpans(experiment));
      expect(toYaml(back.value!.experiments[0]!)).toBe(yaml);
      expect(hashesOf(back.value!.experiments[0]!)).toEqual(hashesOf(experiment!));
    }),
    { numRuns: 60 },
  );
});

test('lets and parents are gone, defaults are written, mixes are multiplied out', () => {
  const experiment = experimentOf(`
    let mix = 0.25 ce + 0.75 dml1
    protocol paper extends base { crop: 256 x 256  schedule: warmup(1%) then poly  train: 40k steps  seed: 0 .. 2 }
    ## Half on the vote,
    ## half on the mean.
    experiment halves extends paper {
      augment:  scale(0.5 .. 2.0) |> flip
      labels:   voted
      loss:     0.5 mix + 0.5 mix on mean
      evaluate: dice on labels, bdice, ece(bins: 15)
      expect:   dice > 80%, ece in 0 .. 0.05
    }`);
  expectGolden(path.join(import.meta.dirname, 'golden/halves.yaml'), toYaml(experiment));
});

test('an arm of a sweep stands alone', () => {
  const { value } = checkText(
    `dml 1 dataset d { source: phantom }
     experiment a { data: d labels: mask model: unet loss: ce optimizer: sgd(rate: 1e-2) train: 1 epoch }
     sweep s of a { vary model.width in [8, 16] }`,
  );
  const arm = value!.sweeps[0]!.arms[1]!.experiment;
  const back = read(toYaml(arm)).value!.experiments[0];
  expect(withoutSpans(back)).toEqual(withoutSpans(arm));
  expect(back!.name).toBe('s/2');
});

const small = toYaml(experimentOf('experiment a extends base { labels: mean }'));

test('what is wrong in a value is said as in a .dml file, at its place', () => {
  const { value, diagnostics } = read(small.replace('0.75', '-0.75').replace('width: 16', 'wdth: 16'));
  expect(value).toBeUndefined();
  expect(
    diagnostics.map(({ code, span, help }) => [code, span.source.text.slice(span.start, span.end), help]),
  ).toEqual([
    ['DML1218', 'wdth', 'Did you mean `width`?'],
    ['DML1323', '-0.75', undefined],
  ]);
});

test('a scalar is read as text of the language, and its errors stand at their place', () => {
  const { diagnostics } = read(small.replace('train: 10 epochs', 'train: 10 epocs'));
  const [{ code, span }] = diagnostics as [(typeof diagnostics)[0]];
  expect([code, span.source.text.slice(span.start, span.end)]).toEqual(['DML1210', 'epocs']);
});

test('an unknown field is reported with what is nearest', () => {
  const { diagnostics } = read(small.replace('batch: 1', 'bach: 1'));
  expect(diagnostics.map(({ code, help }) => [code, help])).toEqual([['DML1212', 'Did you mean `batch`?']]);
});

test('settings of the command line are applied last', () => {
  const { value } = read(small, ['model.width=8', 'batch=4']);
  expect(value!.experiments[0]!.model.options.width).toBe(8);
  expect(value!.experiments[0]!.batch).toBe(4);
});

test.each(Object.entries(messages.entries))('%s is what its example gives', (code, { example }) => {
  expect(read(example).diagnostics.map((each) => each.code)).toContain(code);
});

test('no text makes the reader throw', () => {
  const mutant = fc.tuple(
    fc.nat(small.length),
    fc.nat(12),
    fc.constantFrom('', ' ', '[', '}', '\n', ': ', '*a', '&b', '"', '- '),
  );
  fc.assert(
    fc.property(mutant, ([at, length, insert]) => {
      const text = small.slice(0, at) + insert + small.slice(at + length);
      const { value, diagnostics } = read(text);
      expect(value !== undefined || diagnostics.length > 0).toBe(true);
    }),
    { numRuns: 200 },
  );
});

test('a teacher stands in whole where it is named, and goes by its name in terms and metrics', () => {
  const experiment = experimentOf(`
    experiment big extends base { labels: mean  model: twin  fold: all  seed: 0 .. 2 }
    experiment student extends big {
      labels:   0.5 voted + 0.5 (mask |> smooth)
      teacher:  distill(big, pick: best(dice), temperature: 2) |> kde
      start:    trained(big, pick: seed(1), parts: main)
      loss:     0.5 ce + 0.25 ce at aux on teacher + 0.25 dml1 on (teacher |> harden)
      evaluate: dice, bdice on teacher
    }`);
  expectGolden(path.join(import.meta.dirname, 'golden/student.yaml'), toYaml(experiment));
});

const examples = path.join(import.meta.dirname, '../../../examples');

test.each(readdirSync(examples).filter((file) => file.endsWith('.dml')))(
  'all experiments and arms of examples/%s come back with the same hashes',
  (file) => {
    const source = { path: file, text: readFileSync(path.join(examples, file), 'utf8') };
    const read = (used: string) => ({ path: used, text: readFileSync(path.join(examples, used), 'utf8') });
    const { value } = check(source, { registry: builtIn, read });
    const arms = [...value!.sweeps, ...value!.compares].flatMap((table) =>
      table.arms.map(({ experiment }) => experiment),
    );
    for (const experiment of [...value!.experiments, ...arms]) {
      const back = checkYaml({ path: 'a.yaml', text: toYaml(experiment) }, { registry: builtIn });
      expect(back.diagnostics).toEqual([]);
      const again = back.value!.experiments[0]!;
      expect([again.name, ...hashesOf(again)]).toEqual([experiment.name, ...hashesOf(experiment)]);
    }
    expect(arms.length).toBeGreaterThan(1);
  },
);

/** What is found, the text that it is found at, and what is said to do. */
const found = (text: string) =>
  read(text).diagnostics.map(({ code, span, help }) => [
    code,
    span.source.text.slice(span.start, span.end),
    help,
  ]);

describe('nothing of a file is silently ignored', () => {
  test.each([
    ['dml: 1', 'dml: 2', 'DML1251', '2', 'It needs a newer `dml`; if it does not, write `dml: 1`.'],
    ['dml: 1', 'dml: one', 'DML1402', 'one', undefined],
    ['experiment: a', 'experiment: [a]', 'DML1402', '[a]', undefined],
    ['experiment: a', 'experiment: a b', 'DML1402', 'a b', undefined],
    ['batch: 1', 'bach: 1', 'DML1212', 'bach', 'Did you mean `batch`?'],
    ['batch: 1', 'batch: 1\nbatch: 2', 'DML1404', 'batch', 'Take one of them away.'],
    ['batch: 1', 'batch:', 'DML1402', '', undefined],
    ['batch: 1', 'batch: .inf', 'DML1402', '.inf', undefined],
    ['batch: 1', 'batch: "1 +"', 'DML1013', '', undefined],
    ['batch: 1', 'batch: &b 1', 'DML1407', '1', 'Write the value out.'],
    ['batch: 1', 'batch: *b', 'DML1407', '*b', 'Write the value out.'],
    ['batch: 1', 'batch: !!int 1', 'DML1407', '1', 'Write the value out.'],
    ['batch: 1', '<<: {batch: 1}', 'DML1407', '<<', 'Write the value out.'],
    ['batch: 1', 'batch: 1\ndoc: [a]', 'DML1402', '[a]', undefined],
    ['batch: 1', 'batch: 1\nuse: [{fil: ./own.ts}]', 'DML1405', 'fil', 'Did you mean `file`?'],
    ['weight: 0.25', 'wieght: 0.25', 'DML1405', 'wieght', 'Did you mean `weight`?'],
    ['weight: 0.25, ', '', 'DML1406', '{loss: ce, on: labels, at: main}', undefined],
    [
      'loss: ce, ',
      'loss: ce, because: x, ',
      'DML1405',
      'because',
      'Known here: `weight`, `loss`, `on`, `at`.',
    ],
    ['rate: 0.01', 'rate: 0.01, code: x', 'DML1218', 'code', expect.stringContaining('Known here')],
    ['name: shapes', 'name: [1]', 'DML1402', '[1]', undefined],
    ['folds:', 'fold:', 'DML1212', 'fold', 'Did you mean `folds`?'],
    ['- {metric: dice', '- {metrc: dice', 'DML1405', 'metrc', 'Did you mean `metric`?'],
    ['train: 10 epochs', 'train: "10 \\u0065pocs"', 'DML1210', '"10 \\u0065pocs"', 'Did you mean `epochs`?'],
  ])('%s → %s', (before, after, code, at, help) => {
    expect(small).toContain(before);
    const all = found(small.replace(before, after));
    expect(all[0]).toEqual([code, at, help]);
    expect(all).toHaveLength(1);
  });

  test('nor of a teacher', () => {
    const taught = toYaml(
      experimentOf(
        'experiment big extends base { labels: mean } experiment s extends big { teacher: distill(big) }',
      ),
    );
    const only = (before: string, after: string) => {
      expect(taught).toContain(before);
      return found(taught.replace(before, after));
    };
    expect(only('        experiment: big', '        experiment: big\n        use: []')).toMatchObject([
      ['DML1402', '[]', undefined],
    ]);
    expect(only('        dml: 1', '        dml: 3')).toMatchObject([
      ['DML1251', '3', expect.stringContaining('newer')],
    ]);
    expect(only('temperature: 1', 'temprature: 1')).toMatchObject([
      ['DML1405', 'temprature', 'Did you mean `temperature`?'],
    ]);
  });
});

describe('what is no canonical form gets one message', () => {
  const language = 'This looks like the language itself: such a file is called `.dml`.';
  test.each([
    ['', 'it is empty', undefined],
    ['# a comment\n', 'it is empty', undefined],
    ['dml 1\nexperiment a {\n  batch: 1\n}\n', 'Implicit keys need to be on a single line', language],
    ['dml 1\n', 'it is text', language],
    [`${small}---\n${small}`, 'it holds several documents', undefined],
    [
      'a: [1\n',
      'Flow sequence in block collection must be sufficiently indented and end with a ]',
      undefined,
    ],
    ['a: "1\nb: "2\n\tc: }', undefined, undefined],
  ])('%j', (text, problem, help) => {
    const { value, diagnostics } = read(text);
    expect(value).toBeUndefined();
    expect(diagnostics).toMatchObject([{ code: 'DML1401', ...(help ? { help } : {}) }]);
    if (problem) expect(diagnostics[0]!.message).toBe(`This is no YAML: ${problem}.`);
  });

  test('text and lists are said to be no map of fields', () => {
    expect(found('just text')).toEqual([['DML1402', 'just text', undefined]]);
    expect(found('- a\n- b')).toEqual([['DML1402', '- a\n- b', undefined]]);
  });
});

test('without a version there is a warning, as in a .dml file', () => {
  expect(found(small.replace('dml: 1\n', ''))).toEqual([['DML1250', '', 'Begin it with `dml: 1`.']]);
});

test.each([
  'random',
  'weights("nets/unet.safetensors")',
  'weights("nets/unet.safetensors", parts: [encoder, decoder])',
  'trained(big)',
  'trained(big, pick: best(dice), parts: all - head)',
])('start: %s is written and read again', (start) => {
  const experiment = experimentOf(`
    experiment big extends base { labels: mean }
    experiment fine extends base { labels: voted  start: ${start} }`);
  const yaml = toYaml(experiment);
  const back = read(yaml);
  expect(back.diagnostics).toEqual([]);
  expect(toYaml(back.value!.experiments[0]!)).toBe(yaml);
  expect(withoutSpans(back.value!.experiments[0]!.start)).toEqual(withoutSpans(experiment.start));
});
