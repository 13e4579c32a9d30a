import type { Shape } from '../../graph.ts';
import { blocks, filterShape, imageShape } from '../../operations/blocked/layout.ts';

/**
 * How a value lies in memory, given its logical shape: as it says (`plain`), or in one of the blocked forms of
 * `operations/blocked/layout.ts`. An image in blocks of 1 is NCHW.
 */
export type Form =
  | { readonly kind: 'plain' }
  | { readonly kind: 'image'; readonly block: number }
  | { readonly kind: 'filter'; readonly inputBlock: number; readonly outputBlock: number }
  | { readonly kind: 'vector'; readonly block: number };

export const plain: Form = { kind: 'plain' };
export const image = (block: number): Form => ({ kind: 'image', block });
export const filter = (inputBlock: number, outputBlock: number): Form => ({
  kind: 'filter',
  inputBlock,
  outputBlock,
});
export const vector = (block: number): Form => ({ kind: 'vector', block });

export const formKey = (form: Form): string => Object.values(form).join(' ');
export const sameForm = (a: Form, b: Form): boolean => formKey(a) === formKey(b);

/** Logical rank that a form is for. */
const ranks = { plain: undefined, image: 4, filter: 4, vector: 1 } as const;
export const fits = (shape: Shape, form: Form): boolean =>
  form.kind === 'plain' || shape.length === ranks[form.kind];

export function storedShape(shape: Shape, form: Form): Shape {
  if (form.kind === 'image') return imageShape(shape, form.block);
  if (form.kind === 'filter') return filterShape(shape, form.inputBlock, form.outputBlock);
  if (form.kind === 'vector') return [blocks(shape[0]!, form.block) * form.block];
  return shape;
}

/** Whether the form holds more numbers than the value: zeros, or what a pointwise operation made of them. */
export function isPadded(shape: Shape, form: Form): boolean {
  const uneven = (channels: number, block: number) => channels % block !== 0;
  if (form.kind === 'image') return uneven(shape[3]!, form.block);
  if (form.kind === 'filter')
    return uneven(shape[2]!, form.inputBlock) || uneven(shape[3]!, form.outputBlock);
  return form.kind === 'vector' && uneven(shape[0]!, form.block);
}
