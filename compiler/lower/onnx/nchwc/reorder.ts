import type { Shape } from '../../../graph/graph.ts';
import type { OnnxBuilder } from '../builder.ts';
import { declaredImage, NCHWC } from './layout.ts';

/** The operator demands it. */
const CHANNEL_MULTIPLE = 4;

interface Order {
  /** [B, H, W, C] rather than [B, C, H, W]. */
  readonly channelsLast: boolean;
}

/** An image [B, C, H, W] or [B, H, W, C] in blocks of `to`, a blocked shape. */
export function toBlocks(
  b: OnnxBuilder,
  value: string,
  from: Shape,
  to: Shape,
  { channelsLast }: Order,
): string {
  const axis = channelsLast ? 3 : 1;
  const missing = -from[axis]! & (CHANNEL_MULTIPLE - 1);
  const after = from.map((_, a) => (a === axis ? missing : 0));
  const padded = missing ? b.node('Pad', [value, b.ints([...from.map(() => 0), ...after])]) : value;
  const reordered = b.node('ReorderInput', [padded], { channels_last: Number(channelsLast) }, NCHWC);
  return b.reshape(reordered, declaredImage(to), to);
}

/** A blocked image as [B, C, H, W] or [B, H, W, C] without the channels that only fill the last block. */
export const fromBlocks = (
  b: OnnxBuilder,
  value: string,
  from: Shape,
  channels: number,
  { channelsLast }: Order,
): string =>
  b.node(
    'ReorderOutput',
    [b.reshape(value, from, declaredImage(from))],
    { channels, channels_last: Number(channelsLast) },
    NCHWC,
  );
