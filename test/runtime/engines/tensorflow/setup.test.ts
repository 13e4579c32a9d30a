import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findCompiler } from '../../../../runtime/engines/tensorflow/install.ts';
import { setupTensorflow } from '../../../../runtime/engines/tensorflow/setup.ts';
import { definedSymbols, neededSymbols } from '../../../../runtime/engines/tensorflow/symbols.ts';
import { findWheel } from '../../../../runtime/engines/tensorflow/wheel.ts';

const hasPython = spawnSync('python3', ['--version']).status === 0;

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'dml-setup-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A file, with the folders above it. */
function put(...parts: string[]): string {
  const file = path.join(folder, ...parts);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, '');
  return file;
}

describe('a TensorFlow is found', () => {
  test.each([
    ['in the folder of the package itself', ['tensorflow'], 'tensorflow'],
    ['in an unpacked wheel or a site-packages', ['tensorflow'], '.'],
    ['in a virtual environment', ['venv', 'lib', 'python3.11', 'site-packages', 'tensorflow'], 'venv'],
  ])('%s', async (_, place, from) => {
    put(...place, 'libtensorflow_cc.so.2');
    expect((await findWheel(path.join(folder, from))).folder).toBe(path.join(folder, ...place));
  });

  test('in the active virtual environment, if none is named', async () => {
    put('lib', 'python3.12', 'site-packages', 'tensorflow', 'libtensorflow_cc.so.2');
    const wheel = await findWheel(undefined, { VIRTUAL_ENV: folder, PATH: '' });
    expect(wheel.folder).toBe(path.join(folder, 'lib/python3.12/site-packages/tensorflow'));
  });

  test.skipIf(!hasPython)('by the Python on the path, which does not import it', async () => {
    put('site', 'tensorflow', 'libtensorflow_cc.so.2');
    writeFileSync(path.join(folder, 'site', 'tensorflow', '__init__.py'), 'raise SystemExit("imported")');
    const env = { PATH: process.env.PATH, PYTHONPATH: path.join(folder, 'site') };
    expect((await findWheel(undefined, env)).folder).toBe(path.join(folder, 'site', 'tensorflow'));
  });

  test('nowhere: the message says how to install it', async () => {
    await expect(findWheel(folder)).rejects.toMatchObject({
      message: expect.stringContaining('holds no TensorFlow'),
      help: expect.stringContaining('pip install tensorflow-cpu==2.21.0'),
    });
    await expect(findWheel(undefined, { PATH: '' })).rejects.toMatchObject({
      message: expect.stringContaining('No TensorFlow was found'),
    });
  });
});

describe.runIf(process.platform === 'linux')('setting up stops before anything is built', () => {
  test('where a library or its headers are missing', async () => {
    put('tensorflow', 'libtensorflow_cc.so.2');
    await expect(setupTensorflow({ from: folder, home: path.join(folder, 'home') })).rejects.toMatchObject({
      message: expect.stringMatching(/is not complete: .*libtensorflow_framework\.so\.2 is missing/),
    });
  });

  test('where the library lacks functions, and names them', async () => {
    put('tensorflow', 'include', 'tensorflow', 'c', 'c_api.h');
    for (const name of ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'])
      symlinkSync(process.execPath, path.join(folder, 'tensorflow', name));
    await expect(setupTensorflow({ from: folder, home: path.join(folder, 'home') })).rejects.toMatchObject({
      message: expect.stringMatching(/lacks 55 functions of its C API: TFE_ContextListDevices, /),
    });
  });

  test('where there is no compiler', async () => {
    await expect(findCompiler({ PATH: folder })).rejects.toMatchObject({
      message: 'No C++ compiler was found.',
      help: expect.stringContaining('apt-get install g++'),
    });
    await expect(findCompiler({ CXX: '/nowhere/g++' })).rejects.toThrow('/nowhere/g++');
  });
});

test('the native part of tfjs-node-gpu calls 55 functions', () => {
  expect(new Set(neededSymbols).size).toBe(55);
});

test('a file that is no shared library is told from one without symbols', async () => {
  await expect(definedSymbols(put('empty.so'))).rejects.toThrow('ends before its own tables');
  writeFileSync(path.join(folder, 'text.so'), 'not a library '.repeat(10));
  await expect(definedSymbols(path.join(folder, 'text.so'))).rejects.toThrow('is no 64-bit shared library');
});
