import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  addonFile,
  readManifest,
  removeManifest,
  writeManifest,
} from '../../../../runtime/engines/tensorflow/manifest.ts';

let home = '';
beforeEach(() => {
  home = mkdtempSync(path.join(os.tmpdir(), 'dml-manifest-'));
});
afterEach(() => rmSync(home, { recursive: true }));

/** What a setup leaves, with empty files in the places of its parts. */
async function setUp() {
  const library = path.join(home, 'libtensorflow_cc.so.2');
  const silencer = path.join(home, 'silencer.node');
  mkdirSync(path.dirname(addonFile(home)), { recursive: true });
  for (const file of [library, silencer, addonFile(home)]) writeFileSync(file, 'x');
  return writeManifest(home, {
    version: '2.21.0',
    library: { file: library, sha256: 'abc', bytes: 1 },
    package: home,
    silencer,
    gpu: false,
  });
}

test('what was set up is found again', async () => {
  const manifest = await setUp();
  expect(readManifest(home)).toEqual({ manifest });
  await removeManifest(home);
  expect(readManifest(home)).toEqual({ problem: 'it has not been set up' });
});

test('a library that was replaced or removed since is noticed', async () => {
  const { library } = await setUp();
  writeFileSync(library.file, 'another build');
  expect(readManifest(home)).toEqual({
    problem: `${library.file} has been replaced since it was set up`,
  });
  rmSync(library.file);
  expect(readManifest(home)).toEqual({ problem: `${library.file} is no longer there` });
});

test('a native part that is gone is noticed', async () => {
  await setUp();
  rmSync(addonFile(home));
  expect(readManifest(home)).toEqual({ problem: `${addonFile(home)} is no longer there` });
});

test.each(['{', '{"format":0}', 'null'])('a manifest of another kind is refused: %s', (text) => {
  writeFileSync(path.join(home, 'tensorflow.json'), text);
  expect(readManifest(home)).toEqual({
    problem: expect.stringContaining('was written by another version of dml'),
  });
});
