import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Context } from '../../cli/command.ts';
import { onDisk, type Reader } from '../../cli/reader.ts';
import { readAgain, recording } from '../../cli/recording.ts';
import { temporaryFolder } from '../support/dml.ts';

const diskIn = (cwd: string): Reader => onDisk({ cwd, env: process.env } as unknown as Context);

test('every text that is read is told with its hash, and that a file was not there', async () => {
  const disk = diskIn(temporaryFolder({ 'a.dml': 'dml 1\n', 'b.dml': 'let x = 1\n' }));
  const { reader, taken } = recording(disk);
  expect((await reader.source('a.dml')).text).toBe('dml 1\n');
  expect(reader.read('b.dml', '.')?.text).toBe('let x = 1\n');
  expect(reader.read('c.dml', '.')).toBeUndefined();
  expect(taken()).toEqual([
    { path: 'a.dml', hash: expect.any(String) },
    { path: 'b.dml', root: '.', hash: expect.any(String) },
    { path: 'c.dml', root: '.' },
  ]);
  expect(taken()).toEqual([]);
});

test('what was read is known not to be the same when a file changes, goes or comes', async () => {
  const cwd = temporaryFolder({ 'a.dml': 'dml 1\n', 'b.dml': 'let x = 1\n' });
  const disk = diskIn(cwd);
  const { reader, taken } = recording(disk);
  await reader.source('a.dml');
  for (const file of ['b.dml', 'c.dml']) reader.read(file, '.');
  const reads = taken()!;
  const again = () => readAgain(reads, disk) && [...readAgain(reads, disk)!.keys()];
  const put = (file: string, text: string) => writeFileSync(path.join(cwd, file), text);
  expect(again()).toEqual(['a.dml', 'b.dml']);
  put('b.dml', 'let x = 2\n');
  expect(again()).toBeUndefined();
  put('b.dml', 'let x = 1\n');
  expect(again()).toEqual(['a.dml', 'b.dml']);
  put('c.dml', '');
  expect(again()).toBeUndefined();
  rmSync(path.join(cwd, 'c.dml'));
  rmSync(path.join(cwd, 'a.dml'));
  expect(again()).toBeUndefined();
});

test.each([
  [
    'a file that cannot be read',
    (reader: Reader) => expect(() => reader.read('bytes.dml')).toThrow('no text'),
  ],
  ['what programs bring', (reader: Reader) => expect(reader.components('a.dml')('none.ts')).toBeUndefined()],
  ['what a hash of code stands for', (reader: Reader) => expect(reader.byCode('0')).toBeUndefined()],
])('%s cannot be asked for again', (_, ask) => {
  const cwd = temporaryFolder({ 'a.dml': 'dml 1\n' });
  writeFileSync(path.join(cwd, 'bytes.dml'), Uint8Array.of(0xff, 0xfe));
  const { reader, taken } = recording(diskIn(cwd));
  reader.read('a.dml');
  ask(reader);
  expect(taken()).toBeUndefined();
  reader.read('a.dml');
  expect(taken()).toHaveLength(1);
});
