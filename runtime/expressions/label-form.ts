import type { NumericArray } from '../arrays/array.ts';
import { ArrayError, classLast } from './given.ts';
import type { MadeLabels } from './make-labels.ts';

/**
 * `classes`: [..., class], of hard labels one-hot; `map`: class indices, of hard labels only; `foreground`: the share
 * of all classes but the background.
 */
export type LabelForm = 'classes' | 'map' | 'foreground';

/**
 * Labels in one of their forms: float64 if they are soft, else the smallest integers. Ignored pixels are 0 in every
 * class, and in a map they have the value `ignored`.
 *
 * @throws ArrayError for a map of soft labels
 */
export function inForm(made: MadeLabels, form: LabelForm, ignored: number): NumericArray {
  const { space, classes, labels, soft } = made;
  const numbers = (values: Float64Array) => (soft ? values : Uint8Array.from(values));
  if (form === 'classes') return { shape: [...space, classes], data: numbers(classLast(labels, classes)) };
  if (form === 'foreground') return { shape: space, data: numbers(foreground(made)) };
  if (soft)
    throw new ArrayError(
      'These labels are soft, so no map of class indices can hold them.',
      'Leave --form out, or end the pipeline with `|> harden`.',
    );
  return { shape: space, data: indices(made, ignored) };
}

/** Of soft labels it is a sum of shares, so that 1 − background does not lose digits. */
function foreground({ classes, labels, keep }: MadeLabels): Float64Array {
  const pixels = keep.length;
  const share = new Float64Array(pixels);
  for (let c = 1; c < classes; c++) for (let p = 0; p < pixels; p++) share[p]! += labels[c * pixels + p]!;
  return share;
}

function indices({ classes, labels, keep }: MadeLabels, ignored: number): Uint8Array | Uint16Array {
  const pixels = keep.length;
  if (ignored < classes && keep.includes(0))
    throw new ArrayError(
      `Ignored pixels would have the value ${ignored}, which is a class.`,
      `Say another by --ignore, from ${classes} on.`,
    );
  const map = Math.max(classes, ignored + 1) > 2 ** 8 ? new Uint16Array(pixels) : new Uint8Array(pixels);
  for (let p = 0; p < pixels; p++) {
    if (!keep[p]) map[p] = ignored;
    else for (let c = 1; c < classes; c++) if (labels[c * pixels + p] === 1) map[p] = c;
  }
  return map;
}
