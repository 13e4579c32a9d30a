import type { Registry } from '../../compiler/registry.ts';
import type { NumericArray } from '../../runtime/arrays/array.ts';
import { evalLoss, type LossAnswer } from '../../runtime/expressions/eval-loss.ts';
import { type Evaluate, type EvaluatorName, openEvaluator } from '../../runtime/expressions/evaluator.ts';
import type { Prediction } from '../../runtime/expressions/loss-arrays.ts';
import type { Context, Report } from '../command.ts';
import { UsageError } from '../errors.ts';
import { answerLines } from './jsonl.ts';
import { type OwnFlags, registryFor } from './own-registry.ts';
import { type Fields, fieldsOf, numberField, switchField, textField } from './record.ts';
import { namedFiles, namedTensorsField, tensorField } from './tensors.ts';
import { warn } from './warn.ts';

const names = [
  'loss',
  'logits',
  'probabilities',
  'heads',
  'labels',
  'keep',
  'ignore',
  'teacher_logits',
  'teacher_probabilities',
  'teacher_heads',
  'gradient',
] as const;

type Question = Fields<(typeof names)[number]>;

interface Flags extends OwnFlags {
  readonly logits: string | undefined;
  readonly probabilities: string | undefined;
  readonly head: readonly string[];
  readonly labels: string | undefined;
  readonly keep: string | undefined;
  readonly ignore: string | undefined;
  readonly 'teacher-logits': string | undefined;
  readonly 'teacher-probabilities': string | undefined;
  readonly 'teacher-head': readonly string[];
  readonly grad: boolean;
  readonly engine: EvaluatorName | undefined;
  readonly jsonl: string | undefined;
}

/** What answers a question. */
interface Means {
  readonly evaluate: Evaluate;
  readonly registry: Registry;
}

/** `dml eval`: one question from flags, or many from a file. */
export async function evalArrays(loss: string | undefined, flags: Flags, context: Context): Promise<Report> {
  const loaded = await registryFor(flags, context);
  if ('report' in loaded) return loaded.report;
  const { evaluate, close } = await openEvaluator(flags.engine ?? 'reference');
  try {
    return await answer(loss, flags, { evaluate, registry: loaded.registry }, context);
  } finally {
    await close();
  }
}

async function answer(
  loss: string | undefined,
  flags: Flags,
  means: Means,
  context: Context,
): Promise<Report> {
  const asked = questionOf(loss, flags);
  if (flags.jsonl !== undefined)
    return answerLines(flags.jsonl, context, async (question) =>
      answerData(await ask({ ...asked, ...fieldsOf(question, names) }, means, context)),
    );
  if (loss === undefined)
    throw new UsageError(
      'There is no loss to evaluate.',
      "Write it first: dml eval '0.25 ce + 0.75 dml1' --logits …",
    );
  const found = await ask(asked, means, context);
  warn(found.warnings, context);
  return { exit: 0, data: answerData(found), text: answerText(found) };
}

/** What the flags say, as a question; for lines of a file these are what a line does not say itself. */
const questionOf = (loss: string | undefined, flags: Flags): Question => ({
  ...(loss === undefined ? {} : { loss }),
  logits: flags.logits,
  probabilities: flags.probabilities,
  heads: namedFiles(flags.head, 'head'),
  labels: flags.labels,
  keep: flags.keep,
  ignore: flags.ignore,
  teacher_logits: flags['teacher-logits'],
  teacher_probabilities: flags['teacher-probabilities'],
  teacher_heads: namedFiles(flags['teacher-head'], 'teacher-head'),
  gradient: flags.grad,
});

async function ask(question: Question, { evaluate, registry }: Means, { cwd }: Context): Promise<LossAnswer> {
  const prediction = await predictionOf(question, '', cwd);
  if (!prediction)
    throw new UsageError(
      'There is no prediction.',
      'Give --logits FILE, or --probabilities FILE if they are free of a softmax.',
    );
  return evalLoss(
    {
      loss: textField(question.loss, 'loss'),
      prediction,
      labels: await tensorField(question.labels, 'labels', cwd),
      keep: await tensorField(question.keep, 'keep', cwd),
      ignore: numberField(question.ignore, 'ignore'),
      teacher: await predictionOf(question, 'teacher_', cwd),
      gradient: switchField(question.gradient, 'gradient'),
    },
    evaluate,
    registry,
  );
}

async function predictionOf(
  question: Question,
  prefix: '' | 'teacher_',
  cwd: string,
): Promise<Prediction | undefined> {
  const given = (['logits', 'probabilities'] as const).filter(
    (kind) => question[`${prefix}${kind}`] !== undefined,
  );
  const [kind] = given;
  if (given.length > 1)
    throw new UsageError(
      `Both \`${prefix}logits\` and \`${prefix}probabilities\` are given.`,
      'Give one: probabilities are softmax(logits).',
    );
  if (!kind) return undefined;
  const main = (await tensorField(question[`${prefix}${kind}`], `${prefix}${kind}`, cwd))!;
  const heads = await namedTensorsField(question[`${prefix}heads`], `${prefix}heads`, cwd);
  return { kind, heads: { main, ...heads } };
}

/** As JSON has it: lists in place of typed arrays. */
function answerData({ value, gradient, gradients, terms, warnings }: LossAnswer) {
  return {
    value,
    ...(gradient ? { gradient: plain(gradient) } : {}),
    ...(gradients
      ? { gradients: Object.fromEntries(Object.entries(gradients).map(([head, one]) => [head, plain(one)])) }
      : {}),
    terms,
    ...(warnings.length > 0 ? { warnings } : {}),
  };
}

const plain = ({ shape, data }: NumericArray) => ({ shape, data: Array.from(data) });

function answerText({ value, gradient, gradients = {}, terms }: LossAnswer): string {
  const parts = terms.length > 1 ? terms.map((term) => `  ${term.weight} ${term.loss}: ${term.value}\n`) : [];
  const all = Object.entries({ ...(gradient ? { main: gradient } : {}), ...gradients });
  const norms = all.map(
    ([head, one]) => `gradient of ${head} [${one.shape.join(', ')}]: norm ${norm(one.data)}\n`,
  );
  return [`${value}\n`, ...parts, ...norms].join('');
}

function norm(data: ArrayLike<number>): number {
  let squares = 0;
  for (let i = 0; i < data.length; i++) squares += data[i]! ** 2;
  return Math.sqrt(squares);
}
