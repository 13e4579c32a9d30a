import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { encodeNpy } from '../../runtime/arrays/npy.ts';
import { dml as started, temporaryFolder } from '../support/dml.ts';
import { askLines, dml } from '../support/within.ts';

/** One image of two pixels, two classes. */
const logits = { shape: [1, 1, 2, 2], data: [0.5, -1, 2, 0.25] };
const labels = { shape: [1, 1, 2, 2], data: [0.75, 0.25, 0, 1] };

const call = async (words: readonly string[], files: Readonly<Record<string, unknown>> = {}, input = '') => {
  const texts = Object.entries(files).map(([name, value]) => [name, JSON.stringify(value)]);
  const cwd = temporaryFolder(Object.fromEntries(texts));
  return { ...(await dml(['eval', ...words], { cwd, input })), cwd };
};
const json = (text: string) => JSON.parse(text) as Record<string, unknown>;
const lines = (text: string) => text.trim().split('\n').map(json);

/** One question a call, as a line; the answer. */
const ask = (...questions: readonly unknown[]) => askLines<Record<string, unknown>>('eval', questions);

test('a file of logits and one of labels give the value and the gradient', async () => {
  const { out, exit } = await call(
    ['0.25 ce + 0.75 dml1(smooth: 0)', '--logits', 'z.json', '--labels', 'y.json', '--grad', '--json'],
    { 'z.json': logits, 'y.json': labels },
  );
  const { value, gradient, terms } = json(out) as {
    value: number;
    gradient: { shape: number[]; data: number[] };
    terms: { weight: number; loss: string; value: number }[];
  };
  expect(exit).toBe(0);
  const p = (a: number, b: number) => Math.exp(a) / (Math.exp(a) + Math.exp(b));
  const [x, y] = [
    [p(0.5, -1), p(-1, 0.5), p(2, 0.25), p(0.25, 2)],
    [0.75, 0.25, 0, 1],
  ] as const;
  const ce = -(0.75 * Math.log(x[0]) + 0.25 * Math.log(x[1]) + Math.log(x[3])) / 2;
  const ofClass = (c: 0 | 1) =>
    (Math.abs(x[c] - y[c]) + Math.abs(x[2 + c]! - y[2 + c]!)) / (x[c] + x[2 + c]! + y[c] + y[2 + c]!);
  const dml1 = (ofClass(0) + ofClass(1)) / 2;
  expect(value).toBeCloseTo(0.25 * ce + 0.75 * dml1, 12);
  expect(terms.map((term) => [term.weight, term.loss])).toEqual([
    [0.25, 'ce'],
    [0.75, 'dml1'],
  ]);
  expect(gradient.shape).toEqual([1, 1, 2, 2]);
  expect(gradient.data[0]! + gradient.data[1]!).toBeCloseTo(0, 12);
});

test('arrays of NumPy are taken as well, and one image or bare pixels need no further axes', async () => {
  const cwd = temporaryFolder();
  const save = (name: string, shape: number[], data: number[]) =>
    writeFileSync(path.join(cwd, name), encodeNpy({ shape, data: Float64Array.from(data) }));
  const values = [];
  for (const shape of [
    [1, 1, 2, 2],
    [1, 2, 2],
    [2, 2],
  ]) {
    save('z.npy', shape, logits.data);
    save('y.npy', shape, labels.data);
    const { out } = await dml(['eval', 'dml2', '--logits', 'z.npy', '--labels', 'y.npy', '--json'], { cwd });
    values.push(json(out).value);
  }
  expect(new Set(values).size).toBe(1);
});

test('people see the value and its terms, and warnings on standard error', async () => {
  const probabilities = { shape: [1, 2], data: [0.25, 0.75] };
  const { out, err } = await call(['0.5 ce + 0.5 dml1', '--logits', 'p.json', '--labels', 'p.json'], {
    'p.json': probabilities,
  });
  expect(out).toMatch(/^0\.\d+\n {2}0\.5 ce: 0\.\d+\n {2}0\.5 dml1: 0\.\d+\n$/);
  expect(err).toContain('warning: p.json lies in 0 to 1 and adds up to 1 over the classes');
});

test('a map of class indices is hard: absent classes do not count, unless the loss says so', async () => {
  const z = { shape: [1, 2, 3], data: [1, 0, 0, 0, 1, 0] };
  const indices = { shape: [1, 2], data: [0, 1] };
  const hot = { shape: [1, 2, 3], data: [1, 0, 0, 0, 1, 0] };
  const { answers } = await ask(
    { loss: 'dml1', logits: z, labels: indices },
    { loss: 'dml1(active: present)', logits: z, labels: hot },
    { loss: 'dml1(active: all)', logits: z, labels: indices },
    { loss: 'dml1', logits: z, labels: hot },
  );
  const [mapped, present, all, soft] = answers.map(({ value }) => value);
  expect(mapped).toBe(present);
  expect(all).toBe(soft);
  expect(mapped).not.toBe(soft);
});

test('a probability of 0 counts for nothing where its label is 0, at any temperature', async () => {
  const prediction = { shape: [1, 1, 1, 3], data: [0, 0.2, 0.8] };
  const label = { shape: [1, 1, 1, 3], data: [0, 0.5, 0.5] };
  const { answers } = await ask(
    ...[1, 2].map((temperature) => ({
      loss: `kl(temperature: ${temperature})`,
      probabilities: prediction,
      labels: label,
    })),
  );
  for (const [i, temperature] of [1, 2].entries()) {
    const powers = [0.2, 0.8].map((p) => p ** (1 / temperature));
    const total = powers.reduce((a, b) => a + b);
    const terms = powers.map((power) => 0.5 * Math.log(0.5 / (power / total)));
    expect(answers[i]!.value).toBeCloseTo(temperature ** 2 * (terms[0]! + terms[1]!), 12);
  }
});

test('ignored pixels are never looked at, whatever they hold', async () => {
  const two = (extra: number[]) => ({ shape: [1, 2, 2], data: [1, -1, ...extra] });
  const keep = { shape: [1, 2], data: [1, 0] };
  const ignored = { shape: [1, 2], data: [0, 255] };
  const { answers, exit } = await ask(
    { loss: 'ce', logits: { shape: [1, 1, 2], data: [1, -1] }, labels: { shape: [1, 1], data: [0] } },
    { loss: 'ce', logits: two([9, 9]), labels: { shape: [1, 2, 2], data: [1, 0, 7, 7] }, keep },
    { loss: 'ce', logits: two([9, 9]), labels: ignored, ignore: 255, gradient: true },
  );
  expect(exit).toBe(0);
  expect(new Set(answers.map(({ value }) => value)).size).toBe(1);
  expect((answers[2]!.gradient as { data: number[] }).data.slice(2)).toEqual([0, 0]);
});

test('terms look at other heads and at the teacher, and each head has its gradient', async () => {
  const aux = { shape: logits.shape, data: [1, 0, 0, 1] };
  const { answers } = await ask({
    loss: '0.5 ce + 0.25 ce at aux + 0.25 dml1 on (teacher |> temperature(2))',
    logits,
    heads: { aux },
    labels,
    teacher_logits: aux,
    gradient: true,
  });
  const [answer] = answers as { gradients: { aux: { shape: number[]; data: number[] } } }[];
  expect(Object.keys(answer!.gradients)).toEqual(['aux']);
  const p = Math.exp(1) / (Math.exp(1) + 1);
  expect(answer!.gradients.aux.data[0]).toBeCloseTo((0.25 * (p - 0.75)) / 2, 12);
});

test('lines are answered in order with their id; one that fails does not stop the others, and the exit code is 1', async () => {
  const good = { loss: 'dml1', logits, labels };
  const input = [
    JSON.stringify({ id: 'a', ...good }),
    '{"id": "b", "loss": "dlm1", "logits": 3}',
    'no json',
    '',
    JSON.stringify({ id: 7, loss: 'dlm1', logits, labels }),
    JSON.stringify({ id: 'z', ...good, lables: labels }),
    JSON.stringify(good),
  ].join('\n');
  const { out, exit } = await started(['eval', '--jsonl', '-'], { input });
  const answers = lines(out) as {
    id?: unknown;
    value?: number;
    error?: { line: number; message: string; help?: string };
  }[];
  expect(exit).toBe(1);
  expect(answers.map(({ id, value, error }) => [id, value === undefined, error?.line])).toEqual([
    ['a', false, undefined],
    ['b', true, 2],
    [undefined, true, 3],
    [7, true, 5],
    ['z', true, 6],
    [undefined, false, undefined],
  ]);
  expect(answers[3]!.error!.message).toContain("The expression 'dlm1' is wrong at column 1: DML1203");
  expect(answers[3]!.error!.help).toBe('Did you mean `dml1`?');
  expect(answers[4]!.error).toMatchObject({
    message: 'There is no field `lables`.',
    help: 'Did you mean `labels`?',
  });
});

test('what the flags say holds for every line, and a tensor may be the name of a file', async () => {
  const { out } = await call(['dml2', '--labels', 'y.json', '--jsonl', 'questions.jsonl'], {
    'y.json': labels,
    'z.json': logits,
    'questions.jsonl': { logits: 'z.json' },
  });
  const { out: again } = await call(['--jsonl', '-'], {}, JSON.stringify({ loss: 'dml2', logits, labels }));
  expect(lines(out)[0]!.value).toBe(lines(again)[0]!.value);
});

const space = { shape: [1, 1, 2, 2] };
const bad: readonly (readonly [string, Record<string, unknown>, string])[] = [
  ['no prediction', { labels }, 'There is no prediction.'],
  [
    'two predictions',
    { logits, probabilities: logits, labels },
    'Both `logits` and `probabilities` are given.',
  ],
  ['no labels', { logits }, 'There are no labels.'],
  [
    'other axes',
    { logits: { shape: [4], data: [0, 0, 0, 0] }, labels },
    'has the shape [4], which is no batch',
  ],
  [
    'shapes that differ',
    { logits, labels: { shape: [1, 1, 3, 2], data: [1, 0, 1, 0, 1, 0] } },
    '`labels` has the shape [1, 1, 3, 2], `logits` has [1, 1, 2, 2].',
  ],
  [
    'probabilities beyond 1',
    { probabilities: { ...space, data: [0.5, 1.5, 0, 0] }, labels },
    '`probabilities` holds 1.5 at [0, 0, 0, 1], outside of 0 to 1.',
  ],
  [
    'labels beyond 1',
    { logits, labels: { ...space, data: [0.5, 0.5, -0.5, 1.5] } },
    '`labels` holds -0.5 at [0, 0, 1, 0], outside of 0 to 1.',
  ],
  [
    'labels that do not add up',
    { logits, labels: { ...space, data: [0.5, 0.5, 0.5, 0.4] } },
    '`labels` adds up to 0.9 over the classes at pixel [0, 0, 1], not to 1.',
  ],
  [
    'an index beyond the classes',
    { logits, labels: { shape: [1, 1, 2], data: [0, 3] } },
    'holds the value 3 at [0, 0, 1]; there are 2 classes, so indices go from 0 to 1.',
  ],
  [
    'a negative index',
    { logits, labels: { shape: [1, 1, 2], data: [-1, 1] } },
    'holds the value -1 at [0, 0, 0]',
  ],
  ['255 for ignored pixels', { logits, labels: { shape: [1, 1, 2], data: [0, 255] } }, 'holds the value 255'],
  [
    'half an index',
    { logits, labels: { shape: [1, 1, 2], data: [0, 0.5] } },
    'a map of class indices holds whole numbers',
  ],
  [
    'a mask of kept pixels with other values',
    { logits, labels, keep: { shape: [1, 1, 2], data: [1, 0.5] } },
    '`keep` holds 0.5 at [0, 0, 1]; a mask of kept pixels holds 0 and 1.',
  ],
  [
    'a mask of another shape',
    { logits, labels, keep: { shape: [2, 1], data: [1, 1] } },
    '`keep` has the shape [2, 1]',
  ],
  [
    'a teacher that is missing',
    { loss: 'ce on teacher', logits },
    'A term is measured on `teacher`, which was not given.',
  ],
  ['raters', { loss: 'ce on (raters |> average)', logits, labels }, 'A term is measured on `raters`'],
  ['a head that is missing', { loss: 'ce at aux', logits, labels }, 'What is given has no head `aux`.'],
  [
    'a head of the teacher that is missing',
    {
      loss: '0.5 ce + 0.5 ce at aux on teacher',
      logits,
      heads: { aux: logits },
      labels,
      teacher_logits: logits,
    },
    'of which no head `aux` was given',
  ],
  [
    'a logarithm of 0',
    { loss: 'ce', probabilities: { ...space, data: [0, 1, 0, 1] }, labels },
    'The loss is infinite: a probability is 0 where its label is 0.75, at [0, 0, 0, 0].',
  ],
  ['a file that is missing', { logits: 'absent.npy', labels }, 'absent.npy is not there.'],
  ['a list in place of an array', { logits: [1, 2], labels }, '`logits` is no array'],
  ['a gradient that is no switch', { logits, labels, gradient: 'yes' }, '`gradient` must be true or false'],
];

test('bad arrays get one clear message each', async () => {
  const { answers, exit } = await ask(...bad.map(([, fields]) => ({ loss: 'dml1', ...fields })));
  expect(exit).toBe(1);
  for (const [i, [what, , message]] of bad.entries())
    expect((answers[i]!.error as { message: string }).message, what).toContain(message);
});

describe('alone, bad input ends with exit code 2 and one message', () => {
  test.each([
    [['dml1', '--logits', 'nan.npy', '--labels', 'y.json'], 'nan.npy holds NaN at [0, 0, 1, 0].'],
    [['dml1', '--logits', 'cut.npy', '--labels', 'y.json'], 'cut.npy is cut short'],
    [['dml1 +', '--logits', 'y.json', '--labels', 'y.json'], "The expression 'dml1 +' is wrong"],
    [['--logits', 'y.json', '--labels', 'y.json'], 'There is no loss to evaluate.'],
    [['dml1', '--head', 'aux'], '--head aux does not say which.'],
  ])('%s', async (words, message) => {
    const cwd = temporaryFolder({ 'y.json': JSON.stringify(labels) });
    const nan = encodeNpy({ shape: logits.shape, data: Float32Array.of(0, 1, Number.NaN, 0) });
    writeFileSync(path.join(cwd, 'nan.npy'), nan);
    writeFileSync(path.join(cwd, 'cut.npy'), nan.subarray(0, -3));
    const text = await dml(['eval', ...words], { cwd });
    expect([text.exit, text.out]).toEqual([2, '']);
    expect(text.err).toContain(message);
    expect(text.err.match(/^error/gm)).toHaveLength(1);
    const { exit, out } = await dml(['eval', ...words, '--json'], { cwd });
    expect([exit, (json(out).error as { message: string }).message]).toEqual([
      2,
      expect.stringContaining(message),
    ]);
  });
});

test('the examples of its help are commands that work', async () => {
  const cwd = temporaryFolder({ 'questions.jsonl': JSON.stringify({ loss: 'dml1', logits, labels }) });
  const array = ({ shape, data }: typeof logits) => encodeNpy({ shape, data: Float64Array.from(data) });
  writeFileSync(path.join(cwd, 'logits.npy'), array(logits));
  writeFileSync(path.join(cwd, 'labels.npy'), array(labels));
  const help = readFileSync(path.join(import.meta.dirname, 'golden/help/eval.txt'), 'utf8');
  const examples = [...help.matchAll(/^ {2}dml (eval .*?) +# /gm)].map((match) => match[1]!);
  expect(examples).toHaveLength(3);
  for (const example of examples) {
    const words = [...example.matchAll(/'([^']*)'|(\S+)/g)].map((match) => match[1] ?? match[2]!);
    expect((await started(words, { cwd })).exit, example).toBe(0);
  }
});

test('a loss of the user is evaluated once its file is allowed, and never before', async () => {
  const cwd = temporaryFolder({
    'y.json': JSON.stringify(labels),
    'z.json': JSON.stringify(logits),
    'own.ts': `import { type LossInputs, type Value, mul, sum } from 'dml';

/** Sum of the probabilities of what is labelled. @labels soft */
export function agreement({ probabilities, labels }: LossInputs): Value {
  return sum(mul(probabilities, labels));
}
`,
  });
  const env = { DML_HOME: path.join(cwd, 'home') };
  const words = [
    'eval',
    '0.5 agreement',
    '--use',
    'own.ts',
    '--logits',
    'z.json',
    '--labels',
    'y.json',
    '--json',
  ];
  const refused = await dml(words, { cwd, env });
  expect([refused.exit, refused.out]).toEqual([2, expect.stringContaining('which you have not allowed')]);
  const { exit, out } = await dml([...words, '--allow', 'own.ts'], { cwd, env });
  expect(exit, out).toBe(0);
  const p = (a: number, b: number) => Math.exp(a) / (Math.exp(a) + Math.exp(b));
  const expected = 0.75 * p(0.5, -1) + 0.25 * p(-1, 0.5) + p(0.25, 2);
  expect(json(out).value).toBeCloseTo(0.5 * expected, 12);
});
