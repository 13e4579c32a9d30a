import { statSync } from 'node:fs';
import packageJson from '../package.json' with { type: 'json' };

/** Changes whenever what this program says may: another build has other rules. Sources change without being built. */
export function buildName(): string | undefined {
  const { url } = import.meta;
  if (url.endsWith('.ts')) return undefined;
  const { size, mtimeMs } = statSync(new URL('./dml.js', url));
  return `${packageJson.version} ${size} ${mtimeMs}`;
}
