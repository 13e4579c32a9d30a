import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { commands } from '../../cli/commands.ts';
import { expectGolden } from '../golden.ts';
import { dml as started } from '../support/dml.ts';
import { faults, isReport } from '../support/output-schema.ts';
import { dml } from '../support/within.ts';

const golden = (name: string) => path.join(import.meta.dirname, 'golden/help', `${name}.txt`);

test('dml --help lists all commands and the exit codes', async () => {
  const { exit, out } = await started(['--help']);
  expect(exit).toBe(0);
  expectGolden(golden('dml'), out);
});

describe.each(commands.map(({ name }) => name))('dml %s', (name) => {
  test('has help with an example', async () => {
    const { exit, out } = await started([name, '--help']);
    expect(exit).toBe(0);
    expect(out).toMatch(new RegExp(`^Examples:\\n(  .*\\n)*  .*dml ${name}`, 'm'));
    expectGolden(golden(name), out);
  });

  test('proposes the flag and the command that were meant', async () => {
    const flag = await dml([name, '--jsno']);
    expect(flag).toMatchObject({ exit: 2, out: '' });
    expect(flag.err).toContain('Did you mean --json?');
    const misspelt = await dml([`${name}x`]);
    expect(misspelt).toMatchObject({ exit: 2, out: '' });
    expect(misspelt.err).toContain(`Did you mean ${name}?`);
  });

  test('answers a bad flag in JSON where JSON is asked for', async () => {
    const { exit, out } = await dml([name, '--nonsense', '--json']);
    expect(exit).toBe(2);
    const report: unknown = JSON.parse(out);
    expect(faults(isReport, report)).toEqual([]);
    const error = { message: "Unknown option '--nonsense'" };
    expect(report).toMatchObject({ command: name, exit: 2, error });
  });
});
