import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { dml, temporaryFolder, tiny } from '../support/dml.ts';
import { gapFile, ownHome } from '../support/own.ts';

interface Coverage {
  readonly result: readonly { readonly url: string }[];
}

/** Every module that a command has loaded: files outside of the bundle, and what its chunks were made of. */
async function modulesOf(
  words: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Promise<readonly string[]> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'dml-coverage-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const { exit } = await dml(words, { cwd, env: { ...env, NODE_V8_COVERAGE: folder } });
  expect(exit).toBeLessThan(2);
  const scripts = readdirSync(folder).flatMap(
    (file) => (JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Coverage).result,
  );
  const files = scripts.flatMap(({ url }) => (url.startsWith('file:') ? [fileURLToPath(url)] : []));
  // Above each module in a chunk, the bundler writes where it came from.
  const bundled = files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/^\s*\/\/ (\S+\.(?:[cm]?[jt]s|json))$/gm)].map(
      (match) => match[1]!,
    ),
  );
  return [...new Set([...files, ...bundled])];
}

const heavy =
  /node_modules\/(onnxruntime|@tensorflow|typescript|ts-morph|@ts-morph)|dist\/signatures\.js|runtime\/(engines|trainer)\//;

const files = () => temporaryFolder({ 'a.dml': tiny(), 'b.dml': tiny({ batch: '4' }) });

describe('what only reads files loads no engine, no trainer and no TypeScript compiler', () => {
  test.each([
    [['check', 'a.dml']],
    [['lint', 'a.dml']],
    [['fmt', '--check', 'a.dml']],
    [['diff', 'a.dml', 'b.dml']],
    [['--help']],
    [['lsp']],
    [['completion', '--complete=a.dml#', '--', 'run']],
    [['schema']],
  ])('dml %j', async (words) => {
    const modules = await modulesOf(words, files());
    expect(modules.some((file) => file.endsWith('cli/main.ts'))).toBe(true);
    expect(modules.some((file) => file.endsWith('cli/edge.ts'))).toBe(true);
    expect(modules.filter((file) => heavy.test(file))).toEqual([]);
  });

  test.each([[['check', 'a.dml']], [['lint', 'a.dml']]])('dml %j loads no language server', async (words) => {
    const server = /node_modules\/vscode-|^editors\//;
    expect((await modulesOf(words, files())).filter((file) => server.test(file))).toEqual([]);
    expect((await modulesOf(['lsp'], files())).filter((file) => server.test(file))).not.toEqual([]);
  });

  test('a file with components of the user’s own too, once they have been read', async () => {
    const own = tiny({ loss: 'gap' }).replace('dml 1\n', 'dml 1\nuse "./own.ts"\n');
    const cwd = temporaryFolder({ 'a.dml': own, 'own.ts': gapFile() });
    const env = ownHome();
    const first = await modulesOf(['check', 'a.dml'], cwd, env);
    expect(first.some((file) => file.endsWith('dist/signatures.js'))).toBe(true);
    const second = await modulesOf(['check', 'a.dml'], cwd, env);
    expect(second.filter((file) => heavy.test(file))).toEqual([]);
  });

  test('which is not because nothing is seen: run loads its engine', async () => {
    const modules = await modulesOf(['run', 'a.dml', '--engine', 'native'], files());
    expect(modules.some((file) => /node_modules\/onnxruntime-node\//.test(file))).toBe(true);
    expect(modules.some((file) => file.endsWith('runtime/trainer/run.ts'))).toBe(true);
  });
});
