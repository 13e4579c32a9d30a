/**
 * npm runs this where it installs dml from a repository of git, and builds it. Of what the build needs npm has installed
 * nothing if the installation is for all (`--global`): then it is done here, in the clone, without scripts of packages.
 */
import { execSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const { npm_config_global, npm_config_prefix, ...env } = process.env;
/** Standard output belongs to npm. */
const run = (command) => execSync(command, { cwd: root, env, stdio: ['ignore', 'ignore', 'inherit'] });

if (!existsSync(path.join(root, 'node_modules/tsx')))
  run('npm ci --ignore-scripts --include=dev --no-audit --no-fund');
run('npm run --silent build');
