import type { Diagnostic } from '../../grammar/diagnostic.ts';
import type { Failure } from '../errors.ts';

/** What a command came to, as every format for machines gets it. */
export interface Ended {
  /** Empty where no command was found in the words. */
  readonly command: string;
  readonly exit: number;
  readonly data: Readonly<Record<string, unknown>>;
  readonly diagnostics: readonly Diagnostic[];
  /** Why the command could not do its work, or all of it. */
  readonly failure: Pick<Failure, 'message' | 'file' | 'help'> | undefined;
}

/** Prints an end, whatever it is: each format is valid for failures, too. Ends with a line end. */
export type Printer = (ended: Ended) => string;
