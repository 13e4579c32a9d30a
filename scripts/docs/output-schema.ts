import path from 'node:path';
import { Project } from 'ts-morph';
import { definitionsOf, type Schema } from './json-schema.ts';

const file = 'cli/formats/shapes.ts';

/** The JSON Schema of what commands print with `--format json`, and of a line of `--format jsonl` as `$defs/JsonLine`. */
export function outputSchema(root: string): Schema {
  const project = new Project({
    tsConfigFilePath: path.join(root, 'tsconfig.json'),
    skipAddingFilesFromTsConfig: true,
  });
  const shapes = project.addSourceFileAtPath(path.join(root, file));
  project.resolveSourceFileDependencies();
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'What dml prints with --format json; a line of --format jsonl is $defs/JsonLine',
    $ref: '#/$defs/JsonReport',
    $defs: definitionsOf(shapes, ['JsonReport', 'JsonLine'], ['JsonReport', 'ReportLine']),
  };
}
