import type { Diagnostic, Severity, Template } from '../../grammar/diagnostic.ts';
import type { Span } from '../../grammar/source.ts';
import type { Experiment, Use } from '../experiment.ts';
import type { Registry } from '../registry.ts';

/**
 * Values of a loss on one pixel of one class, one a probability: what a rule shows as its evidence. It computes with
 * the loss itself, through the reference evaluator; nothing else of a component is loaded.
 */
export type Witness = (
  loss: Use,
  pixel: { readonly label: number; readonly probabilities: readonly number[] },
) => Promise<readonly number[]>;

export interface Subject {
  readonly experiment: Experiment;
  readonly registry: Registry;
  readonly witness: Witness;
}

/** A mistake that a right file can make. `bad` and `good` are documentation and tests at once. */
export interface Rule<Names extends string = string> {
  readonly code: `DML3${number}`;
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
  readonly check: (subject: Subject) => Promise<readonly Finding<Names>[]>;
}

export interface Finding<Names extends string> {
  readonly span: Span;
  readonly values: Readonly<Record<Names, string>>;
  readonly related?: NonNullable<Diagnostic['related']>;
}

/** A rule with its messages filled in, so that rules of different gaps stand in one table. */
export interface LintRule extends Omit<Rule, 'check'> {
  readonly check: (subject: Subject) => Promise<readonly Diagnostic[]>;
}

export function rule<Names extends string>(record: Rule<Names>): LintRule {
  const { code, level, message, help } = record;
  return {
    ...record,
    message: message as Template<string>,
    help: help as Template<string>,
    async check(subject) {
      const findings = await record.check(subject);
      return findings.map(({ span, values, ...related }) => ({
        code,
        severity: level,
        span,
        message: message.render(values),
        help: help.render(values),
        ...related,
      }));
    },
  };
}
