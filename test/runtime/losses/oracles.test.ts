import { describe, expect, test } from 'vitest';
import { gradients } from '../../../compiler/graph/autodiff.ts';
import { type Evaluator, evaluators } from '../../support/evaluators.ts';
import { isLoss, type LossName, mixOf } from '../../support/losses.ts';
import { oracle } from '../../support/oracle.ts';
import { classFirst, difference, keepOf, type StoredTensor } from '../../support/stored-tensor.ts';

interface ProbabilityCase {
  readonly group: string;
  readonly about: string;
  readonly loss: string;
  readonly reduction: string;
  readonly smooth: number;
  readonly keep_mask: StoredTensor | null;
  readonly prob: StoredTensor;
  readonly target: StoredTensor;
  readonly value: number;
  readonly grad_prob: StoredTensor;
}

interface MixCase extends Omit<ProbabilityCase, 'loss' | 'prob' | 'grad_prob'> {
  readonly terms: Record<string, number>;
  readonly logits: StoredTensor;
  readonly grad_logits: StoredTensor;
}

const onProbabilities = (oracle<{ cases: ProbabilityCase[] }>('losses_prob')?.cases ?? []).filter(
  ({ group, loss }) => group === 'definition' && isLoss(loss),
);
const mixes = (oracle<{ cases: MixCase[] }>('mix')?.cases ?? []).filter(
  ({ group, terms }) => group === 'mix' && Object.keys(terms).every(isLoss),
);

describe.each(evaluators)('losses on $name', ({ missing, ...evaluator }) => {
  const skipped = describe.skipIf(mixes.length === 0 || missing !== undefined);
  skipped(`equal the reference vectors${missing ? ` (${missing})` : ''}`, () => {
    test.each(onProbabilities)('$loss of probabilities, $reduction, smooth $smooth: $about', async (c) => {
      const terms = { [c.loss as LossName]: 1 };
      await compare(evaluator, c, { terms, given: 'probabilities', x: c.prob, gradient: c.grad_prob });
    });

    test.each(mixes)('mix of $terms, $reduction, smooth $smooth: $about', async (c) => {
      await compare(evaluator, c, { terms: c.terms, given: 'logits', x: c.logits, gradient: c.grad_logits });
    });
  });
});

async function compare(
  { evaluate, tolerance }: Omit<Evaluator, 'missing'>,
  c: Pick<ProbabilityCase, 'smooth' | 'reduction' | 'target' | 'keep_mask' | 'value'>,
  mix: {
    readonly terms: Readonly<Record<string, number>>;
    readonly given: 'logits' | 'probabilities';
    readonly x: StoredTensor;
    readonly gradient: StoredTensor;
  },
): Promise<void> {
  const x = classFirst(mix.x);
  const options = { smooth: c.smooth, reduction: c.reduction, active: 'all' };
  const graph = mixOf(mix.terms, options, x.shape, mix.given);
  const feeds = { x, labels: classFirst(c.target), keep: keepOf(c.keep_mask, mix.x) };
  const [dx] = gradients(graph.value, [graph.x]);
  const { value, gradient } = await evaluate({ value: graph.value, gradient: dx! }, feeds);
  expect(Math.abs(value![0]! - c.value)).toBeLessThanOrEqual(tolerance * Math.max(Math.abs(c.value), 1));
  const { worst, largest } = difference(gradient!, classFirst(mix.gradient).data);
  expect(worst).toBeLessThanOrEqual(tolerance * Math.max(largest, 1e-3));
}
