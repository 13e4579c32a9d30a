import type { LabelSource, Term } from '../experiment.ts';
import type { Context } from './context.ts';
import { quoted } from './describe.ts';
import { messages } from './messages.ts';
import type { PendingTerm } from './mix.ts';
import type { PendingSource } from './pending.ts';
import { areStepsBorne, softCause } from './softness.ts';

/** The label source that a target stands for, at the head of its term. */
export type Aim = (on: PendingSource | undefined, head: string) => LabelSource;

/** Terms with their targets known. */
export const settleTerms = (pending: readonly PendingTerm[], aim: Aim): readonly Term[] =>
  pending.map(({ weight, loss, on, at, span }) => {
    const head = at?.text ?? 'main';
    return { weight, loss, on: aim(on, head), at: head, span };
  });

/**
 * Whether no loss or label step that needs hard labels gets soft ones; each that does is reported. `storedSoft`:
 * stored masks are known to hold shares.
 */
export function areTermsBorne(terms: readonly Term[], storedSoft: boolean, context: Context): boolean {
  const { registry, report } = context;
  const steps = terms.map(({ on }) => areStepsBorne(on, storedSoft, context));
  const others = Object.keys(registry.loss).filter((name) => registry.loss[name]!.tags.labels === 'soft');
  const wrong = terms.flatMap(({ loss, on }) => {
    const cause = softCause(on.root, on.steps, storedSoft, registry);
    return cause && registry.loss[loss.name]!.tags.requires === 'hard' ? [{ loss, on, cause }] : [];
  });
  for (const { loss, on, cause } of wrong) {
    const related = [{ span: on.span, message: 'soft' }];
    report(
      messages.at(loss.span, 'DML1335', { loss: loss.name, cause, others: quoted(others) }, { related }),
    );
  }
  return wrong.length === 0 && steps.every(Boolean);
}

/** Whether there are the heads that the terms look at. `owner` is what has them, in words. */
export function areHeads(
  terms: readonly Pick<PendingTerm, 'at'>[],
  owner: string,
  heads: readonly string[],
  { report }: Context,
  help = `Its heads: ${heads.join(', ')}.`,
): boolean {
  const lost = terms.flatMap(({ at }) => (at && !heads.includes(at.text) ? [at] : []));
  for (const { text, span } of lost) report(messages.at(span, 'DML1322', { owner, head: text }, { help }));
  return lost.length === 0;
}

export function isPositive(terms: readonly PendingTerm[], { report }: Context): boolean {
  if (terms.some(({ weight }) => weight > 0)) return true;
  report(messages.at(terms[0]!.span, 'DML1326', {}));
  return false;
}
