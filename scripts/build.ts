/** Writes the registry and bundles the command line into `dist/`, in place of what was there. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { licencesOf } from './licences.ts';
import { publicTypes } from './public-types.ts';
import './registry.ts';

const root = path.resolve(import.meta.dirname, '..');
const dist = path.join(root, 'dist');

/**
 * What is started or imported by its path, by name in `dist/`. Everything else becomes chunks, loaded when they are
 * needed.
 */
const entryPoints = {
  dml: 'cli/main.ts',
  'command-line': 'cli/command-line.ts',
  'batch-worker': 'runtime/data/batch-worker.ts',
  'language-worker': 'cli/language-worker.ts',
  'files-worker': 'cli/files-worker.ts',
  api: 'runtime/api/index.ts',
};

const common: BuildOptions = {
  absWorkingDir: root,
  outdir: 'dist',
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  external: ['onnxruntime-node'],
  sourcemap: false,
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
  write: false,
};

/** Bundled CommonJS packages ask for the modules of Node, and for their own place, in their own way. */
const requireFrom =
  "import { createRequire as requireFrom } from 'node:module';\nconst require = requireFrom(import.meta.url);";
const ownPlace =
  "import { fileURLToPath as toPath } from 'node:url';\nconst __filename = toPath(import.meta.url);\nconst __dirname = toPath(new URL('.', import.meta.url));";

/** Nothing of a browser is known to a component, and its declarations are half of the bundle. */
const withoutBrowser: Plugin = {
  name: 'without-browser',
  setup({ onLoad }) {
    onLoad({ filter: /ts-morph-common\.js$/ }, ({ path: file }) => ({
      contents: readFileSync(file, 'utf8').replace(
        /(fileName: "lib\.(?:dom|webworker)[^"]*",\s*text: )"(?:[^"\\]|\\.)*"/g,
        '$1""',
      ),
    }));
  },
};

/**
 * Commands that only read files: one script, not a module, so that its compiled code can be kept (`cli/code-cache.ts`).
 * A module that is imported late is evaluated late. It may ask for modules of Node alone.
 */
const quick = await build({
  ...common,
  entryPoints: { quick: 'cli/quick.ts' },
  entryNames: '[name]-[hash]',
  outExtension: { '.js': '.cjs' },
  format: 'iife',
  globalName: 'quick',
  supported: { 'dynamic-import': false },
  define: { 'import.meta': 'meta' },
  banner: { js: '(function (require, meta) {' },
  footer: { js: 'return quick; })' },
});
const quickScript = path.basename(quick.outputFiles?.[0]?.path ?? '');
const program = await build({
  ...common,
  entryPoints,
  splitting: true,
  // Chunks lie beside the entry points, so that paths relative to `import.meta.url` hold in both.
  chunkNames: '[name]-[hash]',
  banner: { js: requireFrom },
  define: { quickScript: JSON.stringify(quickScript) },
});
/** The process that holds TypeScript: a file of its own, from which no other module is loaded. */
const signatures = await build({
  ...common,
  entryPoints: { signatures: 'runtime/own/typescript/process.ts' },
  minify: true,
  plugins: [withoutBrowser],
  banner: { js: `${requireFrom}\n${ownPlace}` },
});

const bundles = [quick, program, signatures];
const files = new Map<string, Uint8Array>(
  bundles.flatMap(({ outputFiles = [] }) =>
    outputFiles.map(({ path: file, contents }) => [path.basename(file), contents] as const),
  ),
);
const inputs = bundles.flatMap(({ metafile }) => Object.keys(metafile?.inputs ?? {}));
files.set('LICENSES.txt', Buffer.from(licencesOf(inputs, root)));
files.set('api.d.ts', Buffer.from(publicTypes(root)));

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
