import { type Diagnostic, edited, type Fix } from '../../grammar/diagnostic.ts';
import { groupBy } from '../../grammar/group-by.ts';
import type { Inspected } from '../check/check.ts';
import { meaningsOf } from './meanings.ts';

/** What is found in a file, as it would be with some texts in the place of those on disk. */
export type Look = (file: string, texts: ReadonlyMap<string, string>) => Promise<Inspected>;

/** A finding with a fix. */
export type Fixable = Diagnostic & { readonly fix: Fix };

export interface Fixed {
  /** New texts of files, by path. */
  readonly texts: ReadonlyMap<string, string>;
  readonly applied: readonly Fixable[];
  /** Fixes that were tried and taken back, and why. */
  readonly refused: readonly { readonly finding: Fixable; readonly reason: string }[];
  /** What is left, file by file. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Fixes can make room for others; two that undo each other would do so for ever. */
const mostRounds = 50;

/**
 * Applies fixes to files, in rounds of those that do not overlap, until none is left. A safe fix stays only if every
 * declaration of every file means the same after it, experiments and arms by their hashes, and its finding is gone.
 * With `unsafe` others are applied too, after the safe ones: they stay if no error comes of them. With `codes` nothing
 * is fixed but what has one of them.
 *
 * @param files paths as `look` takes them: only these are changed
 */
export async function applyFixes(
  files: readonly string[],
  look: Look,
  { unsafe, codes }: { readonly unsafe: boolean; readonly codes?: readonly string[] },
): Promise<Fixed> {
  let texts: ReadonlyMap<string, string> = new Map();
  const looked = new Map<string, Inspected>();
  await Promise.all(files.map(async (file) => looked.set(file, await look(file, texts))));
  const applied: Fixable[] = [];
  const refused = new Map<string, Fixed['refused'][number]>();

  for (let round = 0; round < mostRounds; round++) {
    const wanted = fixableIn([...looked.values()], files).filter(({ code }) => codes?.includes(code) ?? true);
    const open = wanted.filter((finding) => !refused.has(keyOf(finding)));
    const safe = open.filter(({ fix }) => fix.safe);
    let batch = apart(safe.length > 0 || !unsafe ? safe : open);
    if (batch.length === 0) break;
    for (;;) {
      const trial = await attempt(batch, texts, looked, look);
      if (trial.reason === undefined) {
        texts = trial.texts;
        for (const [file, inspected] of trial.looked) looked.set(file, inspected);
        applied.push(...batch);
        break;
      }
      if (batch.length === 1) {
        refused.set(keyOf(batch[0]!), { finding: batch[0]!, reason: trial.reason });
        break;
      }
      batch = batch.slice(0, Math.ceil(batch.length / 2));
    }
  }
  const diagnostics = files.flatMap((file) => looked.get(file)!.diagnostics);
  return { texts, applied, refused: [...refused.values()], diagnostics };
}

/** Every fix of the files that may be changed; what two files find in a third counts once. */
function fixableIn(looked: readonly Inspected[], files: readonly string[]): readonly Fixable[] {
  const found = looked.flatMap(({ diagnostics }) => diagnostics).filter(isFixable);
  const own = found.filter(({ fix }) => fix.edits.every(({ span }) => files.includes(span.source.path)));
  return [...new Map(own.map((finding) => [`${keyOf(finding)} ${finding.span.start}`, finding])).values()];
}

const isFixable = (diagnostic: Diagnostic): diagnostic is Fixable => diagnostic.fix !== undefined;

/** The same before and after edits elsewhere in the file. */
const keyOf = ({ code, message, span, fix }: Fixable): string =>
  [code, span.source.path, message, fix.title].join('\u0000');

/** As many as do not touch one another, from the start of each file. */
function apart(findings: readonly Fixable[]): readonly Fixable[] {
  const chosen: Fixable[] = [];
  const start = ({ fix }: Fixable) => Math.min(...fix.edits.map(({ span }) => span.start));
  for (const finding of [...findings].sort((a, b) => start(a) - start(b)))
    if (!chosen.some((other) => isTouching(finding.fix, other.fix))) chosen.push(finding);
  return chosen;
}

const isTouching = (a: Fix, b: Fix): boolean =>
  a.edits.some(({ span: one }) =>
    b.edits.some(
      ({ span: other }) =>
        one.source.path === other.source.path && one.start <= other.end && other.start <= one.end,
    ),
  );

interface Trial {
  readonly texts: ReadonlyMap<string, string>;
  readonly looked: ReadonlyMap<string, Inspected>;
  /** Why it cannot stay. */
  readonly reason: string | undefined;
}

/** The files with some fixes in them, and whether these may stay. */
async function attempt(
  batch: readonly Fixable[],
  texts: ReadonlyMap<string, string>,
  before: ReadonlyMap<string, Inspected>,
  look: Look,
): Promise<Trial> {
  const edits = groupBy(
    batch.flatMap(({ fix }) => fix.edits),
    ({ span }) => span.source,
  );
  const changed = new Map([...edits].map(([source, some]) => [source.path, edited(source.text, some)]));
  const after = new Map([...texts, ...changed]);
  const reached = [...before].filter(
    ([file, { files }]) => changed.has(file) || files.some(({ tree }) => changed.has(tree.source.path)),
  );
  const looked = new Map(
    await Promise.all(reached.map(async ([file]) => [file, await look(file, after)] as const)),
  );
  const isSafe = batch.every(({ fix }) => fix.safe);
  const reasons = reached.map(([file, was]) => {
    const is = looked.get(file)!;
    return (isSafe ? difference(was, is) : undefined) ?? newError(was, is) ?? unmoved(batch, was, is);
  });
  return { texts: after, looked, reason: reasons.find((reason) => reason !== undefined) };
}

/** What does not mean the same any more. */
function difference(before: Inspected, after: Inspected): string | undefined {
  const [was, is] = [meaningsOf(before), meaningsOf(after)];
  if (!was) return 'the file has errors, so nothing can be proved of it';
  if (!is) return newError(before, after) ?? 'the file would have errors';
  const names = new Set([...was.keys(), ...is.keys()]);
  const other = [...names].find((name) => was.get(name) !== is.get(name));
  return other && `${other} would not mean the same`;
}

function newError(before: Inspected, after: Inspected): string | undefined {
  const isError = ({ severity }: Diagnostic) => severity === 'error';
  // Behind an error that is mended others can come to light, which it had kept from being looked for.
  if (before.diagnostics.some(isError)) return undefined;
  const added = after.diagnostics.find(isError);
  return added && `it would be an error: ${added.message}`;
}

/** A fix that leaves its finding where it is would be applied again and again. */
function unmoved(batch: readonly Fixable[], before: Inspected, after: Inspected): string | undefined {
  const count = ({ diagnostics }: Inspected, { code, message }: Fixable) =>
    diagnostics.filter((other) => other.code === code && other.message === message).length;
  const idle = batch.find((finding) => {
    const found = count(before, finding);
    return found > 0 && count(after, finding) >= found;
  });
  return idle && `${idle.code} would still be found`;
}
