import { ownComponent, withOwn } from '../../compiler/check/own.ts';
import type { Component } from '../../compiler/registry.ts';
import { registry } from '../../runtime/registry.generated.ts';
import type { Context, Report } from '../command.ts';
import { UsageError } from '../errors.ts';
import { type Loadable, loadable } from '../own-allowed.ts';
import { ownSignatures } from '../own-signatures.ts';

/** The flags by which a command on arrays gets components of the user's own. */
export interface OwnFlags {
  readonly use: readonly string[];
  readonly allow: readonly string[];
}

/** The registry with the components of `--use`, whose files must have been allowed, as those of a `use` in a file. */
export async function registryFor(
  { use, allow }: OwnFlags,
  context: Context,
): Promise<Loadable | { readonly report: Report }> {
  const own = use.flatMap((file) => componentsOf(file, context));
  const subject = { used: own, components: withOwn(registry, own), file: use[0] ?? 'the expression' };
  return loadable(subject, allow, context);
}

/** The components of a file that `--use` names. Nothing of it is run. */
export function componentsOf(file: string, context: Context): readonly Component[] {
  const signatures = ownSignatures(file, context)(file);
  if (!signatures) throw new UsageError(`There is no file ${file}.`, 'Check the path of --use.');
  const [problem] = signatures.problems;
  if (problem) throw new UsageError(`${file}:${problem.line}: ${problem.message}`, 'Correct it there.');
  const known = signatures.components.find(({ family, name }) => Object.hasOwn(registry[family], name));
  if (known)
    throw new UsageError(
      `${file} brings the ${known.family} ${known.name}, which the language has.`,
      'Give it another name.',
    );
  return signatures.components.map((described) => ownComponent(described, described.name, signatures.code));
}
