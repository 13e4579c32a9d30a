import type { GraphBuilder } from '../../builder.ts';
import type { Node } from '../../graph.ts';
import type { Form } from './form.ts';
import { image } from './form.ts';
import type { Placed } from './placed.ts';

export interface LayoutContext {
  readonly builder: GraphBuilder;
  /** Of the graph before. */
  readonly node: Node;
  readonly inputs: readonly Placed[];
  /** Channels in a block; 1 is plain NCHW. */
  readonly block: number;
  /** Nodes of the graph before that use the output of this one. */
  readonly users: (id: number) => readonly Node[];
}

/** How an operation is done in the blocked layout; `undefined` where it is better or only possible as it was. */
export type LayoutRule = (context: LayoutContext) => Placed | undefined;

/**
 * The form in which a convolution reads an image: as it is, if it is blocked; with fewer channels than a block as NCHW,
 * which the blocked operators take as well.
 */
export function imageForm({ home, shape }: Placed, block: number): Form & { readonly kind: 'image' } {
  if (home.kind === 'image' && home.block === block) return home;
  return image(shape[3]! < block ? 1 : block) as Form & { readonly kind: 'image' };
}
