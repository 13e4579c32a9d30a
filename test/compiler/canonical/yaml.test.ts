import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { messages } from '../../../compiler/canonical/messages.ts';
import { checkYaml } from '../../../compiler/canonical/read.ts';
import { toYaml } from '../../../compiler/canonical/write.ts';
import { expectGolden } from '../../golden.ts';
import { randomExperiment } from '../check/arbitrary.ts';
import { registry } from '../check/components.ts';
import { scripts } from '../check/scripts.ts';
import { checkText, experimentOf, withoutSpans } from '../check/support.ts';

const read = (text: string, set: readonly string[] = []) =>
  checkYaml({ path: 'a.yaml', text }, { registry, set, ...scripts });

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
      start:    weights("nets/start.safetensors")
      loss:     0.5 ce + 0.25 ce at aux on teacher + 0.25 dml1 on (teacher |> harden)
      evaluate: dice, bdice on teacher
    }`);
  expectGolden(path.join(import.meta.dirname, 'golden/student.yaml'), toYaml(experiment));
});
