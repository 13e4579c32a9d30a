import type { OnnxBuilder } from '../builder.ts';
import { NCHWC, sumRows } from './layout.ts';

/** An image for `correlate`: any number of channels, innermost, [batch, height, width · channels]. */
interface Image {
  readonly value: string;
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** A blocked image that takes the part of the filter: [batch, blocks, height, width, block]. */
interface Filter {
  readonly value: string;
  readonly blocks: number;
  readonly height: number;
  readonly width: number;
  readonly block: number;
}

/**
 * What gradients for filters are made of: every channel of one image against every channel of another, at each shift,
 *
 *   out[o, r, s, c] = Σ_{n, y, x} image[n, r + strideY · y, s + strideX · x, c] · filter[n, y, x, o]
 *
 * as one grouped, dilated convolution without copying: the filter's own memory is that of a kernel as large as the
 * image, each sample is a group, and the image's channels are just columns, which the dilation steps over.
 *
 * @returns [blocks, shifts down, shifts right · channels, block]
 */
export function correlate(
  b: OnnxBuilder,
  image: Image,
  filter: Filter,
  [strideY, strideX]: readonly [number, number],
): { readonly value: string; readonly shape: readonly [number, number, number, number] } {
  const { batch, height, width, channels } = image;
  const down = height - strideY * (filter.height - 1);
  const right = width - strideX * (filter.width - 1);
  const shape = [filter.blocks, down, right * channels, filter.block] as const;
  const length = shape[0] * shape[1] * shape[2] * shape[3];
  const outputs = filter.blocks * filter.block;
  const parts = chunks(batch, filter.block).map(([from, count]) => {
    const y = b.node(
      'Conv',
      [
        part(b, image.value, [1, batch, height, width * channels], 1, from, count),
        part(
          b,
          filter.value,
          [batch * outputs, 1, filter.height, filter.width],
          0,
          from * outputs,
          count * outputs,
        ),
      ],
      {
        kernel_shape: [filter.height, filter.width],
        dilations: [strideY, strideX * channels],
        strides: [1, 1],
        pads: [0, 0, 0, 0],
        group: count,
      },
      NCHWC,
    );
    return sumRows(b, y, [1, count * outputs, down, right * channels], [count, length]);
  });
  return {
    value: b.reshape(
      parts.reduce((x, y) => b.node('Add', [x, y])),
      [1, length],
      shape,
    ),
    shape,
  };
}

/** The operator takes fewer input channels than a block, or whole blocks; here a sample is a channel. */
function chunks(batch: number, block: number): readonly (readonly [from: number, count: number])[] {
  const whole = batch - (batch % block);
  const parts = [
    [0, whole],
    [whole, batch - whole],
  ] as const;
  return parts.filter(([, count]) => count > 0);
}

function part(
  b: OnnxBuilder,
  value: string,
  shape: readonly number[],
  axis: number,
  from: number,
  count: number,
): string {
  return count === shape[axis]
    ? value
    : b.node('Slice', [value, b.ints([from]), b.ints([from + count]), b.ints([axis])]);
}
