import type { Span } from '../../grammar/source.ts';
import type { Use } from '../experiment.ts';
import type { Registry } from '../registry.ts';
import { defaultUse } from './component.ts';
import type { Context } from './context.ts';
import { messages } from './messages.ts';
import { readChain } from './pipeline.ts';
import type { Written } from './scope.ts';

/** `sliding(stride: 1/2) |> flips(all)`: windows first, the one in the middle where none is named. */
export function readPrediction(written: Written, context: Context): readonly Use[] | undefined {
  const uses = readChain('prediction', 'pipeline', written, context);
  if (!uses) return undefined;
  const late = uses.filter((use, i) => i > 0 && windowsOf(use, context.registry) !== undefined);
  for (const { name, span } of late)
    context.report(messages.at(span, 'DML1391', { step: name, first: uses[0]!.name }));
  if (late.length > 0) return undefined;
  const [first] = uses;
  return first && windowsOf(first, context.registry) === undefined
    ? [...usualPrediction(written.expression.span, context), ...uses]
    : uses;
}

/** What is predicted where nothing is written. */
export function usualPrediction(span: Span, context: Pick<Context, 'registry'>): readonly Use[] {
  const middle = defaultUse('prediction', 'center', span, context);
  return middle ? [middle] : [];
}

/** The same steps over the whole image, as a student needs it: windows that slide in place of one in the middle. */
export function wholePrediction(steps: readonly Use[], registry: Registry): readonly Use[] {
  const [first, ...rest] = steps;
  if (!first || windowsOf(first, registry) !== 'middle') return steps;
  const sliding = defaultUse('prediction', 'sliding', first.span, { registry });
  return sliding ? [sliding, ...rest] : steps;
}

/** Which part of an image the windows of a step cover; `undefined` for one that says how to look at them. */
const windowsOf = ({ name }: Use, { prediction }: Registry): string | undefined =>
  prediction[name]?.tags.windows;
