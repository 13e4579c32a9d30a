import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  makeFolder,
  readJson,
  readWhole,
  removeDrafts,
  storeError,
  writeWhole,
} from '../../../runtime/store/files.ts';
import { openMetrics } from '../../../runtime/store/metrics-log.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'dml-files-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('A file is replaced as a whole, and no draft stays behind', async () => {
  const file = path.join(folder, 'a');
  await writeWhole(file, 'old');
  await writeWhole(file, new Uint8Array([110, 101, 119]));
  expect(await readFile(file, 'utf8')).toBe('new');
  expect(await readdir(folder)).toEqual(['a']);
});

test('A file that cannot be replaced stays what it was, and no draft stays behind', async () => {
  const file = path.join(folder, 'taken');
  await mkdir(path.join(file, 'inside'), { recursive: true });
  await expect(writeWhole(file, 'new')).rejects.toMatchObject({
    message: 'This cannot be written: a folder stands where a file should be.',
    file,
  });
  expect(await readdir(folder)).toEqual(['taken']);
});

test.skipIf(process.getuid?.() === 0)('A folder that may not be written is one message', async () => {
  await chmod(folder, 0o500);
  await expect(writeWhole(path.join(folder, 'a'), '')).rejects.toMatchObject({
    message: 'This cannot be written: permission is denied.',
  });
  await chmod(folder, 0o700);
});

test('Folders are made with those above them, by several at once', async () => {
  const deep = path.join(folder, 'a', 'b', 'c');
  await Promise.all([makeFolder(deep), makeFolder(deep), makeFolder(path.join(deep, 'd'))]);
  expect(await readdir(deep)).toEqual(['d']);
});

test('A file where a folder should be is one message, which names it', async () => {
  const file = path.join(folder, 'file');
  await writeFile(file, '');
  await expect(makeFolder(path.join(file, 'a', 'b'))).rejects.toMatchObject({
    message: 'This cannot be written: a file stands where a folder should be.',
    file,
    help: 'Move it away, or name another folder with --out.',
  });
});

test.skipIf(process.platform !== 'linux')(
  'A folder in a file system that has none is one message',
  async () => {
    await expect(makeFolder('/proc/dml/runs')).rejects.toMatchObject({
      message: 'This cannot be written: no folder can be made there.',
      help: 'Name another folder with --out.',
    });
  },
);

test('Drafts of a killed process are removed, and nothing else is', async () => {
  for (const name of ['.result.json.123.tmp', 'result.json', 'notes.tmp', '.hidden'])
    await writeFile(path.join(folder, name), '');
  await removeDrafts(folder);
  expect(await readdir(folder)).toEqual(['.hidden', 'notes.tmp', 'result.json']);
});

test('A file that is not there has no content, even below another file', async () => {
  await writeFile(path.join(folder, 'a'), '');
  expect(await readWhole(path.join(folder, 'b'))).toBeUndefined();
  expect(await readWhole(path.join(folder, 'a', 'b'))).toBeUndefined();
});

test('A JSON file that was cut off is one message', async () => {
  const file = path.join(folder, 'result.json');
  await writeFile(file, '{"a": ');
  await expect(readJson(file)).rejects.toMatchObject({
    message: 'This is not the JSON that dml wrote.',
    file,
  });
});

test('A full disk is one message, which says that nothing is lost', () => {
  const full = Object.assign(new Error('write ENOSPC'), { code: 'ENOSPC' });
  expect(storeError(full, 'weights', 'write')).toMatchObject({
    message: 'This cannot be written: the disk is full.',
    file: 'weights',
    help: 'Free some space and run again: it goes on from the last checkpoint.',
  });
});

test('What is no error of the file system stays what it is', () => {
  const bug = new TypeError('bug');
  expect(storeError(bug, 'weights', 'write')).toBe(bug);
});

test.skipIf(process.platform !== 'linux')(
  'A disk that fills up while metrics are written is one message',
  async () => {
    const file = path.join(folder, 'metrics.jsonl');
    await symlink('/dev/full', file);
    const log = await openMetrics(file, 0);
    log.append({ step: 1 });
    await expect(log.flush()).rejects.toMatchObject({
      message: 'This cannot be written: the disk is full.',
      file,
    });
    await log.close();
  },
);

test('A log that goes on is cut to the length that belongs to its checkpoint', async () => {
  const file = path.join(folder, 'metrics.jsonl');
  const first = await openMetrics(file, 0);
  first.append({ step: 1 });
  const length = await first.flush();
  first.append({ step: 2 });
  await first.flush();
  await first.close();
  const second = await openMetrics(file, length);
  second.append({ step: 2, again: true });
  expect(await second.flush()).toBe((await readFile(file)).length);
  await second.close();
  expect(await readFile(file, 'utf8')).toBe('{"step":1}\n{"step":2,"again":true}\n');
});
