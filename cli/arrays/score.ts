import type { Registry } from '../../compiler/registry.ts';
import { type ArrayFile, entryOf, heldArray } from '../../runtime/arrays/array-file.ts';
import { openArray } from '../../runtime/arrays/open.ts';
import { ArrayError } from '../../runtime/expressions/given.ts';
import {
  type ArrayScore,
  openArrayScorers,
  type ScoreCase,
  type ScoreSettings,
} from '../../runtime/expressions/score-arrays.ts';
import { splitRaters } from '../../runtime/expressions/score-case.ts';
import { measureText } from '../../runtime/trainer/naming.ts';
import type { Context, Report } from '../command.ts';
import { UsageError } from '../errors.ts';
import { printTable } from '../table.ts';
import { idOf, type MatchedCase, matchCases } from './cases.ts';
import { answerLines } from './jsonl.ts';
import { type OwnFlags, registryFor } from './own-registry.ts';
import { type Fields, fieldsOf, numberField, switchField, textField } from './record.ts';
import { tensorField } from './tensors.ts';
import { warn } from './warn.ts';

const caseNames = ['case', 'prediction', 'truth', 'raters', 'keep'] as const;
const names = [
  ...caseNames,
  'cases',
  'metrics',
  'classes',
  'ignore',
  'logits',
  'foreground',
  'each',
] as const;

type Question = Fields<(typeof names)[number]>;
type CaseFields = Fields<(typeof caseNames)[number]>;

interface Flags extends OwnFlags {
  readonly prediction: readonly string[];
  readonly truth: readonly string[];
  readonly raters: readonly string[];
  readonly keep: readonly string[];
  readonly metrics: string | undefined;
  readonly classes: string | undefined;
  readonly ignore: string | undefined;
  readonly logits: boolean;
  readonly foreground: boolean;
  readonly each: boolean;
  readonly jsonl: string | undefined;
}

/** `dml score`: the metrics of one set of cases from flags, or of many from a file of questions. */
export async function scoreArrays(flags: Flags, context: Context): Promise<Report> {
  const loaded = await registryFor(flags, context);
  if ('report' in loaded) return loaded.report;
  const { registry } = loaded;
  const asked: Question = {
    metrics: flags.metrics,
    classes: flags.classes,
    ignore: flags.ignore,
    logits: flags.logits,
    foreground: flags.foreground,
    each: flags.each,
  };
  if (flags.jsonl !== undefined)
    return answerLines(flags.jsonl, context, async (line) => {
      const question = { ...asked, ...fieldsOf(line, names) };
      return (await score(question, casesOfQuestion(question), registry, context)).data;
    });
  if (flags.prediction.length === 0)
    throw new UsageError(
      'There is no prediction.',
      'Give --prediction FILE, a folder, or a pattern with {case}.',
    );
  if (flags.metrics === undefined)
    throw new UsageError('No metrics are asked for.', "Say which: --metrics 'dice, bdice, ece(bins: 10)'");
  const { cases, warnings } = await casesOfFlags(flags, context);
  const { data, text } = await score(asked, cases, registry, context);
  warn(warnings, context);
  return { exit: 0, data: { ...data, ...(warnings.length > 0 ? { warnings } : {}) }, text };
}

/** What flags name, as cases: single files, or folders and patterns by the names of their cases. */
async function casesOfFlags(
  flags: Flags,
  { cwd }: Context,
): Promise<{ cases: readonly CaseFields[]; warnings: readonly string[] }> {
  const { prediction, truth, raters, keep } = flags;
  const each = { role: 'each' as const };
  const matched = await matchCases(
    'prediction',
    {
      prediction: { files: prediction, ...each },
      truth: { files: truth, ...each },
      raters: { files: raters, ...each },
      keep: { files: keep, role: 'shared' },
    },
    cwd,
  );
  const [only] = matched.cases;
  if (matched.cases.length === 1 && prediction.length > 1 && only!.files.prediction!.length > 1)
    return { cases: together(flags), warnings: [] };
  return { cases: matched.cases.map(fieldsOfCase), warnings: matched.warnings };
}

const fieldsOfCase = ({ id, files }: MatchedCase): CaseFields => ({
  case: id,
  prediction: single(files, 'prediction'),
  truth: single(files, 'truth'),
  raters: files.raters,
  keep: single(files, 'keep'),
});

function single(files: MatchedCase['files'], flag: string): string | undefined {
  const [first, second] = files[flag] ?? [];
  if (second === undefined) return first;
  throw new UsageError(
    `There are several files of --${flag} for one case: ${first}, ${second}.`,
    'Only --raters takes several files a case.',
  );
}

/** Single files belong together by their names; if none are alike, in their order. */
function together({ prediction, truth, raters, keep }: Flags): readonly CaseFields[] {
  const ids = prediction.map(idOf);
  const partners = (flag: string, files: readonly string[]): readonly (string | undefined)[] => {
    if (files.length === 0) return [];
    const byName = new Map(files.map((file) => [idOf(file), file]));
    if (ids.some((id) => byName.has(id))) {
      const lone = ids.find((id) => !byName.has(id));
      if (lone === undefined) return ids.map((id) => byName.get(id));
      throw new UsageError(
        `The case ${lone} of --prediction has no file of --${flag}.`,
        'Files are matched by their names without endings; if none are alike, in their order.',
      );
    }
    if (files.length === prediction.length) return files;
    throw new UsageError(
      `There are ${prediction.length} files of --prediction and ${files.length} of --${flag}, and no names are alike.`,
      'With several raters a case, give patterns with {case}, or one file a case.',
    );
  };
  const [truths, masks, keeps] = [
    partners('truth', truth),
    partners('raters', raters),
    partners('keep', keep),
  ];
  return prediction.map((file, i) => ({
    case: ids[i],
    prediction: file,
    truth: truths[i],
    raters: masks[i],
    keep: keeps[i],
  }));
}

function casesOfQuestion(question: Question): readonly CaseFields[] {
  const { cases, prediction, truth, raters, keep } = question;
  if (cases === undefined) return [{ case: question.case, prediction, truth, raters, keep }];
  if (!Array.isArray(cases) || cases.length === 0)
    throw new UsageError('`cases` must be a list of objects with prediction and truth or raters.');
  if (prediction !== undefined)
    throw new UsageError('Both `cases` and `prediction` are given.', 'Give one of them.');
  return cases.map((one: unknown) => fieldsOf(one, caseNames));
}

async function score(question: Question, cases: readonly CaseFields[], registry: Registry, { cwd }: Context) {
  const settings: ScoreSettings = {
    metrics: textField(question.metrics, 'metrics'),
    classes: numberField(question.classes, 'classes', { integer: true, minimum: 2 }),
    ignore: numberField(question.ignore, 'ignore'),
    logits: switchField(question.logits, 'logits'),
    foreground: switchField(question.foreground, 'foreground'),
  };
  const each = switchField(question.each, 'each');
  const scorers = openArrayScorers(settings, registry);
  const rows: { readonly case: string; readonly values: readonly (number | null)[] }[] = [];
  for (const [i, fields] of cases.entries())
    for await (const one of entries(await openCaseFields(fields, i, cwd), each))
      rows.push({ case: one.id, values: await scorers.add(one) });
  const result = scorers.result();
  return {
    data: { scores: result.map((one) => scoreData(one, registry)), cases: rows },
    text: scoreText(result, rows.length, registry),
  };
}

async function openCaseFields(fields: CaseFields, index: number, cwd: string): Promise<ScoreCase> {
  const { case: name, prediction, truth, raters, keep } = fields;
  const opened = await fileField(prediction, 'prediction', cwd);
  if (!opened) throw new UsageError('There is no `prediction`.', 'Give an array or the name of a file.');
  const several = Array.isArray(raters) ? raters : raters === undefined ? [] : [raters];
  const masks: ArrayFile[] = [];
  for (const [i, one] of several.entries()) {
    const mask = await fileField(one, several.length > 1 ? `raters[${i}]` : 'raters', cwd);
    if (mask) masks.push(mask);
  }
  return {
    id: name === undefined ? `${index}` : textField(name, 'case'),
    prediction: opened,
    truth: await fileField(truth, 'truth', cwd),
    raters: masks,
    keep: await fileField(keep, 'keep', cwd),
  };
}

/** A file is opened, and read in parts later; an array that is written out is there already. */
async function fileField(value: unknown, name: string, cwd: string): Promise<ArrayFile | undefined> {
  if (typeof value === 'string') return openArray(value, cwd);
  const tensor = await tensorField(value, name, cwd);
  return tensor && heldArray(tensor.name, tensor);
}

/** With `each`, every entry of the first axis is a case of its own. */
async function* entries(one: ScoreCase, each: boolean): AsyncIterable<ScoreCase> {
  if (!each) {
    yield one;
    return;
  }
  const { prediction, truth, keep, id } = one;
  const raters = await splitRaters(one);
  const [count = 1] = prediction.shape;
  for (const file of [truth, keep, ...raters])
    if (file && file.shape[0] !== count)
      throw new ArrayError(
        `${file.name} has ${file.shape[0]} entries along its first axis, ${prediction.name} has ${count}.`,
        'With --each the first axis counts the cases.',
      );
  for (let i = 0; i < count; i++)
    yield {
      id: `${id}/${i}`,
      prediction: entryOf(prediction, i),
      truth: truth && entryOf(truth, i),
      raters: raters.map((rater) => entryOf(rater, i)),
      keep: keep && entryOf(keep, i),
    };
}

const scoreData = ({ measure, value, classes }: ArrayScore, registry: Registry) => ({
  ...measureText(measure, registry),
  value: value ?? null,
  ...(classes ? { classes: classes.map((one) => ({ ...one, value: one.value ?? null })) } : {}),
});

/** Fractions in percent, for people. */
function scoreText(scores: readonly ArrayScore[], cases: number, registry: Registry): string {
  const rows = scores.map(({ measure, value }) => {
    const { metric, options, on, unit } = measureText(measure, registry);
    const number =
      value === undefined ? 'undefined' : unit ? value.toPrecision(5) : `${(100 * value).toFixed(2)} %`;
    return [options ? `${metric}(${options})` : metric, number, on];
  });
  return `${printTable({ head: ['metric', 'score', 'measured on'], rows })}${cases} ${cases === 1 ? 'case' : 'cases'}\n`;
}
