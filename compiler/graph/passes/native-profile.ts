import { blockedLayout } from './blocked-layout.ts';
import { convolvePixels } from './convolve-pixels.ts';
import { foldConstants } from './fold-constants.ts';
import { fuseConvolutions } from './fuse-convolutions.ts';
import { removeDeadNodes } from './remove-dead-nodes.ts';
import type { Pass } from './rewrite.ts';
import { simplify } from './simplify.ts';

/**
 * From a training graph to what the native engine runs, in this order. Folding also packs constants; fusing comes last,
 * because the layout decides which convolutions there are.
 *
 * @param block channels in a block: what the processor wants, or 1 for the plain layout
 */
export const nativeProfile = (block: number): Readonly<Record<string, Pass>> => ({
  convolvePixels,
  simplify,
  blockedLayout: blockedLayout(block),
  foldConstants,
  fuseConvolutions,
  removeDeadNodes,
});
