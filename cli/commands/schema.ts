import { command, repeated } from '../command.ts';
import { UsageError } from '../errors.ts';

const kinds = ['experiment', 'output'];

export const schema = command({
  name: 'schema',
  summary: 'Prints the JSON Schema of experiments as YAML, or of what --format json prints',
  arguments: [['[kind]', 'experiment (the default) or output', kinds]],
  flags: { use: repeated('file', 'TypeScript with components of your own, which the schema is to know') },
  notes:
    'An editor with a YAML language server completes and checks fields, components and options by the first: save it, and begin a file with `# yaml-language-server: $schema=dml.schema.json`. It says of each value what it is, its range, unit and default; dml check says all the rest.',
  examples: [
    ['dml schema > dml.schema.json', 'for the YAML files of this folder'],
    ['dml schema --use boundary.ts > dml.schema.json', 'with components of your own'],
    ['dml schema output', 'for programs that read what dml prints'],
  ],
  async run({ arguments: [kind = 'experiment'], flags }, context) {
    if (!kinds.includes(kind))
      throw new UsageError(`There is no schema of ${kind}.`, `There are: ${kinds.join(', ')}`);
    const { prettyJson } = await import('../formats/pretty-json.ts');
    const { schemaOf } = await import('../schema.ts');
    const found = await schemaOf(kind, flags.use, context);
    return { exit: 0, data: { schema: found }, text: `${prettyJson(found)}\n` };
  },
});
