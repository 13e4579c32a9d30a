/** Writes the registry and bundles the command line into `dist/`, in place of what was there. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { licencesOf } from './licences.ts';
import './registry.ts';

const root = path.resolve(import.meta.dirname, '..');
const dist = path.join(root, 'dist');

/** What is started by its path, by name in `dist/`. Everything else becomes chunks, loaded when they are needed. */
const entryPoints = { dml: 'cli/main.ts', 'batch-worker': 'runtime/data/batch-worker.ts' };

const { outputFiles, metafile } = await build({
  absWorkingDir: root,
  entryPoints: Object.fromEntries(
    Object.entries(entryPoints).filter(([, file]) => existsSync(path.join(root, file))),
  ),
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  // Chunks lie beside the entry points, so that paths relative to `import.meta.url` hold in both.
  chunkNames: '[name]-[hash]',
  external: ['onnxruntime-node'],
  // Bundled CommonJS packages call `require` for the modules of Node.
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module';\nconst require = requireFrom(import.meta.url);",
  },
  sourcemap: false,
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
  write: false,
});

const files = new Map<string, Uint8Array>(
  outputFiles.map(({ path: file, contents }) => [path.basename(file), contents]),
);
files.set('LICENSES.txt', Buffer.from(licencesOf(Object.keys(metafile.inputs), root)));

mkdirSync(dist, { recursive: true });
for (const [name, contents] of files) {
  const file = path.join(dist, name);
  if (existsSync(file) && readFileSync(file).equals(contents)) continue;
  writeFileSync(`${file}.tmp`, contents, { mode: name === 'dml.js' ? 0o755 : 0o644 });
  renameSync(`${file}.tmp`, file);
}
for (const name of readdirSync(dist)) {
  if (!files.has(name)) rmSync(path.join(dist, name), { recursive: true });
}
