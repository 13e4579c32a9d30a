import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Context } from '../../cli/command.ts';
import { lookAtFiles } from '../../cli/threads.ts';
import { dml, temporaryFolder, tiny } from '../support/dml.ts';

const contextIn = (cwd: string) => ({ cwd, env: process.env, format: 'json' }) as unknown as Context;

/** Files with a finding each, all of them different. */
const folderOf = (count: number) =>
  temporaryFolder(
    Object.fromEntries(
      Array.from({ length: count }, (_, i) => [
        `f${i}.dml`,
        tiny({ loss: '1 ce + 1 sdl', batch: `${i + 1}` }),
      ]),
    ),
  );

describe('many files are shared out among threads', () => {
  test.each(['check', 'lint'] as const)('%s says what one thread says, in the same order', async (look) => {
    const cwd = folderOf(20);
    const files = readdirSync(cwd).filter((file) => file.endsWith('.dml'));
    const { seen: alone } = await lookAtFiles(look, files, contextIn(cwd), 1);
    const { seen: shared } = await lookAtFiles(look, files, contextIn(cwd), 3);
    expect(alone).toHaveLength(20);
    expect(shared).toEqual(alone);
  });

  test('a file that cannot be read is one finding, whichever thread takes it', async () => {
    const cwd = folderOf(20);
    const files = readdirSync(cwd).map((file) => (file === 'f7.dml' ? 'not-there.dml' : file));
    const { seen } = await lookAtFiles('lint', files, contextIn(cwd), 2);
    const missing = seen[files.indexOf('not-there.dml')]!;
    expect(missing.diagnostics.map(({ message }) => message)).toEqual(['There is no file not-there.dml.']);
    expect(seen.filter(({ diagnostics }) => diagnostics.some(({ code }) => code === 'DML3101'))).toHaveLength(
      19,
    );
  });

  test('a folder of some hundreds is told as a whole', async () => {
    const cwd = folderOf(230);
    const { exit, out } = await dml(['lint', '.', '--json'], { cwd });
    const { diagnostics } = JSON.parse(out) as { diagnostics: readonly { file: string; code: string }[] };
    expect(exit).toBe(1);
    const soft = diagnostics.filter(({ code }) => code === 'DML3101').map(({ file }) => file);
    expect(new Set(soft).size).toBe(230);
    expect(soft).toEqual([...soft].sort());
  });
});
