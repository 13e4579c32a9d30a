import { convolveBeforeConcatenation } from './convolve-before-concatenation.ts';
import { convolveBeforeUpsampling } from './convolve-before-upsampling.ts';
import { differentiate, type Update } from './differentiate.ts';
import { foldConstants } from './fold-constants.ts';
import { removeDeadNodes } from './remove-dead-nodes.ts';
import type { Pass } from './rewrite.ts';
import { simplify } from './simplify.ts';

/**
 * From the forward graph to the training step, in this order. The two rewrites of convolutions come before
 * differentiation, so that the backward pass is that of the cheaper form; folding comes after it, so that it also
 * sees what the gradients leave behind. Equal nodes become one in every pass.
 */
export const passes = (update: Update): Readonly<Record<string, Pass>> => ({
  convolveBeforeConcatenation,
  convolveBeforeUpsampling,
  differentiate: differentiate(update),
  simplify,
  foldConstants,
  removeDeadNodes,
});

/** The same for a graph that only predicts. */
export const predictionPasses: Readonly<Record<string, Pass>> = {
  convolveBeforeConcatenation,
  convolveBeforeUpsampling,
  simplify,
  foldConstants,
  removeDeadNodes,
};
