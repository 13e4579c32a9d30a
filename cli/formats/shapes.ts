import type { JsonDiagnostic } from '../../grammar/render.ts';
import type { TrainerEvent } from '../../runtime/trainer/events.ts';
import type { ExitCode } from '../command.ts';
import type { Told } from '../errors.ts';

/**
 * What `--format json` prints for every command, whatever happened. Fields of its own follow: what the command found or
 * did. `docs/schemas/output.schema.json` is written from these types.
 */
export interface JsonReport {
  /** `null` where no command was found in the words. */
  readonly command: string | null;
  /** 0: done, nothing found. 1: something was found. 2: could not work. 130: stopped by Ctrl-C. */
  readonly exit: ExitCode;
  /** What was found in files. */
  readonly diagnostics: readonly JsonDiagnostic[];
  /** Why the command could not do its work, or all of it; absent otherwise. */
  readonly error?: Told;
}

/** A line of `--format jsonl`: what happens while a command works, each finding, and the report, which is the last. @public */
export type JsonLine = TrainerEvent | FindingLine | ReportLine;

export interface FindingLine extends JsonDiagnostic {
  readonly kind: 'finding';
}

export interface ReportLine extends JsonReport {
  readonly kind: 'report';
}
