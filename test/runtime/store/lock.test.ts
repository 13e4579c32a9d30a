import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { awaitFolder, lockFolder } from '../../../runtime/store/lock.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'dml-lock-'));
});
afterEach(() => rm(folder, { recursive: true }));

const writeLock = (holder: object) => writeFile(path.join(folder, 'lock'), JSON.stringify(holder));
const deadProcess = () => spawnSync(process.execPath, ['--version']).pid;

test('A folder has one holder, until it is released', async () => {
  const release = await lockFolder(folder);
  await expect(lockFolder(folder)).rejects.toThrow(
    `Another dml works in this folder: process ${process.pid}.`,
  );
  await release();
  expect(await readdir(folder)).toEqual([]);
  await (await lockFolder(folder))();
});

test('Of many that want it at once, one gets it', async () => {
  const tries = await Promise.allSettled(Array.from({ length: 8 }, () => lockFolder(folder)));
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('The lock of a process that is gone is taken over', async () => {
  await writeLock({ pid: deadProcess(), host: hostname(), birth: null });
  const release = await lockFolder(folder);
  expect(JSON.parse(await readFile(path.join(folder, 'lock'), 'utf8')).pid).toBe(process.pid);
  await release();
});

test('A process that only has the number of the one that is gone does not hold its lock', async () => {
  await writeLock({ pid: process.pid, host: hostname(), birth: 'another boot 1' });
  await (await lockFolder(folder))();
});

test('A lock whose writer died before its first byte is taken over', async () => {
  await writeFile(path.join(folder, 'lock'), '');
  await (await lockFolder(folder))();
});

test('The lock of another machine holds, and the message says how to remove it', async () => {
  await writeLock({ pid: 1, host: 'node-17', birth: null });
  await expect(lockFolder(folder)).rejects.toMatchObject({
    message: 'Another dml works in this folder: process 1 on node-17.',
    help: `If no dml runs on node-17 any more, delete ${path.join(folder, 'lock')}.`,
  });
});

test('Releasing leaves a lock alone that somebody else holds by now', async () => {
  const release = await lockFolder(folder);
  await writeLock({ pid: 1, host: 'node-17', birth: null });
  await release();
  expect(await readdir(folder)).toEqual(['lock']);
});

/** A process that lives until it is killed, as the holder of the folder. */
async function otherHolder() {
  const other = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)']);
  await writeLock({ pid: other.pid, host: hostname(), birth: null });
  return other;
}

test('Who waits is told for whom, once, and takes over from one that dies', async () => {
  const other = await otherHolder();
  const holders: number[] = [];
  const begin = ({ pid }: { readonly pid: number }) => {
    holders.push(pid);
    setTimeout(() => other.kill(), 400);
  };
  const release = await awaitFolder(folder, { begin, signal: undefined });
  expect(holders).toEqual([other.pid]);
  expect(JSON.parse(await readFile(path.join(folder, 'lock'), 'utf8')).pid).toBe(process.pid);
  await release!();
});

test('Waiting ends with the signal, and never begins for oneself', async () => {
  const other = await otherHolder();
  const stop = new AbortController();
  const begin = () => stop.abort();
  expect(await awaitFolder(folder, { begin, signal: stop.signal })).toBeUndefined();
  other.kill();
  await rm(path.join(folder, 'lock'));
  const release = await lockFolder(folder);
  await expect(awaitFolder(folder, { begin, signal: undefined })).rejects.toThrow(/Another dml works/);
  await release();
});
