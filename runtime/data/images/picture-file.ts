import type { Picture } from '../source.ts';

/** What a file holds, before any conversion. */
export interface PictureFile extends Picture {
  /** The value that stands for white, or for a share of 1: the largest of the integer type, 1 for floating point. */
  readonly full: number;
}

export interface PictureSize {
  readonly height: number;
  readonly width: number;
  /** Of an array, whose channels are no colours and stay what they are. */
  readonly channels?: number;
}

/** One format of image files. `path` is for messages. */
export interface Format {
  readonly name: string;
  readonly endings: readonly string[];
  /** How many bytes from the start `size` needs. */
  readonly headBytes: number;
  size(head: Uint8Array, path: string): PictureSize;
  decode(bytes: Uint8Array, path: string): PictureFile;
}
