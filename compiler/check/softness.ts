import type { LabelRoot, LabelSource, Use } from '../experiment.ts';
import type { Registry } from '../registry.ts';
import type { Context } from './context.ts';
import { quoted } from './describe.ts';
import { messages } from './messages.ts';

/** What made labels soft, in words; `undefined` if they are hard. `storedSoft`: stored masks hold shares. */
export function softCause(
  root: LabelRoot,
  steps: readonly Use[],
  storedSoft: boolean,
  registry: Registry,
): string | undefined {
  return steps.reduce(
    (cause, { name }) => {
      const { gives } = registry.label[name]!.tags;
      if (gives === 'same') return cause;
      return gives === 'soft' ? `\`${name}\`` : undefined;
    },
    rootCause(root, storedSoft),
  );
}

function rootCause(root: LabelRoot, storedSoft: boolean): string | undefined {
  if (root === 'mask') return storedSoft ? 'the data set, whose masks hold shares,' : undefined;
  if (typeof root === 'string') return root === 'teacher' ? 'the teacher' : undefined;
  return root.kind === 'sum' ? 'the sum' : '`distill`';
}

/** Whether no step that needs hard labels gets soft ones; each that does is reported. */
export function areStepsBorne(source: LabelSource, storedSoft: boolean, context: Context): boolean {
  const { root, steps } = source;
  const { registry, report } = context;
  const parts = typeof root === 'object' && root.kind === 'sum' ? root.terms.map((term) => term.source) : [];
  const inner = parts.map((part) => areStepsBorne(part, storedSoft, context));
  const others = Object.values(registry.label).filter(
    ({ tags }) => tags.requires !== 'hard' && tags.takes !== 'raters',
  );
  const wrong = steps.flatMap((step, index) => {
    const cause = softCause(root, steps.slice(0, index), storedSoft, registry);
    return cause && registry.label[step.name]!.tags.requires === 'hard' ? [{ step, cause }] : [];
  });
  for (const { step, cause } of wrong) {
    const values = { step: step.name, cause, others: quoted(others.map(({ name }) => name)) };
    report(messages.at(step.span, 'DML1334', values));
  }
  return wrong.length === 0 && inner.every(Boolean);
}

/** Whether no step of a source draws at random, where that must not be; `use` says where, in words. */
export function areCertain({ root, steps }: LabelSource, use: string, context: Context): boolean {
  const parts = typeof root === 'object' && root.kind === 'sum' ? root.terms.map((term) => term.source) : [];
  const drawing = steps.filter(({ name }) => context.registry.label[name]!.tags.random !== undefined);
  for (const { name, span } of drawing) context.report(messages.at(span, 'DML1338', { step: name, use }));
  return [drawing.length === 0, ...parts.map((part) => areCertain(part, use, context))].every(Boolean);
}
