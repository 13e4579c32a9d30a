import os from 'node:os';
import path from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where what `dml` has installed or cached lies: `$DML_HOME`, else the cache folder of the platform. */
export function homeFolder(
  env: Environment = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  if (env.DML_HOME) return path.resolve(env.DML_HOME);
  const home = os.homedir();
  const cache: Partial<Record<NodeJS.Platform, string>> = {
    darwin: path.join(home, 'Library', 'Caches'),
    win32: env.LOCALAPPDATA ?? path.join(home, 'AppData', 'Local'),
  };
  return path.join(cache[platform] ?? env.XDG_CACHE_HOME ?? path.join(home, '.cache'), 'dml');
}
