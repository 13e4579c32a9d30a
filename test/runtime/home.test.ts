import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { homeFolder } from '../../runtime/home.ts';

const home = os.homedir();

test.each([
  ['linux', {}, path.join(home, '.cache', 'dml')],
  ['linux', { XDG_CACHE_HOME: '/cache' }, '/cache/dml'],
  ['darwin', {}, path.join(home, 'Library', 'Caches', 'dml')],
  ['win32', { LOCALAPPDATA: '/local' }, '/local/dml'],
  ['linux', { DML_HOME: '/mine', XDG_CACHE_HOME: '/cache' }, '/mine'],
] as const)('on %s with %j the folder of dml is %s', (platform, env, folder) => {
  expect(homeFolder(env, platform)).toBe(path.normalize(folder));
});
