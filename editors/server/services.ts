import type { Experiment, Sweep } from '../../compiler/experiment.ts';
import type { LawOfTerm } from '../../compiler/laws/term.ts';
import type { Witness } from '../../compiler/lint/rule.ts';
import type { Component, Registry, Signatures } from '../../compiler/registry.ts';
import type { Source } from '../../grammar/source.ts';

/** What the server is given by whoever starts it: the components that there are, and the files on disk. */
export interface Services {
  readonly registry: Registry;
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
  /** Address of the page about a component; `undefined` if there is none. */
  readonly page: (component: Component) => string | undefined;
}

/** What answers the long questions: what rules find, and what running an experiment comes to. */
export interface Analysis extends Omit<Services, 'page'> {
  readonly witness: Witness;
  /** Kept from one keystroke to the next. */
  readonly laws: LawOfTerm;
  /** In words, for the head of the declaration in a file; `undefined` where nobody can say, for want of data. */
  readonly outlook: (subject: Experiment | Sweep, file: string) => Promise<string | undefined>;
}
