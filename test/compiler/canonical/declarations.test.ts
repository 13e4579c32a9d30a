import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseFile } from '../../../compiler/canonical/declarations.ts';
import { checkYaml } from '../../../compiler/canonical/read.ts';
import { declarationsYaml } from '../../../compiler/canonical/write-declarations.ts';
import { check } from '../../../compiler/check/check.ts';
import type { Program } from '../../../compiler/experiment.ts';
import { evaluationHash, trainingHash } from '../../../compiler/identity.ts';
import { parse } from '../../../grammar/parser.ts';
import { registry as builtIn } from '../../../runtime/registry.generated.ts';
import { registry } from '../check/components.ts';
import { checkText, prelude, withoutSpans } from '../check/support.ts';

const none = { read: () => undefined };
const read = (text: string, more = {}) =>
  checkYaml({ path: 'main.yaml', text }, { registry, ...none, ...more });
const yamlOf = (text: string, name?: string) =>
  declarationsYaml(parse({ path: 'main.dml', text }).value!, name);

/** What a program says, with the hashes by which its runs are found. */
const saidBy = ({ experiments, sweeps, compares }: Program) => ({
  said: withoutSpans({ experiments, sweeps, compares }),
  hashes: sweeps.map(({ arms }) =>
    arms.map(({ experiment }) => [trainingHash(experiment), evaluationHash(experiment)]),
  ),
});

const value = fc.constantFrom('ce', '0.25 ce + 0.75 dml1', '0.5 (ce + sdl)', 'dml1(smooth: 1e-2)');
const labels = fc.constantFrom(
  'voted',
  'mean',
  'voted |> smooth(5%)',
  '0.5 voted + 0.5 mean',
  'distill(big)',
);
const factor = {
  loss: fc.uniqueArray(value, { minLength: 2 }).map((all) => `vary loss in [${all.join(', ')}]`),
  labels: fc.uniqueArray(labels, { minLength: 2 }).map((all) => `vary labels in [${all.join(',  ')}]`),
  pair: fc.constantFrom(
    'vary model.width, batch in [(8, 4), (16, 2)]',
    'vary model.width, batch in pairs',
    'vary model.width in 8 .. 10',
  ),
  rate: fc.constantFrom(
    'let r in [1e-2, 0.10, 5%] optimizer: sgd(rate: r)',
    'vary optimizer.rate in [1e-3, 2e-3]',
    'vary optimizer.rate in rates',
  ),
  train: fc.constantFrom('train: 40k steps', 'evaluate: dice on labels, ece(bins: 10)', 'fold: [0, 2]'),
};
const sweep = fc.record(factor).chain((chosen) =>
  fc.shuffledSubarray(Object.values(chosen), { maxLength: 2 }).map(
    (parts) => `sweep s of a, b { ${parts.join('\n')} }
      ## What it is for,
      ## on two lines.
      compare t of s, big { columns: experiment  baseline: big  statistic: wilcoxon(over: cases)
        expect: a.dice - big.dice in -5% .. 5%, lower(b.ece) < big.ece }`,
  ),
);
const base = `${prelude}
  let rates = [1e-3, 3e-3]
  let pairs = [(8, 4), (16, 8)]
  experiment big extends base { labels: mean  evaluate: dice, ece  seed: 0 .. 1 }
  experiment a extends base { labels: voted  evaluate: dice, ece  seed: 0 .. 1 }
  experiment b extends a { batch: 3  loss.dml1.smooth: 0.5 }`;

test('sweeps and comparisons come back from YAML with the arms, numbers, texts and hashes that they had', () => {
  let valid = 0;
  fc.assert(
    fc.property(sweep, (text) => {
      const before = checkText(base + text);
      const yaml = yamlOf(base + text);
      const back = read(yaml);
      expect(back.diagnostics.map(({ code, message }) => [code, message])).toEqual(
        before.diagnostics.map(({ code, message }) => [code, message]),
      );
      if (!before.value) return;
      valid += 1;
      expect(saidBy(back.value!)).toEqual(saidBy(before.value));
      const tree = parseFile({ path: 'main.yaml', text: yaml }, registry).value!;
      expect(declarationsYaml(tree)).toBe(yaml);
    }),
    { numRuns: 20 },
  );
  expect(valid).toBeGreaterThan(5);
});

const examples = path.join(import.meta.dirname, '../../../examples');
const withSweeps = readdirSync(examples).filter(
  (name) =>
    name.endsWith('.dml') && /^(sweep|compare) /m.test(readFileSync(path.join(examples, name), 'utf8')),
);

describe('every example with a sweep or comparison goes round', () => {
  const readFile = (file: string) => ({ path: file, text: readFileSync(file, 'utf8') });
  test.each(withSweeps)('%s', (name) => {
    const file = path.join(examples, name);
    const source = readFile(file);
    const options = { registry: builtIn, read: readFile };
    const before = check(source, options).value!;
    expect(before.sweeps.length + before.compares.length).toBeGreaterThan(0);
    const yaml = declarationsYaml(parse(source).value!);
    const back = checkYaml({ path: file.replace('.dml', '.yaml'), text: yaml }, options);
    expect(back.diagnostics).toEqual([]);
    expect(saidBy(back.value!)).toEqual(saidBy(before));
    for (const { name: one } of [...before.sweeps, ...before.compares]) {
      const alone = declarationsYaml(parse(source).value!, one);
      const { value: program } = checkYaml({ path: file.replace('.dml', '.yaml'), text: alone }, options);
      const of = ({ sweeps, compares }: Program) =>
        withoutSpans([...sweeps, ...compares].find((each) => each.name === one));
      expect(of(program!)).toEqual(of(before));
    }
  });
});

const small = `dml: 1
let: {voted: raters |> majority}
dataset: {shapes: {source: phantom}}
experiment:
  a: {data: shapes, labels: voted, model: unet, loss: ce, optimizer: {sgd: {rate: 1e-2}}, train: 1 epoch}
sweep:
  s: {of: a, vary: [{batch: [1, 2], train: [2 epochs, 3 epochs]}]}
`.replace('{sgd: {rate: 1e-2}}', '"sgd(rate: 1e-2)"');

test('paths of one entry take their values together', () => {
  const [s] = read(small).value!.sweeps;
  expect(s!.factors).toEqual(['batch, train']);
  expect(s!.arms.map(({ values }) => values)).toEqual([['1, 2 epochs'], ['2, 3 epochs']]);
});

test('a declaration is written with those that it needs, and no others', () => {
  const text = `${base} sweep s of a { vary batch in [1, 2] }  sweep other of b { vary batch in [1, 2] }`;
  expect(yamlOf(text, 's')).toBe(`dml: 1
let:
  voted: raters |> majority
dataset:
  shapes:
    source: phantom
protocol:
  base:
    data: shapes
    model: unet
    loss: 0.25 ce + 0.75 dml1
    optimizer: "sgd(rate: 0.01)"
    train: 10 epochs
experiment:
  a:
    extends: base
    labels: voted
    evaluate: [dice, ece]
    seed: 0 .. 1
sweep:
  s:
    of: a
    vary:
      - {batch: [1, 2]}
`);
});

test('what is wrong is said at its place in the YAML file', () => {
  const found = (before: string, after: string) =>
    read(small.replace(before, after)).diagnostics.map(({ code, span, help }) => [
      code,
      span.source.text.slice(span.start, span.end),
      help,
    ]);
  expect(found('of: a', 'of: aa')).toEqual([['DML1203', 'aa', expect.stringContaining('Did you mean `a`?')]]);
  expect(found('{batch: [1', '{bach: [1')).toEqual([['DML1212', 'bach', expect.stringContaining('`batch`')]]);
  expect(found('3 epochs', '3 epocs')).toEqual([['DML1210', 'epocs', expect.anything()]]);
  expect(found('sweep:', 'sweeps:')).toEqual([['DML1405', 'sweeps', expect.stringContaining('`sweep`')]]);
  expect(found('{of: a', '{doc: {a: 1}, of: a')).toEqual([['DML1402', '{a: 1}', undefined]]);
  expect(found('dml: 1\n', '')).toMatchObject([
    ['DML1250', expect.anything(), expect.stringContaining('`dml: 1`')],
  ]);
});

test('no text makes the reader throw', () => {
  const right = yamlOf(`${prelude}
    experiment a extends base { labels: mean }
    experiment b extends base { labels: voted  seed: 0 .. 2 }
    sweep s of a, b { vary model.width, batch in [(8, 4), (16, 2)]  except: (width: 8) }
    compare t of s, a { rows: experiment  baseline: a  expect: b.dice > 0.5 }`);
  expect(read(right).value).toBeDefined();
  const mutant = fc.tuple(
    fc.nat(right.length),
    fc.nat(12),
    fc.constantFrom('', ' ', '[', '}', '\n', ': ', '*a', '&b', '"', '- ', '{1: 2}', '__proto__: ', '1e309'),
  );
  fc.assert(
    fc.property(mutant, ([at, length, insert]) => {
      const text = right.slice(0, at) + insert + right.slice(at + length);
      const { value, diagnostics } = read(text);
      expect(value !== undefined || diagnostics.length > 0).toBe(true);
    }),
    { numRuns: 300 },
  );
});
