import { decodeVolume, volumeSizes } from '../../arrays/nifti.ts';
import { DataError } from '../source.ts';
import type { Format, PictureFile, PictureSize } from './picture-file.ts';

/**
 * NIfTI-1 and NIfTI-2 in one file, plain or gzipped, either byte order: one slice of one value a voxel, scaled by
 * `scl_slope` and `scl_inter`. x is the column and y the row; the affine is not applied.
 */
export const nifti: Format = {
  name: 'NIfTI',
  endings: ['.nii', '.nii.gz'],
  headBytes: 4096,
  size: (head, path) => oneSlice(volumeSizes(head, path), path),
  decode,
};

function decode(bytes: Uint8Array, path: string): PictureFile {
  const { sizes, data, full } = decodeVolume(bytes, path);
  return { ...oneSlice(sizes, path), channels: 1, data: Float32Array.from(data), full };
}

function oneSlice(sizes: readonly number[], path: string): PictureSize {
  const [width = 1, height = 1, ...others] = sizes;
  if (others.length > 0)
    throw new DataError(
      `${path} holds ${sizes.join(' × ')} voxels; a single slice is read, so all sizes after the second must be 1.`,
      path,
      'Save each slice as a file of its own.',
    );
  return { height, width };
}
