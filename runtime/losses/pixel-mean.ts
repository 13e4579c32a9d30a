import type { Value } from '../../compiler/graph/builder.ts';
import { add } from '../../compiler/graph/operations/add.ts';
import { div } from '../../compiler/graph/operations/div.ts';
import { greater } from '../../compiler/graph/operations/greater.ts';
import { mul } from '../../compiler/graph/operations/mul.ts';
import { sub } from '../../compiler/graph/operations/sub.ts';
import { sum } from '../../compiler/graph/operations/sum.ts';

/**
 * The mean over kept pixels of a value [class, batch, pixel], summed over classes; 0 where none is kept.
 *
 * @param keep [1, batch, pixel], 0 or 1
 */
export function pixelMean(value: Value, keep: Value): Value {
  const kept = sum(keep);
  return div(sum(mul(value, keep)), add(kept, sub(1, greater(kept, 0))));
}
