import type { Diagnostic, Fix, Severity, Template } from '../../grammar/diagnostic.ts';
import type { Span } from '../../grammar/source.ts';
import type { File } from '../check/files.ts';
import type { Compare, Experiment, Sweep, Use } from '../experiment.ts';
import type { LawOfTerm } from '../laws/term.ts';
import type { Registry } from '../registry.ts';

/**
 * Values of a loss on one pixel of one class, one a probability: what a rule shows as its evidence. It computes with
 * the loss itself, through the reference evaluator; nothing else of a component is loaded. `undefined` for a loss of a
 * user's own, which nothing that reads files runs.
 */
export type Witness = (
  loss: Use,
  pixel: { readonly label: number; readonly probabilities: readonly number[] },
) => Promise<readonly number[] | undefined>;

interface Tools {
  readonly registry: Registry;
  readonly witness: Witness;
  readonly laws: LawOfTerm;
}

export type Subject = Tools & {
  readonly experiment: Experiment;
  /** Whether it is an arm of a sweep: what makes no sense by itself may then be an end of a range. */
  readonly isArm: boolean;
};
/** Arms that are compared: those of a sweep, or of a comparison of more than one sweep. */
export type Arms = Pick<Sweep, 'name' | 'factors' | 'arms' | 'span'>;
export type SweepSubject = Tools & { readonly sweep: Arms };
export type CompareSubject = Tools & { readonly compare: Compare };

/** A file as it is written: its syntax tree, the names that it sees, and what its declarations came to. */
export type FileSubject = Tools & {
  readonly file: File;
  /** All files that it uses, by whatever way, itself among them. */
  readonly files: readonly File[];
  /** Arms of sweeps included. */
  readonly experiments: readonly Experiment[];
  readonly sweeps: readonly Sweep[];
};

/** All that the rules look at. */
export interface Study {
  /** Arms of sweeps included. */
  readonly experiments: readonly Subject[];
  readonly sweeps: readonly SweepSubject[];
  readonly compares: readonly CompareSubject[];
  /** None where experiments were read from something else than a `.dml` file. */
  readonly files: readonly FileSubject[];
}

/** A mistake that a right file can make. `bad` and `good` are documentation and tests at once. */
export interface Rule<Names extends string = string, Looked = Subject> {
  readonly code: `DML3${number}`;
  /** Stable, as its file: `hard-loss-on-soft-labels`. */
  readonly name: string;
  readonly level: Severity;
  /** The fault in one sentence. */
  readonly summary: string;
  /** What is at stake, with a number. */
  readonly why: string;
  readonly source: string;
  /** Parts of files that give this finding and that do not, behind the prelude of the tests. */
  readonly bad: string;
  readonly good: string;
  readonly message: Template<Names>;
  readonly help: Template<Names>;
  readonly check: (subject: Looked) => readonly Finding<Names>[] | Promise<readonly Finding<Names>[]>;
}

export interface Finding<Names extends string> {
  readonly span: Span;
  readonly values: Readonly<Record<Names, string>>;
  readonly related?: NonNullable<Diagnostic['related']>;
  /** Without one where there is no single thing to do. `edits.ts` has what makes them. */
  readonly fix?: Fix | undefined;
}

/** A rule with its messages filled in, so that rules of different gaps stand in one table. */
export interface LintRule extends Omit<Rule, 'check'> {
  readonly check: (study: Study) => readonly Diagnostic[] | Promise<readonly Diagnostic[]>;
}

/** A rule that looks at one experiment at a time. */
export const rule = <Names extends string>(record: Rule<Names>): LintRule =>
  overEach(record, ({ experiments }) => experiments);

/** A rule that looks at the arms of a sweep or of a comparison. */
export const sweepRule = <Names extends string>(record: Rule<Names, SweepSubject>): LintRule =>
  overEach(record, ({ sweeps }) => sweeps);

/** A rule that looks at the table, the statistic and the claims of a comparison. */
export const compareRule = <Names extends string>(record: Rule<Names, CompareSubject>): LintRule =>
  overEach(record, ({ compares }) => compares);

/** A rule that looks at the text of a file: its declarations and names, not at what they come to. */
export const fileRule = <Names extends string>(record: Rule<Names, FileSubject>): LintRule =>
  overEach(record, ({ files }) => files);

function overEach<Names extends string, Looked>(
  record: Rule<Names, Looked>,
  subjects: (study: Study) => readonly Looked[],
): LintRule {
  const { code, level, message, help } = record;
  return {
    ...record,
    message: message as Template<string>,
    help: help as Template<string>,
    check(study) {
      const found = subjects(study).map((subject) => record.check(subject));
      // Most rules only look; of thousands of files, waiting for nothing would take longer than they do.
      return found.some((each) => each instanceof Promise)
        ? Promise.all(found).then(diagnosticsOf)
        : diagnosticsOf(found as readonly (readonly Finding<Names>[])[]);
    },
  };

  function diagnosticsOf(found: readonly (readonly Finding<Names>[])[]): readonly Diagnostic[] {
    return found.flat().map(({ span, values, related, fix }) => ({
      code,
      severity: level,
      span,
      message: message.render(values),
      help: help.render(values),
      ...(related ? { related } : {}),
      ...(fix ? { fix } : {}),
    }));
  }
}
