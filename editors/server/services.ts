import type { MinimumOfTerm } from '../../compiler/laws/term.ts';
import type { Witness } from '../../compiler/lint/rule.ts';
import type { Registry, Signatures } from '../../compiler/registry.ts';
import type { Source } from '../../grammar/source.ts';

/** What the server is given by whoever starts it: the components that there are, and the files on disk. */
export interface Services {
  readonly registry: Registry;
  readonly witness: Witness;
  /** Kept from one keystroke to the next. */
  readonly minimum: MinimumOfTerm;
  /** The file at an absolute path, `undefined` if there is none; an error that says why it cannot be read. */
  readonly read: (path: string) => Source | undefined;
  /** Absolute paths of the `.dml` files below a folder; none where it cannot be read. */
  readonly list: (folder: string) => readonly string[];
  /**
   * What a user's TypeScript file brings, read without running it; `undefined` if there is none.
   *
   * @param root folder that neither it nor what it imports may leave
   */
  readonly components: (path: string, root: string) => Signatures | undefined;
}
