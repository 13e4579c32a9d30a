import { naturalOrder } from './natural-order.ts';
import { type Found, findFiles, placeholders, type Search } from './pattern.ts';
import { DataError } from './source.ts';

/** The files of one case, below the folder. */
export interface CaseFiles {
  readonly id: string;
  readonly image: string;
  /** In the order of the raters. */
  readonly masks: readonly string[];
}

export interface Patterns {
  readonly images: string;
  readonly masks: string;
  /** Whether `masks` tells raters apart. */
  readonly several: boolean;
  readonly except: readonly string[];
}

interface CaseList {
  readonly cases: readonly CaseFiles[];
  readonly raters: readonly string[];
}

/** Matches images and masks by the name of their case, and makes sure that nothing is missing or there twice. */
export async function listCases(folder: string, patterns: Patterns): Promise<CaseList> {
  checkPattern(folder, 'images', patterns.images, ['case']);
  checkPattern(folder, patterns.several ? 'raters' : 'masks', patterns.masks, [
    'case',
    ...(patterns.several ? ['rater'] : []),
  ]);
  const images = await findFiles(folder, patterns.images);
  const left = without(folder, images, patterns);
  const masks = await findFiles(folder, patterns.masks);
  if (masks.found.length === 0) throw nothing(folder, 'mask', patterns.masks, masks);

  const maskOf = byKey(folder, masks.found, patterns);
  const imageOf = byKey(folder, left, { ...patterns, several: false });
  const ids = [...imageOf.values()].map(({ bound }) => bound.case!).sort(naturalOrder);
  const known = new Set(ids.map(fold));
  const raters = patterns.several
    ? ratersOf(masks.found.filter(({ bound }) => known.has(fold(bound.case!))))
    : [''];
  const missing = ids.flatMap((id) =>
    raters.filter((rater) => !maskOf.has(key(id, rater))).map((rater) => ({ id, rater })),
  );
  if (missing.length > 0 || raters.length === 0) throw lacking(folder, patterns, missing, ids);
  return {
    raters,
    cases: ids.map((id) => ({
      id,
      image: imageOf.get(key(id, ''))!.file,
      masks: raters.map((rater) => maskOf.get(key(id, rater))!.file),
    })),
  };
}

function checkPattern(folder: string, option: string, pattern: string, needed: readonly string[]): void {
  if (pattern === '')
    throw new DataError(
      'The folder has no masks.',
      folder,
      'Give `raters: "…"` for the masks of several raters, or `masks: "…"` for one a case.',
    );
  const given = placeholders(pattern);
  const absent = needed.find((name) => !given.includes(name));
  const unknown = given.find((name) => name !== 'case' && name !== 'rater');
  if (absent !== undefined)
    throw new DataError(
      `\`${option}: "${pattern}"\` does not say where the name of the ${absent} stands.`,
      folder,
      `Write {${absent}} in its place.`,
    );
  if (unknown !== undefined)
    throw new DataError(
      `\`${option}: "${pattern}"\` holds {${unknown}}, which is not known.`,
      folder,
      'Known are {case} and {rater}; any other text is written `*`.',
    );
}

/** The images less the cases of `except`, each of which must be there. */
function without(folder: string, images: Search, { images: pattern, except }: Patterns): readonly Found[] {
  if (images.found.length === 0) throw nothing(folder, 'image', pattern, images);
  const names = new Set(images.found.map(({ bound }) => fold(bound.case!)));
  const stranger = except.find((name) => !names.has(fold(name)));
  if (stranger !== undefined)
    throw new DataError(
      `\`except\` names the case ${stranger}, which is not in ${folder}.`,
      folder,
      `Cases there: ${some(images.found.map(({ bound }) => bound.case!))}.`,
    );
  const left = new Set(except.map(fold));
  const kept = images.found.filter(({ bound }) => !left.has(fold(bound.case!)));
  if (kept.length === 0) throw new DataError(`\`except\` leaves no case in ${folder}.`, folder);
  return kept;
}

function byKey(folder: string, found: readonly Found[], { several }: Patterns): Map<string, Found> {
  const files = new Map<string, Found>();
  for (const one of found) {
    const name = key(one.bound.case!, several ? one.bound.rater! : '');
    const other = files.get(name);
    if (other)
      throw new DataError(
        `${other.file} and ${one.file} in ${folder} stand for the same thing: case ${one.bound.case}${several ? `, rater ${one.bound.rater}` : ''}.`,
        folder,
        'Make the pattern narrower, or remove one of the files. Letter case does not count.',
      );
    files.set(name, one);
  }
  return files;
}

/** Distinct raters, letter case aside, in natural order. */
function ratersOf(masks: readonly Found[]): string[] {
  const names = new Map(masks.map(({ bound }) => [fold(bound.rater!), bound.rater!]));
  return [...names.values()].sort(naturalOrder);
}

function lacking(
  folder: string,
  { masks, several }: Patterns,
  missing: readonly { readonly id: string; readonly rater: string }[],
  ids: readonly string[],
): DataError {
  if (missing.length === 0)
    return new DataError(
      `No mask in ${folder} belongs to an image: none fits "${masks}" with a case among ${some(ids)}.`,
      folder,
    );
  const names = missing.map(({ id, rater }) => (several ? `rater ${rater} of case ${id}` : `case ${id}`));
  return new DataError(
    `The mask of ${some(names)} is missing in ${folder}: nothing fits "${masks}" there.`,
    folder,
    'Every case needs a mask of every rater. Add the file, or leave the case out with `except`.',
  );
}

function nothing(folder: string, what: string, pattern: string, { seen }: Search): DataError {
  const there = seen.entries.length === 0 ? 'is empty' : `holds ${some(seen.entries)}`;
  return new DataError(
    `No ${what} fits "${pattern}" in ${folder}: ${seen.folder} ${there}.`,
    folder,
    '{case} and {rater} stand for names, * for any text; none of them crosses a /.',
  );
}

function some(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(', ');
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}

function key(id: string, rater: string): string {
  return `${fold(id)}/${fold(rater)}`;
}

function fold(name: string): string {
  return name.toLowerCase();
}
