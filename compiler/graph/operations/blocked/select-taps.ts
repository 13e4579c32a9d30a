import { selectPlainTaps } from '../../../lower/onnx/nchw/taps.ts';
import { selectTaps as selectBlockedTaps } from '../../../lower/onnx/nchwc/taps.ts';
import type { Value } from '../../builder.ts';
import { blockedOperation, filterIndex, flatFilter } from './layout.ts';

interface Selection {
  /** For each tap of the result, row-major, the number of a tap of w. */
  readonly taps: readonly number[];
  readonly kernel: readonly [number, number];
  /** Whether inputs and outputs change places. */
  readonly turn: boolean;
}

export const selectTapsOperation = blockedOperation({
  name: 'selectTaps',
  doc: 'Some taps of a blocked filter in another order, and, with `turn`, its inputs and outputs exchanged.',
  shape: ([w], attributes) => {
    const { taps, kernel, turn } = attributes as unknown as Selection;
    const [o, i, h, wide, inputBlock, outputBlock] = w as [number, number, number, number, number, number];
    if (taps.length !== kernel[0] * kernel[1] || taps.some((tap) => tap < 0 || tap >= h * wide))
      throw new Error(`selectTaps [${taps}] of [${w}] for [${kernel}]`);
    if (turn && inputBlock !== outputBlock) throw new Error(`selectTaps turns [${w}] with unequal blocks`);
    return turn ? [i, o, ...kernel, outputBlock, inputBlock] : [o, i, ...kernel, inputBlock, outputBlock];
  },
  flops: () => 0,
  lower: {
    reference: ([w], attributes, out) => {
      const { taps, turn } = attributes as unknown as Selection;
      const [height, width, inputs, outputs] = flatFilter(out.shape) as [number, number, number, number];
      const columns = w!.shape[3]!;
      const [from, to] = [filterIndex(w!.shape), filterIndex(out.shape)];
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++)
          for (let i = 0; i < inputs; i++)
            for (let o = 0; o < outputs; o++) {
              const tap = taps[y * width + x]!;
              const [input, output] = turn ? [o, i] : [i, o];
              out.data[to(y, x, i, o)] =
                w!.data[from(Math.floor(tap / columns), tap % columns, input, output)]!;
            }
    },
    onnx: (context) =>
      context.shape[4] === 1 && context.shape[5] === 1
        ? selectPlainTaps(context)
        : selectBlockedTaps(context),
  },
  samples: [
    { shapes: [[2, 3, 2, 2, 16, 16]], attributes: { taps: [3, 2, 1, 0], kernel: [2, 2], turn: true } },
    { shapes: [[2, 3, 3, 3, 16, 16]], attributes: { taps: [8, 6, 2, 0], kernel: [2, 2], turn: false } },
    { shapes: [[1, 1, 1, 3, 16, 16]], attributes: { taps: [0, 1, 2], kernel: [3, 1], turn: true } },
    { shapes: [[2, 3, 2, 2, 1, 1]], attributes: { taps: [3, 1], kernel: [1, 2], turn: true } },
    { shapes: [[2, 3, 2, 2, 1, 16]], attributes: { taps: [3, 1], kernel: [1, 2], turn: false } },
  ],
});

/** These taps of a blocked filter; a selection of a selection becomes one. */
export function selectTaps(w: Value, selection: Selection): Value {
  const { operation, inputs, attributes } = w.builder.node(w);
  if (operation === selectTapsOperation) {
    const first = attributes as unknown as Selection;
    const taps = selection.taps.map((tap) => first.taps[tap]!);
    return selectTaps(w.builder.value(inputs[0]!), {
      taps,
      kernel: selection.kernel,
      turn: first.turn !== selection.turn,
    });
  }
  const { taps, kernel, turn } = selection;
  const whole = !turn && kernel[0] === w.shape[2] && kernel[1] === w.shape[3];
  return whole && taps.every((tap, at) => tap === at)
    ? w
    : w.builder.emit(selectTapsOperation, [w], { taps, kernel, turn });
}
