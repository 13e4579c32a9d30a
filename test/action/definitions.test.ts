import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { commands } from '../../cli/commands.ts';
import { root } from '../support/dml.ts';

/** The schemas are not part of the project: `.ci/run` gets them and names their folder. */
const schemas = process.env.DML_SCHEMAS;
const reason = schemas ? '' : ' (skipped: DML_SCHEMAS names no folder of schemas)';

const read = (file: string): unknown => parse(readFileSync(path.join(root, file), 'utf8'));

test.skipIf(!schemas).each([
  ['action.yml', 'github-action.json'],
  ['.pre-commit-hooks.yaml', 'pre-commit-hooks.json'],
])(`%s is valid by %s${reason}`, (file, schema) => {
  const ajv = new Ajv({ strict: false, validateFormats: false });
  const isValid = ajv.compile(JSON.parse(readFileSync(path.join(schemas!, schema), 'utf8')));
  isValid(read(file));
  expect(isValid.errors ?? []).toEqual([]);
  expect(isValid(Array.isArray(read(file)) ? [{ id: 'x' }] : { name: 'x' })).toBe(false);
});

test('hooks call commands that there are, for files of dml', () => {
  for (const { id, entry, files, language } of read('.pre-commit-hooks.yaml') as Record<string, string>[]) {
    const [program, name] = entry!.split(' ');
    expect([program, commands.some((command) => command.name === name), language]).toEqual([
      'dml',
      true,
      'node',
    ]);
    expect(id).toBe(`dml-${name}`);
    expect(new RegExp(files!).test('studies/a.dml')).toBe(true);
    expect(new RegExp(files!).test('a.dml.txt')).toBe(false);
  }
});

test('the action runs scripts that there are, with all its inputs', () => {
  const { inputs, runs } = read('action.yml') as {
    inputs: Record<string, object>;
    runs: { steps: { run?: string; env?: Record<string, string>; with?: Record<string, string> }[] };
  };
  const used = JSON.stringify(runs);
  for (const name of Object.keys(inputs)) expect(used).toContain(`inputs.${name} `);
  for (const { run } of runs.steps) {
    const script = /"\$GITHUB_ACTION_PATH\/([^"]+)"/.exec(run ?? '')?.[1];
    if (run !== undefined) expect(existsSync(path.join(root, script!))).toBe(true);
  }
});
