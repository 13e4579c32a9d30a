import type { Span } from '../../grammar/source.ts';
import type { Identifier } from '../../grammar/syntax.ts';
import type { Use } from '../experiment.ts';
import { withOption } from './component.ts';
import type { Context } from './context.ts';
import { withDistillOption } from './distill.ts';
import type { PendingDistilled, PendingSource } from './pending.ts';
import { indexOfPart } from './pipeline.ts';
import type { Written } from './scope.ts';

/** What a path can name in a label source: a step, or the `distill` that it begins with. */
type Part = Use | PendingDistilled;

/** All parts in the order of the text, those inside of a sum among them. */
function partsOf({ root, steps }: PendingSource): readonly Part[] {
  if (typeof root === 'string') return steps;
  const inside = root.kind === 'distill' ? [root] : root.terms.flatMap(({ source }) => partsOf(source));
  return [...inside, ...steps];
}

/** The same source with one part exchanged. */
function withPart(source: PendingSource, before: Part, after: Part): PendingSource {
  const { root, steps } = source;
  const exchange = <P extends Part>(part: P): P => (part === before ? (after as P) : part);
  return {
    ...source,
    root:
      typeof root === 'string'
        ? root
        : root.kind === 'distill'
          ? exchange(root)
          : {
              ...root,
              terms: root.terms.map((term) => ({ ...term, source: withPart(term.source, before, after) })),
            },
    steps: steps.map(exchange),
  };
}

const named = (part: Part): { readonly name: string; readonly span: Span } =>
  'kind' in part ? { name: part.kind, span: part.span } : part;

/** `labels.smooth.epsilon: 0.2`, `teacher.distill.temperature: 2` */
export function withLabelOption(
  field: string,
  source: PendingSource,
  [part, option]: readonly [Identifier, Identifier],
  written: Written,
  context: Context,
): PendingSource | undefined {
  const parts = partsOf(source);
  const index = indexOfPart(field, parts.map(named), part, context);
  const before = index === undefined ? undefined : parts[index]!;
  if (!before) return undefined;
  const after =
    'kind' in before
      ? withDistillOption(before, option, written, context)
      : withOption('label', before, option, written, context);
  return after && withPart(source, before, after);
}
