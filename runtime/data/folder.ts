import { stat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import type { Share } from '../../compiler/registry.ts';
import { belowRoot } from './below-root.ts';
import { type CaseFiles, listCases } from './folder-cases.ts';
import { withChannels } from './images/channels.ts';
import type { PictureFile } from './images/picture-file.ts';
import { isArray, readPicture, readSize } from './images/read.ts';
import { DataError, type Picture, type Source, type SourceContext } from './source.ts';

export interface FolderOptions {
  /** The folder, below the data root. */
  path: string;
  /** Where the images are, for example `"{case}/image.nii.gz"`. */
  images: string;
  /** Where the raters' masks are, for example `"{case}/seg{rater}.nii.gz"`; empty for none. */
  raters?: string;
  /** Where the one stored mask of a case is, if there are no raters; empty for none. */
  masks?: string;
  /** Cases to leave out, by name. */
  except?: readonly string[];
  /** Channels of the images: colour is turned to grey, or grey repeated. Those of arrays stay what they are. */
  color?: 'grey' | 'rgb';
  /** How a mask shows the object: by the values of its classes, or as white or black. */
  object?: 'value' | 'white' | 'black';
  /** Where black ends and white begins, as a share of white. */
  threshold?: Share;
  /**
   * Stored masks hold shares of the foreground, from 0 to white, or 0 to 1 where values are floating-point; arrays with
   * several channels those of each class.
   */
  soft?: boolean;
}

/**
 * Images and masks in a folder, as PNG, NIfTI (one slice) or NumPy arrays (`.npy`). In a pattern `{case}` and `{rater}`
 * are the names of case and rater, `*` is any text; none of them crosses a `/`, and letter case does not count. Every
 * case needs an image and a mask of every rater, all of one size; sizes may differ between cases.
 *
 * Arrays are [height, width] or [height, width, channel], one case a file: an image keeps its channels, a mask of class
 * values has none, and with `soft: true` a mask [height, width, class] holds the share of each class. To train on
 * numbers exactly as they are stored, say `window: none` in the data set.
 */
export async function folder(
  { root }: SourceContext,
  {
    path,
    images,
    raters = '',
    masks = '',
    except = [],
    color = 'grey',
    object = 'value',
    threshold = 0.5,
    soft = false,
  }: FolderOptions,
): Promise<Source> {
  const place = join(root, inside(path, 'path'));
  await checkFolder(place, root);
  if (raters !== '' && masks !== '')
    throw new DataError('A folder has `raters:` or `masks:`, not both.', place);
  const found = await listCases(place, {
    images: inside(images, 'images'),
    masks: inside(raters || masks, raters ? 'raters' : 'masks'),
    several: raters !== '',
    except,
  });
  const colors = color === 'rgb' ? 3 : 1;
  const filesOf = new Map(found.cases.map((one) => [one.id, one]));
  const at = (id: string): CaseFiles => {
    const files = filesOf.get(id);
    if (!files) throw new Error(`The source has no case ${id}.`);
    return files;
  };
  const full = (file: string) => join(place, file);
  const channels = (await arrayChannels(full(found.cases[0]!.image))) ?? colors;
  return {
    cases: found.cases.map(({ id }) => id),
    raters: raters === '' ? 0 : found.raters.length,
    channels,
    soft,
    files: found.cases.flatMap(({ image, masks }) => [image, ...masks]).map((file) => posix.join(path, file)),
    async size(id) {
      const { image, masks } = at(id);
      const size = await readSize(full(image));
      for (const mask of masks) checkSize(full(mask), await readSize(full(mask)), full(image), size);
      return size;
    },
    async read(id) {
      const { image, masks } = at(id);
      const picture = imageOf(full(image), await readPicture(full(image)), { channels, colors });
      const readMask = async (mask: string) => {
        const file = await readPicture(full(mask));
        checkSize(full(mask), file, full(image), picture);
        return maskOf(full(mask), file, { object, threshold, soft });
      };
      return { id, image: picture, masks: await Promise.all(masks.map(readMask)) };
    },
  };
}

/** Channels of an array, which are no colours; nothing for a picture. */
async function arrayChannels(path: string): Promise<number | undefined> {
  return isArray(path) ? (await readSize(path)).channels : undefined;
}

/** An image with the channels of the source: pictures are turned to grey or to colour, arrays must have them. */
function imageOf(
  path: string,
  file: PictureFile,
  { channels, colors }: { readonly channels: number; readonly colors: 1 | 3 },
): Picture {
  const picture = isArray(path) ? file : withChannels(file, colors);
  if (picture.channels === channels) return picture;
  throw new DataError(
    `${path} has ${picture.channels} channels, the first image of the folder has ${channels}.`,
    path,
    'All images of a data set have the same channels. Repair the file, or leave the case out with `except`.',
  );
}

/** Patterns and paths stay below the root. */
const inside = (pattern: string, option: string): string => belowRoot(pattern, `${option}: "${pattern}"`);

async function checkFolder(place: string, root: string): Promise<void> {
  const found = await stat(place).catch(() => undefined);
  if (found?.isDirectory()) return;
  throw new DataError(
    `The folder ${place} ${found ? 'is a file' : 'is not there'}.`,
    place,
    `The data root is ${root}; give another by \`--data DIR\` or DML_DATA.`,
  );
}

type Size = Pick<Picture, 'height' | 'width'>;

function checkSize(mask: string, found: Size, image: string, expected: Size): void {
  if (found.height === expected.height && found.width === expected.width) return;
  throw new DataError(
    `${mask} has ${found.height} × ${found.width} pixels (height × width), its image ${image} has ${expected.height} × ${expected.width}.`,
    mask,
    'A mask has the size of its image. Repair it, or leave the case out with `except`.',
  );
}

type MaskOptions = Required<Pick<FolderOptions, 'object' | 'threshold' | 'soft'>>;

function maskOf(path: string, file: PictureFile, { object, threshold, soft }: MaskOptions): Picture {
  if (soft) return shares(path, isArray(path) ? file : withChannels(file, 1), file.full, object === 'black');
  if (isArray(path) && file.channels > 1)
    throw new DataError(
      `${path} is [${file.height}, ${file.width}, ${file.channels}]; a mask of class values is [height, width].`,
      path,
      'Say `soft: true` if it holds the share of each class: [height, width, class].',
    );
  const grey = withChannels(file, 1);
  if (object === 'value') {
    checkGrey(path, file);
    return grey;
  }
  const white = Number(object === 'white');
  return { ...grey, data: grey.data.map((value) => (value / file.full >= threshold ? white : 1 - white)) };
}

/** Shares of the foreground, or of each class where an array has several channels. */
function shares(path: string, mask: Picture, full: number, inverted: boolean): Picture {
  const at = mask.data.findIndex((value) => value < 0 || value > full);
  if (at >= 0) {
    const pixel = Math.floor(at / mask.channels);
    throw new DataError(
      `${path} holds ${mask.data[at]} at row ${Math.floor(pixel / mask.width)}, column ${pixel % mask.width}; a soft mask lies between 0 and ${full}.`,
      path,
    );
  }
  return { ...mask, data: mask.data.map((value) => (inverted ? 1 - value / full : value / full)) };
}

function checkGrey(path: string, { data, channels }: PictureFile): void {
  if (channels === 1 || data.every((value, i) => value === data[i - (i % channels)])) return;
  throw new DataError(
    `${path} is in colour, which stands for no class value.`,
    path,
    'Say `object: white` or `object: black` if its brightness shows the object.',
  );
}
