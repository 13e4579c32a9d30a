import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { commands } from '../../cli/commands.ts';
import { candidates } from '../../cli/completion/candidates.ts';
import { scripts } from '../../cli/completion/scripts.ts';
import { dml, root, temporaryFolder, tiny } from '../support/dml.ts';

const study = `${tiny()}## Two widths.\nsweep widths of tiny { vary model.width in [4, 8] }\nprotocol shared { batch: 2 }\n`;

function folder(): string {
  const cwd = temporaryFolder({ 'study.dml': study, 'stub.yaml': 'dml: 1\n', 'own.ts': '', 'notes.txt': '' });
  mkdirSync(path.join(cwd, 'studies'));
  mkdirSync(path.join(cwd, '.hidden'));
  writeFileSync(path.join(cwd, 'studies/broken.dml'), 'experiment half {\n  loss: 0.25 ce +\n');
  return cwd;
}

/** What is proposed for the last word. */
async function proposed(line: string, cwd = folder()): Promise<readonly string[]> {
  const words = line.split(' ');
  const found = await candidates(commands, words.slice(0, -1), words.at(-1)!, cwd);
  return found.map(({ value }) => value);
}

describe('what is proposed', () => {
  test.each<[string, readonly string[]]>([
    ['la', ['labels']],
    ['c', ['check', 'compile', 'completion']],
    ['--v', ['--version']],
    ['nonsense x', []],
    ['lint --fo', ['--format']],
    ['lint --format s', ['sarif']],
    ['lint --format = s', ['sarif']],
    ['lint --format=s', ['--format=sarif']],
    ['compile study.dml --emit ', ['savedmodel', 'onnx', 'yaml']],
    ['run study.dml --json --js', []],
    ['run study.dml --set a=1 --se', ['--set', '--seed']],
    ['check s', ['studies/', 'study.dml', 'stub.yaml'].sort()],
    ['check studies/', ['studies/broken.dml']],
    ['check study.dml ', ['stub.yaml', 'studies/', 'study.dml']],
    ['check none/', []],
    ['run study', ['study.dml', 'study.dml#tiny', 'study.dml#widths']],
    ['run study.dml#', ['study.dml#tiny', 'study.dml#widths']],
    ['run study.dml#w', ['study.dml#widths']],
    ['run --out studies/ study.dml#t', ['study.dml#tiny']],
    ['run study.dml s', []],
    ['run studies/broken.dml#', ['studies/broken.dml#half']],
    ['diff study.dml#tiny study.dml#w', ['study.dml#widths']],
    ['allow ', ['own.ts', 'studies/']],
    ['lint --output-file n', ['notes.txt']],
    ['run study.dml --data s', ['studies/']],
    ['schema ', ['experiment', 'output']],
    ['completion ', ['bash', 'zsh', 'fish', 'powershell']],
    ['lint .h', ['.hidden/']],
    ['lint -- --', []],
  ])('dml %s', async (line, all) => {
    expect(await proposed(line)).toEqual(all);
  });

  test('every flag of every command, with what it does', async () => {
    for (const command of commands) {
      const declared = command.declare(async () => {}).options.map(({ long }) => long);
      const found = await candidates(commands, [command.name], '-', '/');
      expect(found.map(({ value }) => value)).toEqual([...declared, '--help']);
      for (const { doc } of found) expect(doc).toMatch(/\w/);
    }
  });
});

/** What bash itself completes, after its script has been sourced: the words of the line after `dml`. */
function bashCompletes(words: readonly string[], cwd: string): readonly string[] {
  const bin = temporaryFolder({
    dml: `#!/bin/sh\nexec "${process.execPath}" "${path.join(root, 'dist/dml.js')}" "$@"\n`,
  });
  chmodSync(path.join(bin, 'dml'), 0o755);
  const line = ['dml', ...words].map((word) => `'${word}'`).join(' ');
  const script = `source <(dml completion bash)
complete -p dml >/dev/null || exit 3
COMP_WORDS=(${line}); COMP_CWORD=${words.length}; COMP_LINE="${['dml', ...words].join(' ')}"; COMP_POINT=\${#COMP_LINE}
_dml 2>/dev/null
printf '%s\\n' "\${COMPREPLY[@]}"`;
  const env = { PATH: `${bin}:${process.env.PATH}`, HOME: process.env.HOME };
  const { status, stdout, stderr } = spawnSync('bash', ['-c', script], { cwd, encoding: 'utf8', env });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout.split('\n').filter(Boolean);
}

const hasBash = spawnSync('bash', ['--version']).status === 0;

test.skipIf(!hasBash)('bash completes commands, flags, choices, files and names in them', () => {
  const cwd = folder();
  writeFileSync(path.join(cwd, 'a b.dml'), study);
  expect(bashCompletes(['com'], cwd)).toEqual(['compile', 'completion']);
  expect(bashCompletes(['lint', '--format', '=', 'git'], cwd)).toEqual(['github', 'gitlab'].sort());
  expect(bashCompletes(['run', 'study.dml#'], cwd)).toEqual(['study.dml#tiny', 'study.dml#widths']);
  expect(bashCompletes(['check', 'a'], cwd)).toEqual(['a\\ b.dml']);
});

test.each(Object.keys(scripts))('dml completion %s prints its script', async (shell) => {
  const { exit, out } = await dml(['completion', shell]);
  expect(exit).toBe(0);
  expect(out).toContain('dml completion');
  expect(out).toBe(scripts[shell as keyof typeof scripts]);
});

test('another shell is an error that names those that there are', async () => {
  expect(await dml(['completion', 'tcsh'])).toMatchObject({
    exit: 2,
    err: `error: There is no completion for tcsh.
help: Write one of: dml completion bash, dml completion zsh, dml completion fish, dml completion powershell
`,
  });
});
