import type { Diagnostic } from '../../grammar/diagnostic.ts';
import type { ExitCode } from '../command.ts';
import type { Told } from '../errors.ts';

/** What a command came to, as every format for machines gets it. */
export interface Ended {
  /** Empty where no command was found in the words. */
  readonly command: string;
  readonly exit: ExitCode;
  readonly data: Readonly<Record<string, unknown>>;
  readonly diagnostics: readonly Diagnostic[];
  /** Why the command could not do its work, or all of it. */
  readonly failure: Told | undefined;
}

/** Prints an end, whatever it is: each format is valid for failures, too. Ends with a line end. */
export type Printer = (ended: Ended) => string;
