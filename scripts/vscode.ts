/** Packs the VS Code extension, from its sources and `dist/`: `dml-language-VERSION.vsix`, for `code --install-extension`. */
import { renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { extension } from './vscode/extension.ts';
import { vsix } from './vscode/vsix.ts';

const root = path.resolve(import.meta.dirname, '..');
const { manifest, files } = await extension(root);
const target = path.join(root, `${manifest.name}-${manifest.version}.vsix`);
writeFileSync(`${target}.tmp`, vsix(manifest, files));
renameSync(`${target}.tmp`, target);
console.log(`${path.relative(process.cwd(), target)} written`);
