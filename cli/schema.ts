import { withOwn } from '../compiler/check/own.ts';
import outputSchema from '../docs/schemas/output.schema.json' with { type: 'json' };
import { registry } from '../runtime/registry.generated.ts';
import { componentsOf } from './arrays/own-registry.ts';
import type { Context } from './command.ts';

/** The schema of experiments as YAML, with components of the user's own, or of what is printed as JSON. */
export async function schemaOf(
  kind: string,
  use: readonly string[],
  context: Context,
): Promise<Readonly<Record<string, unknown>>> {
  if (kind === 'output') return outputSchema;
  const { yamlSchema } = await import('../editors/yaml-schema.ts');
  return yamlSchema(
    withOwn(
      registry,
      use.flatMap((file) => componentsOf(file, context)),
    ),
  );
}
