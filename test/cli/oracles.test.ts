import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { dml, root } from '../support/dml.ts';
import { engines } from '../support/evaluators.ts';
import { oracle } from '../support/oracle.ts';
import {
  evalQuestions,
  labelQuestions,
  type OracleQuestion,
  scoreQuestions,
} from '../support/oracle-questions.ts';

const home = process.env.DML_HOME;

/** One call of a command with all questions, a line each; the answers in order. */
async function answers(
  command: string,
  questions: readonly Pick<OracleQuestion, 'title' | 'question'>[],
  flags: readonly string[] = [],
) {
  const input = questions.map(({ question }) => JSON.stringify(question)).join('\n');
  const { out, err, exit } = await dml([command, '--jsonl', '-', ...flags], {
    input,
    env: home === undefined ? {} : { DML_HOME: home },
  });
  const lines = out.trim().split('\n');
  const failed = lines.flatMap((line, i) =>
    line.startsWith('{"error"') ? [`${questions[i]!.title}: ${line}`] : [],
  );
  expect([failed, err, exit]).toEqual([[], '', 0]);
  expect(lines).toHaveLength(questions.length);
  return lines.map((line) => JSON.parse(line) as unknown);
}

const lossOf = ({ question }: OracleQuestion): string => String(question.loss);

const at = (answer: unknown, path: string): unknown =>
  path.split('.').reduce((value, key) => (value as Record<string, unknown>)[key], answer);

/** A gradient that is no larger is 0, but for the last bits of its sums. */
const rounding = 1e-12;

/** Largest difference, as a multiple of the largest expected entry where `relative`. */
function difference(
  answer: unknown,
  path: string,
  expected: number | readonly number[],
  relative: boolean,
): number {
  const wanted = typeof expected === 'number' ? [expected] : expected;
  const found = [at(answer, path)].flat() as readonly number[];
  expect(found, path).toHaveLength(wanted.length);
  const worst = Math.max(...wanted.map((value, i) => Math.abs(found[i]! - value)));
  const largest = Math.max(...wanted.map(Math.abs));
  return relative && largest > rounding ? worst / largest : worst;
}

/**
 * What engines are asked: every mix, and of the single losses every third expression with all its vectors, one behind the
 * other so that its graph is loaded once. Loading takes nearly all of the time, and test/runtime/losses/oracles.test.ts
 * takes every vector on every engine without the command.
 */
const sampled: readonly OracleQuestion[] = [...new Set(evalQuestions.map(lossOf))]
  .filter((loss, i) => i % 3 === 0 || / [+] /.test(loss.replace(/reduction: [^,)]*/, '')))
  .flatMap((loss) => evalQuestions.filter((question) => lossOf(question) === loss));

const evaluators = [
  { name: 'reference', missing: undefined, tolerance: 1e-10, questions: evalQuestions },
  ...engines.map(({ name, missing }) => ({ name, missing, tolerance: 1e-5, questions: sampled })),
];

for (const { name, missing, tolerance, questions } of evaluators)
  test.skipIf(evalQuestions.length === 0 || missing !== undefined)(
    `dml eval gives reference values and gradients of the losses on ${name}, ${questions.length} of ${evalQuestions.length}${missing ? ` (${missing})` : ''}`,
    async () => {
      const found = await answers('eval', questions, ['--engine', name]);
      for (const [i, { title, expected }] of questions.entries())
        for (const [path, value] of Object.entries(expected)) {
          const relative = name !== 'reference' || path !== 'value';
          expect(difference(found[i], path, value, relative), `${title}: ${path}`).toBeLessThanOrEqual(
            tolerance,
          );
        }
    },
    120_000,
  );

test.skipIf(labelQuestions.length === 0)(
  'dml labels gives every reference vector of label steps',
  async () => {
    const found = await answers('labels', labelQuestions);
    for (const [i, { title, expected, tolerance }] of labelQuestions.entries())
      for (const [path, value] of Object.entries(expected))
        expect(difference(found[i], path, value, false), `${title}: ${path}`).toBeLessThanOrEqual(tolerance);
  },
);

test.skipIf(scoreQuestions.length === 0)('dml score gives every reference value of the metrics', async () => {
  const found = (await answers('score', scoreQuestions)) as {
    scores: { metric: string; value: number | null }[];
  }[];
  for (const [i, { title, expected, scales }] of scoreQuestions.entries()) {
    const { scores } = found[i]!;
    expect(scores).toHaveLength(expected.length);
    for (const [j, { metric, value }] of scores.entries()) {
      const wanted = expected[j]!;
      if (wanted === null || value === null) expect(value, `${title}: ${metric}`).toBe(wanted);
      else expect(Math.abs(scales[j]! * value - wanted), `${title}: ${metric}`).toBeLessThanOrEqual(1e-9);
    }
  }
});

/** Records that are no questions about arrays, and the test that takes them: layers, optimizers and training steps. */
const elsewhere: Readonly<Record<string, string>> = {
  layers: 'test/compiler/graph/layers.test.ts',
  optim: 'test/runtime/optimizers/oracles.test.ts',
  training: 'test/cli/training-vectors.test.ts',
};

const files = [
  'kde',
  'label_smoothing',
  'losses',
  'losses_prob',
  'metrics',
  'mix',
  'raters',
  ...Object.keys(elsewhere),
];

/** Every record of a file, as `kde images 0`. */
const recordsOf = (name: string): readonly string[] =>
  Object.entries(oracle<Readonly<Record<string, unknown>>>(name) ?? {}).flatMap(([list, entries]) =>
    Array.isArray(entries) ? entries.map((_, i) => `${name} ${list} ${i}`) : [],
  );

describe.skipIf(!oracle('kde'))('every reference vector', () => {
  test.each(files.filter((name) => !(name in elsewhere)))('of %s is a question for a command', (name) => {
    const asked = new Set(
      [...evalQuestions, ...labelQuestions, ...scoreQuestions].map(({ record }) => record),
    );
    const records = recordsOf(name);
    expect(records.length).toBeGreaterThan(0);
    expect(records.filter((record) => !asked.has(record))).toEqual([]);
  });

  test.each(Object.entries(elsewhere))('of %s is taken by %s', (name, file) => {
    expect(readFileSync(path.join(root, file), 'utf8')).toMatch(
      new RegExp(`['\`]${name}['\`]|${name}-oracle`),
    );
  });

  test('belongs to a file that is known here', () => {
    const folder = path.join(root, '..', 'shared', 'oracles');
    const names = readdirSync(folder).filter((file) => file.endsWith('.json'));
    expect(names.map((file) => path.basename(file, '.json')).filter((name) => !files.includes(name))).toEqual(
      [],
    );
  });
});
