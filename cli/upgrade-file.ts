import { languageVersion, newerVersion } from '../compiler/check/version.ts';
import type { Program } from '../compiler/experiment.ts';
import { evaluationHash, trainingHash } from '../compiler/identity.ts';
import { upgrade } from '../compiler/upgrade/upgrade.ts';
import { parse } from '../grammar/parser.ts';
import type { Source } from '../grammar/source.ts';
import type { Context } from './command.ts';
import { compare } from './compare.ts';
import { UsageError } from './errors.ts';
import { readSource } from './files.ts';
import { type Formatted, formatSource } from './format-file.ts';
import { openFile } from './program.ts';
import { onDisk, type Reader } from './reader.ts';
import { parseTarget } from './target.ts';

/** A file in the newest version of the language and in canonical layout, and whether it means what it meant. */
export async function upgradeFile(file: string, context: Context): Promise<Formatted> {
  const source = await readSource(file, context);
  const newer = newerVersion(parse(source).value?.version);
  if (newer.length > 0) return { file, before: source.text, after: source.text, diagnostics: newer };
  const { from, text } = upgrade(source);
  const { after, diagnostics } = formatSource({ ...source, text });
  // What could not be rewritten is told of the text as it is on disk.
  if (diagnostics.length > 0) return { ...formatSource(source), file };
  if (from === languageVersion) return { file, before: source.text, after, diagnostics };
  const note = `from ${from === 0 ? 'no version' : `version ${from}`} to version ${languageVersion}`;
  const meaning = await meaningOf(file, source, { ...source, text: after }, context);
  return { file, before: source.text, after, diagnostics, note: `${note}: ${meaning}` };
}

/** The same, or not to be said; another meaning is an error, and nothing is written. */
async function meaningOf(file: string, before: Source, after: Source, context: Context): Promise<string> {
  const disk = onDisk(context);
  const reading = (source: Source): Reader => ({ ...disk, source: async () => source });
  const opened = await Promise.all(
    [before, after].map((source) => openFile(file, context, { reader: reading(source) })),
  );
  const [old, fresh] = opened.map(({ program }) => program && hashesOf(program));
  if (!old || !fresh) return 'what it meant cannot be said, as it could not be read as it was';
  if (JSON.stringify(old) === JSON.stringify(fresh)) return 'the same in meaning';
  const target = parseTarget(file);
  const sides = [
    { target, reader: reading(before) },
    { target, reader: reading(after) },
  ] as const;
  const { text } = await compare(sides, undefined, context);
  throw new UsageError(
    `${file} would mean something else in version ${languageVersion}, so it is left as it is.`,
    text,
    file,
  );
}

const hashesOf = ({ experiments, sweeps }: Program): readonly (readonly string[])[] =>
  [...experiments, ...sweeps.flatMap(({ arms }) => arms.map(({ experiment }) => experiment))].map(
    (experiment) => [experiment.name, trainingHash(experiment), evaluationHash(experiment)],
  );
