import type { LabelSource, Term } from '../../compiler/experiment.ts';
import type { Registry } from '../../compiler/registry.ts';
import { labelKey } from '../data/label-key.ts';
import { labelMaker } from '../data/label-sources.ts';
import { softmax } from '../softmax.ts';
import { ArrayError, imageOf, pixelsOf, putImage } from './given.ts';
import { type LossArrays, type Prediction, readHead } from './loss-arrays.ts';

/** What one term is measured on. */
export interface Target {
  /** Its input in the graph; terms on the same labels share one. */
  readonly input: string;
  /** [class, image, pixel] */
  readonly data: Float64Array;
  readonly soft: boolean;
}

interface Question {
  readonly prediction: Prediction;
  readonly teacher?: Prediction | undefined;
}

/** The target of each term: the labels as given, or what steps make of them, or of the teacher's head. */
export async function openTargets(
  terms: readonly Term[],
  question: Question,
  arrays: LossArrays,
  registry: Registry,
): Promise<readonly Target[]> {
  const made = new Map<string, Target>();
  const targets: Target[] = [];
  for (const { on, at, loss } of terms) {
    const key = JSON.stringify([labelKey(on), usesTeacher(on) ? at : '']);
    const known = made.get(key);
    const target = known ?? {
      input: `labels.${made.size}`,
      data: await labelsOf(on, at, question, arrays, registry),
      soft: on.soft && !isGivenHard(on, arrays, registry),
    };
    made.set(key, target);
    if (registry.loss[loss.name]!.tags.requires === 'hard') checkHard(target, loss.name);
    targets.push(target);
  }
  return targets;
}

async function labelsOf(
  on: LabelSource,
  head: string,
  { prediction, teacher }: Question,
  arrays: LossArrays,
  registry: Registry,
): Promise<Float64Array> {
  const { axes, keep, labels } = arrays;
  checkRoots(on, { labels: labels !== undefined, teacher: teacher !== undefined });
  if (on.root === 'mask' && on.steps.length === 0) return labels!.data;
  const predicted =
    teacher && usesTeacher(on) ? teacherOf(teacher, head, prediction.heads.main!, arrays) : undefined;
  const make = await labelMaker(on, { stored: true, name: 'given' }, registry);
  const out = new Float64Array(axes.classes * pixelsOf(axes));
  const pixels = axes.height * axes.width;
  for (let i = 0; i < axes.images; i++) {
    const mask = labels && imageOf(labels.data, i, axes);
    const given = {
      id: `image ${i}`,
      classes: axes.classes,
      height: axes.height,
      width: axes.width,
      raters: [],
      mask,
      keep: keep.subarray(i * pixels, (i + 1) * pixels),
      predictions: predicted && (() => imageOf(predicted, i, axes)),
    };
    putImage(out, make(given, { seed: 0, epoch: 0 }), i, axes);
  }
  return out;
}

/** Probabilities of the teacher's head, [class, image, pixel]: a term at a head takes the teacher's head of that name. */
function teacherOf(
  teacher: Prediction,
  head: string,
  main: Prediction['heads'][string],
  arrays: LossArrays,
): Float64Array {
  const given = teacher.heads[head];
  if (!given)
    throw new ArrayError(
      `A term looks at the head \`${head}\` and is measured on the teacher, of which no head \`${head}\` was given.`,
      `Give it: --teacher-head ${head}=FILE`,
    );
  const { axes, keep } = arrays;
  const data = readHead(given, main, teacher.kind, axes, keep);
  return teacher.kind === 'logits' ? softmax(data, axes.classes) : data;
}

function checkRoots(
  { root }: LabelSource,
  has: { readonly labels: boolean; readonly teacher: boolean },
): void {
  if (typeof root === 'object') {
    if (root.kind === 'sum') for (const { source } of root.terms) checkRoots(source, has);
    return;
  }
  if (root === 'raters')
    throw new ArrayError(
      'A term is measured on `raters`, which a loss on arrays does not have.',
      "Make labels of them first: dml labels 'raters |> average' --raters … -o labels.npy",
    );
  if (root === 'mask' && !has.labels)
    throw new ArrayError(
      'There are no labels.',
      'Give them: --labels FILE, or measure the loss `on teacher`.',
    );
  if (root === 'teacher' && !has.teacher)
    throw new ArrayError(
      'A term is measured on `teacher`, which was not given.',
      'Give --teacher-logits FILE or --teacher-probabilities FILE.',
    );
}

const usesTeacher = ({ root }: LabelSource): boolean =>
  typeof root === 'object'
    ? root.kind === 'sum' && root.terms.some(({ source }) => usesTeacher(source))
    : root === 'teacher';

/** A map of class indices through steps that leave labels as hard as they are. */
const isGivenHard = ({ root, steps }: LabelSource, { labels }: LossArrays, registry: Registry): boolean =>
  root === 'mask' &&
  labels?.hard === true &&
  steps.every(({ name }) => registry.label[name]!.tags.gives === 'same');

function checkHard({ data }: Target, loss: string): void {
  const soft = data.find((value) => value !== 0 && value !== 1);
  if (soft === undefined) return;
  throw new ArrayError(
    `${loss} needs hard labels, but these hold ${soft}.`,
    'Give a map of class indices or one-hot labels, or make them hard: on (labels |> harden).',
  );
}
