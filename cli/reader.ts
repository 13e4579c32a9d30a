import type { Signatures } from '../compiler/registry.ts';
import type { Source } from '../grammar/source.ts';
import { signaturesOfCode } from '../runtime/own/read.ts';
import type { Context } from './command.ts';
import { readSource, usedFiles } from './files.ts';
import { ownSignatures } from './own-signatures.ts';

/** Where a file and those that it uses are read from. */
export interface Reader {
  /** The file that was named; an error that says so if there is none. */
  source(file: string): Promise<Source>;
  /** A file that is used, `undefined` if there is none. */
  read(file: string, root?: string): Source | undefined;
  /** What the TypeScript files bring that a file uses, by their paths. */
  components(file: string): (path: string) => Signatures | undefined;
  /** The same by the hash of their code, as a canonical form names them. */
  byCode(code: string): Signatures | undefined;
}

/** The files as they lie on disk. */
export const onDisk = (context: Context): Reader => ({
  source: (file) => readSource(file, context),
  read: usedFiles(context),
  components: (file) => ownSignatures(file, context),
  byCode: (code) => signaturesOfCode(code, context.env),
});

/** Files with some texts in the place of what another reader would read. */
export const withTexts = (texts: ReadonlyMap<string, string>, reader: Reader): Reader => {
  const given = (file: string) => {
    const text = texts.get(file);
    return text === undefined ? undefined : { path: file, text };
  };
  return {
    ...reader,
    source: async (file) => given(file) ?? reader.source(file),
    read: (file, root) => given(file) ?? reader.read(file, root),
  };
};
