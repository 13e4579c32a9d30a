import { beforeAll, describe, expect, test } from 'vitest';
import { gradients } from '../../../compiler/graph/autodiff.ts';
import { GraphBuilder, type Value } from '../../../compiler/graph/builder.ts';
import type { Tensor } from '../../../compiler/graph/operation.ts';
import { type Evaluator, evaluators } from '../../support/evaluators.ts';
import type { Jdt, LossFile, LossRecord } from '../../support/loss-records.ts';
import { mixOf, type TermUnderTest } from '../../support/losses.ts';
import { oracle } from '../../support/oracle.ts';
import { classFirst, difference, keepOf, type StoredTensor, tempered } from '../../support/stored-tensor.ts';

/** A reference vector as a mix in our words: what is fed, what comes out. */
interface Vector {
  readonly title: string;
  readonly terms: readonly TermUnderTest[];
  readonly given: 'logits' | 'probabilities';
  readonly feeds: Readonly<Record<string, Tensor>>;
  readonly value: number;
  readonly gradients: Readonly<Record<string, StoredTensor>>;
}

const isSoft = ({ labels }: LossRecord) => labels !== 'hard';

/** Each group of the files as vectors; one record may give several. */
const groups: Readonly<Record<string, (c: LossRecord, file: LossFile) => readonly Vector[]>> = {
  definition: (c) => [vector(c, [{ loss: c.loss, options: overlapOptions(c) }])],
  jdt: (c, { jdt_defaults }) => [vector(c, [tverskyTerm({ ...jdt_defaults, ...c.options }, isSoft(c))])],
  kl: (c) => [vector(c, [{ loss: 'kl', options: { temperature: c.temperature } }])],
  ce: (c) => [vector(c, [{ loss: 'ce' }])],
  focal: (c) => [vector(c, [{ loss: 'focal', options: { gamma: c.gamma }, soft: false }])],
  mix: (c) => {
    const terms = Object.entries(c.terms).map(([loss, weight]) => ({
      loss,
      weight,
      options: loss === 'ce' ? {} : overlapOptions(c),
    }));
    const withKl = terms.map((term) => ({ ...term, loss: term.loss === 'ce' ? 'kl' : term.loss }));
    return [vector(c, terms), vector({ ...c, value: c.value_with_kl }, withKl)];
  },
  'auxiliary head': (c) => {
    const terms = [
      { loss: 'kl', weight: 0.125 },
      { loss: 'kl', weight: 0.125, x: 'aux' },
      { loss: 'dml1', weight: 0.75, options: overlapOptions(c) },
    ];
    const { feeds, gradients: main, ...rest } = vector(c, terms);
    return [
      {
        ...rest,
        feeds: { ...feeds, aux: classFirst(c.logits_aux) },
        gradients: { ...main, aux: c.grad_logits_aux },
      },
    ];
  },
  distillation: (c) => {
    const options = { smooth: c.smooth, reduction: c.reduction };
    const terms = [
      { loss: 'ce', weight: 0.125, labels: 'hard', soft: false },
      { loss: c.loss, weight: 0.375, labels: 'hard', soft: false, options },
      { loss: 'kl', weight: 0.125, labels: 'teacher', options: { temperature: c.temperature } },
      { loss: c.loss, weight: 0.375, labels: 'teacher', options },
    ];
    const { feeds, ...rest } = vector({ ...c, target: c.target_hard }, terms);
    const teacher = classFirst(tempered(c.logits_teacher, c.temperature));
    return [{ ...rest, feeds: { ...feeds, hard: feeds.labels!, teacher } }];
  },
};

const reductionOf = (text: string) => (text.startsWith('over batch') ? 'batch' : text);

const overlapOptions = ({ smooth, reduction }: LossRecord) => ({
  smooth,
  reduction: reductionOf(reduction),
  active: 'all',
});

function tverskyTerm(jdt: Jdt, soft: boolean): TermUnderTest {
  const mode = soft ? jdt.active_classes_mode_soft : jdt.active_classes_mode_hard;
  const mix = Object.entries({ batch: jdt.mIoUD, image: jdt.mIoUI, class: jdt.mIoUC }).filter(
    ([, weight]) => weight > 0,
  );
  const options = {
    fp: jdt.alpha,
    fn: jdt.beta,
    norm: jdt.norm,
    smooth: jdt.smooth,
    gamma: jdt.gamma,
    log: jdt.log_loss,
    weights: jdt.class_weights ?? 'equal',
    active: mode.toLowerCase(),
    threshold: jdt.threshold,
    reduction: mix.length === 1 && mix[0]![1] === 1 ? mix[0]![0] : { mix: Object.fromEntries(mix) },
  };
  return { loss: 'tversky', options, soft };
}

function vector(c: LossRecord, terms: readonly TermUnderTest[]): Vector {
  const x = c.prob ?? c.logits;
  const facts = [c.about, c.reduction && reductionOf(c.reduction), c.options && JSON.stringify(c.options)];
  return {
    title: [c.group, ...terms.map(({ loss }) => loss), c.labels, ...facts].filter(Boolean).join(', '),
    terms,
    given: c.prob ? 'probabilities' : 'logits',
    feeds: { x: classFirst(x), labels: classFirst(c.target), keep: keepOf(c.keep_mask ?? null, x) },
    value: c.value,
    gradients: { x: c.prob ? c.grad_prob : c.grad_logits },
  };
}

const files = ['losses', 'losses_prob', 'mix'].map((name) => ({ name, file: oracle<LossFile>(name) }));

test.skipIf(files.some(({ file }) => !file))('every group of the reference vectors is known', () => {
  const stored = files.flatMap(({ file }) => file!.cases);
  expect(stored).toHaveLength(98 + 88 + 28);
  expect(stored.filter(({ group }) => !Object.hasOwn(groups, group))).toEqual([]);
});

describe.each(evaluators)('losses on $name', ({ missing, ...evaluator }) => {
  describe.each(files)('$name', ({ file }) => {
    const vectors = (file?.cases ?? []).flatMap((c) => groups[c.group]!(c, file!));
    const skipped = describe.skipIf(vectors.length === 0 || missing !== undefined);
    skipped(`equal the reference vectors${missing ? ` (${missing})` : ''}`, () => {
      let results: Awaited<ReturnType<typeof evaluateAll>>;
      beforeAll(async () => {
        results = await evaluateAll(evaluator, vectors);
      });
      test.each(vectors.map((each, i) => ({ ...each, i })))('$title', ({ i, value, gradients: expected }) => {
        const { name, tolerance } = evaluator;
        // A value of 0 is a difference of equal sums, which float32 may leave at a rounding of what was summed.
        const scale = name === 'reference' ? 1 : Math.max(Math.abs(value), 0.01);
        expect(Math.abs(results[`${i}.value`]![0]! - value)).toBeLessThanOrEqual(tolerance * scale);
        for (const [key, gradient] of Object.entries(expected)) {
          const { worst, largest } = difference(results[`${i}.d${key}`]!, classFirst(gradient).data);
          expect(worst, key).toBeLessThanOrEqual(tolerance * Math.max(largest, 1e-3));
        }
      });
    });
  });
});

/** All vectors as one graph, which an engine loads once: `3.value`, `3.dx` … */
function evaluateAll({ evaluate }: Omit<Evaluator, 'missing'>, vectors: readonly Vector[]) {
  const builder = new GraphBuilder();
  const parts = vectors.map(({ terms, given, feeds, gradients: expected }, i) => {
    const mix = mixOf(terms, feeds.x!.shape, given, { builder, prefix: `${i}.` });
    const names = Object.keys(expected);
    const found = gradients(
      mix.value,
      names.map((name) => mix.input(name)),
    );
    return {
      values: [[`${i}.value`, mix.value], ...names.map((name, k) => [`${i}.d${name}`, found[k]!])] as const,
      feeds: Object.entries(feeds).map(([name, tensor]) => [`${i}.${name}`, tensor] as const),
    };
  });
  return evaluate(
    Object.fromEntries(parts.flatMap(({ values }) => values)) as Record<string, Value>,
    Object.fromEntries(parts.flatMap((part) => part.feeds)),
  );
}
