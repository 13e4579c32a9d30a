/**
 * Reads the signatures of the components under `runtime/` and writes `runtime/registry.generated.ts`.
 * With `--check` nothing is written: exit 1 if the file is stale.
 */
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Project } from 'ts-morph';
import type { Family } from '../compiler/registry.ts';
import { readComponent } from '../compiler/signatures/read.ts';
import { printRegistry } from './registry/print.ts';

const root = path.resolve(import.meta.dirname, '..');
const target = path.join(root, 'runtime/registry.generated.ts');

/** Folder of `runtime/` that holds the components of each family. */
const folders: Readonly<Record<Family, string>> = {
  source: 'data',
  folds: 'folds',
  transform: 'transforms',
  label: 'labels',
  model: 'models',
  loss: 'losses',
  optimizer: 'optimizers',
  schedule: 'schedules',
  metric: 'metrics',
  prediction: 'prediction',
  statistic: 'statistics',
};
const families = Object.keys(folders) as Family[];

const project = new Project({
  skipAddingFilesFromTsConfig: true,
  skipFileDependencyResolution: true,
  compilerOptions: { noLib: true, allowImportingTsExtensions: true, types: [] },
});

const readings = families.flatMap((family) =>
  filesOf(folders[family]).map((file) =>
    readComponent(project.addSourceFileAtPath(path.join(root, file)), family, file),
  ),
);

const problems = readings.flatMap((reading) => reading.problems);
for (const { file, line, message } of problems) console.error(`${file}:${line}: ${message}`);
if (problems.length > 0) process.exit(1);

const text = printRegistry(
  families,
  readings.flatMap(({ component }) => component ?? []),
);
const current = existsSync(target) ? readFileSync(target, 'utf8') : '';
if (current !== text) {
  if (process.argv.includes('--check')) {
    console.error(
      'runtime/registry.generated.ts is stale: run npm run build:registry and commit the result.',
    );
    process.exit(1);
  }
  writeFileSync(`${target}.tmp`, text);
  renameSync(`${target}.tmp`, target);
  console.log('runtime/registry.generated.ts written');
}

/** Source files of a folder of `runtime/`, sorted, as paths from the root. */
function filesOf(folder: string): readonly string[] {
  const directory = path.join(root, 'runtime', folder);
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
    .sort()
    .map((file) => `runtime/${folder}/${file}`);
}
