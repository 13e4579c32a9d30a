import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { licencesOf } from '../licences.ts';
import type { ExtensionFiles, ExtensionManifest } from './vsix.ts';

/** Files of `editors/vscode` that are packed as they are. */
const own = [
  ...['package.json', 'README.md', 'CHANGELOG.md', 'language-configuration.json', 'snippets.json'],
  'syntaxes/dml.tmLanguage.json',
];

/**
 * The VS Code extension, from its sources and `dist/`, which must have been built: the client in one file, and the server
 * below `server/`, with the pages that it links to.
 *
 * @param root of the project
 */
export async function extension(
  root: string,
): Promise<{ readonly manifest: ExtensionManifest; readonly files: ExtensionFiles }> {
  const folder = path.join(root, 'editors/vscode');
  const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as ExtensionManifest;
  const { client, licences } = await bundledClient(root);
  const files: Record<string, Uint8Array> = {
    ...filesOf(folder, own),
    ...filesOf(root, ['LICENSE']),
    'extension.cjs': client,
    'LICENSES.txt': licences,
    'server/package.json': Buffer.from('{ "type": "module" }\n'),
    ...serverFiles(path.join(root, 'dist')),
    ...filesOf(
      root,
      below(path.join(root, 'docs/reference')).map((file) => `docs/reference/${file}`),
    ),
  };
  return { manifest, files };
}

const filesOf = (folder: string, names: readonly string[]): ExtensionFiles =>
  Object.fromEntries(names.map((name) => [name, readFileSync(path.join(folder, name))]));

/** Files below a folder, as paths from it, with slashes. */
const below = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();

/** Types are for those who import dml, which nobody does here. */
const serverFiles = (dist: string): ExtensionFiles =>
  Object.fromEntries(
    below(dist)
      .filter((file) => !file.endsWith('.d.ts'))
      .map((file) => [`server/${file}`, readFileSync(path.join(dist, file))]),
  );

async function bundledClient(root: string) {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['editors/vscode/client/extension.ts'],
    outfile: 'extension.cjs',
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    // What the editor itself provides.
    external: ['vscode'],
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
    write: false,
  });
  return {
    client: outputFiles[0]!.contents,
    licences: Buffer.from(licencesOf(Object.keys(metafile.inputs), root)),
  };
}
