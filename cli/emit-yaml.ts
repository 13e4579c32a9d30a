import { parseFile } from '../compiler/canonical/declarations.ts';
import { toYaml } from '../compiler/canonical/write.ts';
import { declarationsYaml } from '../compiler/canonical/write-declarations.ts';
import type { Program } from '../compiler/experiment.ts';
import type { Source } from '../grammar/source.ts';
import { UsageError } from './errors.ts';
import { choose, oneExperiment } from './program.ts';
import type { Target } from './target.ts';

/** What a target names as YAML; where it names nothing and there are several, all that its file holds. */
export function yamlOf(
  { source, program }: { readonly source: Source; readonly program: Program },
  target: Target,
  set: readonly string[],
): string {
  const { experiments, sweeps, compares, components } = program;
  const count = experiments.length + sweeps.length + compares.length;
  const isAll = target.name === undefined && count > 1;
  if (!isAll) {
    const chosen = choose(program, target);
    if (chosen.kind === 'experiment' || target.arm !== undefined)
      return toYaml(oneExperiment(chosen, target));
  }
  if (set.length > 0)
    throw new UsageError(
      '--set changes the experiment or arm that is written as YAML, and several would be.',
      'Write --set where the YAML file is run, or name one experiment or arm.',
    );
  const { value: tree } = parseFile(source, components);
  if (!tree) throw new Error(`${source.path} was read before, and cannot be now.`);
  return declarationsYaml(tree, isAll ? undefined : target.name);
}
