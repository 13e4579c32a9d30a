import { decide } from '../../../compiler/laws/decide.ts';
import { type LoadedTerm, loadLoss } from '../../../compiler/laws/loss-graph.ts';
import type { OptionValue } from '../../../compiler/registry.ts';
import { registry } from '../../../runtime/registry.generated.ts';
import { use } from '../../support/experiment.ts';

type Options = Readonly<Record<string, OptionValue>>;

/** A term of a built-in loss, with the options that differ from the defaults. */
export async function term(
  name: string,
  options: Options = {},
  { weight = 1, soft = true, target = 0 } = {},
): Promise<LoadedTerm> {
  const defaults = registry.loss[name]!.parameters.map((parameter) => [parameter.name, parameter.default!]);
  const loss = await loadLoss(registry, use(name));
  return { weight, loss, options: { ...Object.fromEntries(defaults), ...options }, target, soft };
}

/** The laws of one loss by itself. */
export const lawsOfLoss = async (
  name: string,
  options: Options = {},
  { soft = true, classes = 2 }: { readonly soft?: boolean; readonly classes?: number } = {},
) => decide([[await term(name, options, { soft })]], classes);
