import type { Picture } from '../source.ts';

/**
 * With that many channels: colour becomes grey by its luma (ITU-R BT.601, as in other tools), grey is repeated.
 * What is grey already keeps its exact values.
 */
export function withChannels(picture: Picture, channels: 1 | 3): Picture {
  if (picture.channels === channels) return picture;
  const { height, width } = picture;
  const from = picture.data;
  const data = new Float32Array(height * width * channels);
  if (channels === 3) for (let i = 0; i < data.length; i++) data[i] = from[Math.floor(i / 3)]!;
  else for (let i = 0; i < data.length; i++) data[i] = luma(from[3 * i]!, from[3 * i + 1]!, from[3 * i + 2]!);
  return { height, width, channels, data };
}

function luma(red: number, green: number, blue: number): number {
  if (red === green && green === blue) return red;
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}
