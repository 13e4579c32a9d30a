import { describe, expect, test } from 'vitest';
import { gradients } from '../../../compiler/graph/autodiff.ts';
import { evaluateValues } from '../../../compiler/lower/reference/evaluate.ts';
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

describe.skipIf(mixes.length === 0)('losses in float64 equal the reference vectors', () => {
  test.each(onProbabilities)('$loss of probabilities, $reduction, smooth $smooth: $about', (c) => {
    const x = classFirst(c.prob);
    const options = { smooth: c.smooth, reduction: c.reduction, active: 'all' };
    const mix = mixOf({ [c.loss as LossName]: 1 }, options, x.shape, 'probabilities');
    const feeds = { x, labels: classFirst(c.target), keep: keepOf(c.keep_mask, c.prob) };
    const [value, gradient] = evaluateValues([mix.value, ...gradients(mix.value, [mix.x])], feeds);
    expect(value!.data[0]).toBeCloseTo(c.value, 10);
    const { worst, largest } = difference(gradient!.data, classFirst(c.grad_prob).data);
    expect(worst).toBeLessThanOrEqual(1e-10 * Math.max(largest, 1e-3));
  });

  test.each(mixes)('mix of $terms, $reduction, smooth $smooth: $about', (c) => {
    const x = classFirst(c.logits);
    const options = { smooth: c.smooth, reduction: c.reduction, active: 'all' };
    const mix = mixOf(c.terms, options, x.shape, 'logits');
    const feeds = { x, labels: classFirst(c.target), keep: keepOf(c.keep_mask, c.logits) };
    const [value, gradient] = evaluateValues([mix.value, ...gradients(mix.value, [mix.x])], feeds);
    expect(value!.data[0]).toBeCloseTo(c.value, 10);
    const { worst, largest } = difference(gradient!.data, classFirst(c.grad_logits).data);
    expect(worst).toBeLessThanOrEqual(1e-10 * largest);
  });
});
