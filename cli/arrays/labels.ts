import type { Registry } from '../../compiler/registry.ts';
import type { NumericArray } from '../../runtime/arrays/array.ts';
import { hasEnding } from '../../runtime/arrays/formats.ts';
import { checkWritable, stageArray } from '../../runtime/arrays/write.ts';
import { inForm, type LabelForm } from '../../runtime/expressions/label-form.ts';
import type { Prediction } from '../../runtime/expressions/loss-arrays.ts';
import { type MadeLabels, makeLabels } from '../../runtime/expressions/make-labels.ts';
import type { Staged } from '../../runtime/store/files.ts';
import type { Context, Report } from '../command.ts';
import { UsageError } from '../errors.ts';
import { type CaseFlag, matchCases } from './cases.ts';
import { answerLines } from './jsonl.ts';
import { type OwnFlags, registryFor } from './own-registry.ts';
import { type Fields, fieldsOf, numberField, textField } from './record.ts';
import { tensorField, tensorsField } from './tensors.ts';
import { warn } from './warn.ts';

const names = [
  'pipeline',
  'raters',
  'mask',
  'teacher_logits',
  'teacher_probabilities',
  'keys',
  'key_labels',
  'keep',
  'ignore',
  'classes',
  'case',
  'seed',
  'epoch',
  'form',
  'output',
] as const;

type Question = Fields<(typeof names)[number]>;

interface Flags extends OwnFlags {
  readonly raters: readonly string[];
  readonly mask: string | undefined;
  readonly 'teacher-logits': string | undefined;
  readonly 'teacher-probabilities': string | undefined;
  readonly keys: string | undefined;
  readonly 'key-labels': string | undefined;
  readonly keep: string | undefined;
  readonly ignore: string | undefined;
  readonly classes: string | undefined;
  readonly case: string | undefined;
  readonly seed: string | undefined;
  readonly epoch: string | undefined;
  readonly form: LabelForm | undefined;
  readonly output: string | undefined;
  readonly jsonl: string | undefined;
}

/** `dml labels`: the labels of one case or of many, from flags or from a file of questions. */
export async function labelArrays(
  pipeline: string | undefined,
  flags: Flags,
  context: Context,
): Promise<Report> {
  const loaded = await registryFor(flags, context);
  if ('report' in loaded) return loaded.report;
  const { registry } = loaded;
  const asked = questionOf(pipeline, flags);
  if (flags.jsonl !== undefined)
    return answerLines(flags.jsonl, context, async (line) => {
      const question = { ...asked, ...fieldsOf(line, names) };
      const answer = await ask(question, registry, context);
      await answer.file?.commit();
      return answer.data;
    });
  if (pipeline === undefined)
    throw new UsageError(
      'There is no pipeline.',
      "Write it first: dml labels 'raters |> average' --raters … -o labels.npy",
    );
  return labelCases(asked, flags, registry, context);
}

/** Every case, or, if one cannot be made, none. */
async function labelCases(
  asked: Question,
  flags: Flags,
  registry: Registry,
  context: Context,
): Promise<Report> {
  const { cases, warnings } = await matchCases(...caseFlags(flags), context.cwd);
  const many = cases.length > 1;
  if (many && !flags.output?.includes('{case}'))
    throw new UsageError(
      `There are ${cases.length} cases, but one output.`,
      "Give a pattern with {case}: -o 'labels/{case}.npy'",
    );
  const answers: Answer[] = [];
  try {
    for (const { id, files } of cases) {
      const own = {
        ...asked,
        case: many ? id : (flags.case ?? id),
        raters: files.raters,
        ...single(files, 'mask', 'teacher_logits', 'teacher_probabilities', 'keep'),
        output: flags.output?.replaceAll('{case}', id),
      };
      answers.push(await ask(own, registry, context));
    }
  } catch (error) {
    await Promise.all(answers.map(({ file }) => file?.discard()));
    throw error;
  }
  for (const { file } of answers) await file?.commit();
  warn(warnings, context);
  return {
    exit: 0,
    data: {
      ...(many ? { files: answers.map(({ data }) => data) } : answers[0]!.data),
      ...(warnings.length > 0 ? { warnings } : {}),
    },
    text: answers.map(({ text }) => text).join(''),
  };
}

/** The first flag that was given decides which cases there are. */
function caseFlags(flags: Flags): readonly [leading: string, flags: Readonly<Record<string, CaseFlag>>] {
  const one = (file: string | undefined, role: CaseFlag['role']): CaseFlag => ({
    files: file === undefined ? [] : [file],
    role,
  });
  const all = {
    raters: { files: flags.raters, role: 'each' as const },
    mask: one(flags.mask, 'each'),
    'teacher-logits': one(flags['teacher-logits'], 'each'),
    'teacher-probabilities': one(flags['teacher-probabilities'], 'each'),
    keep: one(flags.keep, 'shared'),
  };
  const leading = Object.entries(all).find(([, { files }]) => files.length > 0)?.[0] ?? 'raters';
  return [leading, all];
}

/** Of each of these flags the one file of a case, by the name of its field. */
const single = (files: Readonly<Record<string, readonly string[]>>, ...fields: readonly string[]) =>
  Object.fromEntries(fields.map((field) => [field, files[field.replaceAll('_', '-')]?.[0]]));

const questionOf = (pipeline: string | undefined, flags: Flags): Question => ({
  ...(pipeline === undefined ? {} : { pipeline }),
  raters: flags.raters.length > 0 ? flags.raters : undefined,
  mask: flags.mask,
  teacher_logits: flags['teacher-logits'],
  teacher_probabilities: flags['teacher-probabilities'],
  keys: flags.keys,
  key_labels: flags['key-labels'],
  keep: flags.keep,
  ignore: flags.ignore,
  classes: flags.classes,
  case: flags.case,
  seed: flags.seed,
  epoch: flags.epoch,
  form: flags.form,
  output: flags.output,
});

interface Answer {
  readonly data: Readonly<Record<string, unknown>>;
  readonly text: string;
  /** Written beside its place, not there yet. */
  readonly file: Staged | undefined;
}

async function ask(question: Question, registry: Registry, { cwd }: Context): Promise<Answer> {
  const output = question.output === undefined ? undefined : textField(question.output, 'output');
  if (output !== undefined) await checkWritable(output, cwd);
  const ignore = numberField(question.ignore, 'ignore');
  const made = await makeLabels(
    {
      pipeline: textField(question.pipeline, 'pipeline'),
      raters: await tensorsField(question.raters, 'raters', cwd),
      mask: await tensorField(question.mask, 'mask', cwd),
      teacher: await teacherOf(question, cwd),
      keys: await keysOf(question, cwd),
      keep: await tensorField(question.keep, 'keep', cwd),
      ignore,
      classes: numberField(question.classes, 'classes', { integer: true, minimum: 2 }),
      id: question.case === undefined ? 'case' : textField(question.case, 'case'),
      seed: numberField(question.seed, 'seed', { integer: true }) ?? 0,
      epoch: numberField(question.epoch, 'epoch', { integer: true }) ?? 0,
    },
    registry,
  );
  const form = formOf(question.form, output, made);
  const labels = inForm(made, form, ignore ?? 255);
  const about = { soft: made.soft, classes: made.classes, form, shape: labels.shape };
  const chosen = Object.keys(made.chosen).length > 0 ? { chosen: made.chosen } : {};
  if (output === undefined)
    return {
      data: { labels: plain(labels), ...about, ...chosen },
      text: `${JSON.stringify(plain(labels))}\n`,
      file: undefined,
    };
  const file = await stageArray(output, labels, { classes: form === 'classes' }, cwd);
  return {
    data: { output, ...about, ...chosen },
    text: `${output}: ${made.soft ? 'soft' : 'hard'} labels [${labels.shape.join(', ')}], ${made.classes} classes${chosenText(made)}\n`,
    file,
  };
}

/** A PNG holds a map; so does NIfTI, which other tools expect, if labels are hard. */
function formOf(asked: unknown, output: string | undefined, { soft }: MadeLabels): LabelForm {
  const png = output !== undefined && hasEnding(output, ['.png']);
  const form = asked === undefined ? undefined : textField(asked, 'form');
  if (form !== undefined && form !== 'classes' && form !== 'map' && form !== 'foreground')
    throw new UsageError(`There is no form \`${form}\`.`, 'Known are: classes, map, foreground.');
  if (png && soft)
    throw new UsageError(
      `${output} cannot hold soft labels: a PNG holds whole numbers.`,
      'Write them as .npy, .nii.gz or .safetensors, or end the pipeline with `|> harden`.',
    );
  if (png && form === 'classes')
    throw new UsageError(
      `${output} cannot hold a class axis.`,
      'Leave --form out: a PNG holds the map of classes.',
    );
  const maps = output !== undefined && hasEnding(output, ['.png', '.nii', '.nii.gz']);
  return form ?? (maps && !soft ? 'map' : 'classes');
}

async function teacherOf(question: Question, cwd: string): Promise<Prediction | undefined> {
  const { teacher_logits: logits, teacher_probabilities: probabilities } = question;
  if (logits !== undefined && probabilities !== undefined)
    throw new UsageError('Both `teacher_logits` and `teacher_probabilities` are given.', 'Give one of them.');
  const main = await tensorField(
    logits ?? probabilities,
    logits ? 'teacher_logits' : 'teacher_probabilities',
    cwd,
  );
  return main && { kind: logits === undefined ? 'probabilities' : 'logits', heads: { main } };
}

async function keysOf(question: Question, cwd: string) {
  const probabilities = await tensorField(question.keys, 'keys', cwd);
  const labels = await tensorField(question.key_labels, 'key_labels', cwd);
  if (!probabilities && !labels) return undefined;
  if (!probabilities || !labels)
    throw new UsageError(
      `There is \`${probabilities ? 'keys' : 'key_labels'}\` without \`${probabilities ? 'key_labels' : 'keys'}\`.`,
      'Key points are probabilities [key, class] and the class of each, [key].',
    );
  return { probabilities, labels };
}

const plain = ({ shape, data }: NumericArray) => ({ shape, data: Array.from(data) });

const chosenText = ({ chosen }: MadeLabels): string =>
  Object.entries(chosen)
    .map(
      ([step, values]) =>
        `; ${step}: ${Object.entries(values)
          .map(([name, value]) => `${name} ${value}`)
          .join(', ')}`,
    )
    .join('');
