import { checkMetrics } from '../../compiler/check/expression.ts';
import type { LabelSource, Measure } from '../../compiler/experiment.ts';
import type { Registry } from '../../compiler/registry.ts';
import type { ArrayFile } from '../arrays/array-file.ts';
import { labelMaker, type MakeLabels } from '../data/label-sources.ts';
import { openScorers, type Piece, type Scored, type Scorers } from '../metrics/score.ts';
import { checked } from './checked.ts';
import { ArrayError } from './given.ts';
import { openCase, type ScorePixels } from './score-case.ts';

/** One case: its arrays, of which parts are read as they are needed. */
export interface ScoreCase {
  readonly id: string;
  readonly prediction: ArrayFile;
  /** The known labels; or masks of raters; or both. */
  readonly truth?: ArrayFile | undefined;
  readonly raters: readonly ArrayFile[];
  readonly keep?: ArrayFile | undefined;
}

export interface ScoreSettings {
  /** Metrics of the language, separated by commas. */
  readonly metrics: string;
  /** Absent: what the first case has. */
  readonly classes: number | undefined;
  /** In maps of class indices: the value of pixels that do not count. */
  readonly ignore: number | undefined;
  /** Predictions are logits. */
  readonly logits: boolean;
  /** Maps hold the probability of the foreground, even where all are 0 or 1. */
  readonly foreground: boolean;
}

/** A metric, the truth that it is on, and its score. */
export interface ArrayScore extends Scored {
  readonly measure: Measure;
}

/** Scores cases one after the other; of each only counts are held. */
export interface ArrayScorers {
  /** Its value of each measure, null where it says nothing. */
  add(one: ScoreCase): Promise<readonly (number | null)[]>;
  result(): readonly ArrayScore[];
}

interface Opened {
  readonly measures: readonly Measure[];
  readonly classes: number;
  readonly scorers: Scorers;
  readonly makers: readonly MakeLabels[];
}

/** @throws ArrayError for metrics that are wrong; cases that cannot be scored are errors of `add` */
export function openArrayScorers(settings: ScoreSettings, registry: Registry): ArrayScorers {
  const { metrics } = settings;
  const written = checked(checkMetrics(metrics, { registry }), metrics);
  let opened: Opened | undefined;
  let soft = false;
  return {
    async add(one) {
      const opening = await openCase(one, settings, opened?.classes);
      opened ??= await open(withoutRaters(written, one), opening.classes, registry);
      const { classes, scorers, makers, measures } = opened;
      if (classes !== opening.classes)
        throw new ArrayError(
          `${one.prediction.name} has ${opening.classes} classes, the cases before it have ${classes}.`,
          'Score cases of one kind together.',
        );
      checkRoots(measures, one);
      if (opening.hard) checkHard(measures, one.prediction.name, registry);
      const inPieces = scorers.whole.length === 0 && measures.every(({ on }) => isPixelwise(on));
      const pieces: Piece[] = [];
      for await (const pixels of opening.read(inPieces)) {
        soft ||= pixels.softTruth;
        pieces.push(
          scorers.piece(
            unscored(one.id, classes, pixels),
            makers.map((make) => truthOf(make, one.id, classes, pixels)),
          ),
        );
      }
      return scorers.finish(one.id, pieces);
    },
    result() {
      if (!opened) throw new ArrayError('There are no cases to score.');
      const { scorers, measures } = opened;
      return scorers.result().map((scored, i) => ({ ...scored, measure: shown(measures[i]!, soft) }));
    },
  };
}

async function open(measures: readonly Measure[], classes: number, registry: Registry): Promise<Opened> {
  const names = Array.from({ length: classes }, (_, c) => (c === 0 ? 'background' : `class ${c}`));
  const scorers = await openScorers(measures, registry, names);
  const scope = { stored: true, name: 'given' };
  const makers = await Promise.all(scorers.truths.map((truth) => labelMaker(truth, scope, registry)));
  return { measures, classes, scorers, makers };
}

/**
 * Where one truth is given and no raters, it stands for what would be made of them: as it is for their average, with its
 * largest class for their majority.
 */
function withoutRaters(measures: readonly Measure[], { truth, raters }: ScoreCase): readonly Measure[] {
  if (!truth || raters.length > 0) return measures;
  return measures.map((measure) => ({ ...measure, on: ofTruth(measure.on) }));
}

function ofTruth(on: LabelSource): LabelSource {
  const [first, ...rest] = on.steps;
  if (on.root !== 'raters' || (first?.name !== 'majority' && first?.name !== 'average')) return on;
  const steps = first.name === 'majority' ? [{ ...first, name: 'harden', options: {} }, ...rest] : rest;
  return { ...on, root: 'mask', steps };
}

/** A truth that was hard all the time needed no hardening. */
function shown(measure: Measure, soft: boolean): Measure {
  const { on } = measure;
  const [first, ...rest] = on.steps;
  return soft || on.root !== 'mask' || first?.name !== 'harden'
    ? measure
    : { ...measure, on: { ...on, steps: rest } };
}

function checkRoots(measures: readonly Measure[], { prediction, truth, raters }: ScoreCase): void {
  if (!truth && raters.length === 0)
    throw new ArrayError(
      `There is nothing to score ${prediction.name} against.`,
      'Give --truth FILE, or --raters FILE once a rater.',
    );
  const mask = measures.find(({ on }) => on.root === 'mask');
  if (mask && !truth)
    throw new ArrayError(
      `${mask.metric.name} is measured on \`mask\`, which was not given.`,
      'Give --truth FILE, or measure it `on (raters |> majority)`.',
    );
  const teacher = measures.find(({ on }) => on.root === 'teacher');
  if (teacher)
    throw new ArrayError(
      `${teacher.metric.name} is measured on \`teacher\`, which is no ground truth.`,
      'Measure it on `mask` or on raters.',
    );
}

function checkHard(measures: readonly Measure[], name: string, registry: Registry): void {
  const metric = measures.find(
    ({ metric }) => registry.metric[metric.name]!.tags.needs === 'probabilities',
  )?.metric;
  if (!metric) return;
  throw new ArrayError(
    `${metric.name} asks how sure a prediction is, but ${name} is a map of class indices.`,
    'Give probabilities, [..., class]. If it holds probabilities of the foreground that happen to be whole, say --foreground.',
  );
}

/** Steps that look at a pixel by itself, so that images of a case may come one after the other. */
const pixelwise = new Set(['majority', 'harden', 'one', 'smooth', 'temperature']);

const isPixelwise = ({ root, steps }: LabelSource): boolean =>
  typeof root === 'string' &&
  steps.every(
    ({ name, options }) => pixelwise.has(name) || (name === 'average' && options.weights === 'equal'),
  );

/** All images of a case as one picture, one below the other: raters are weighted by the whole case. */
function truthOf(make: MakeLabels, id: string, classes: number, pixels: ScorePixels): Float64Array {
  const { images, height, width, mask, raters, keep } = pixels;
  const given = { id, classes, height: images * height, width, raters, mask, keep };
  return make(given, { seed: 0, epoch: 0 });
}

function unscored(
  id: string,
  classes: number,
  { images, height, width, probabilities, raters, keep }: ScorePixels,
) {
  const size = classes * images * height * width;
  const all = new Float64Array(raters.length * size);
  for (const [i, rater] of raters.entries()) all.set(rater, i * size);
  return { id, classes, pixels: images * height * width, images, probabilities, raters: all, keep };
}
