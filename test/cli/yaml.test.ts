import { cpSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { root, dml as started, temporaryFolder, tiny } from '../support/dml.ts';
import { dml } from '../support/within.ts';

/** A folder with an experiment, and the same as YAML. */
async function written(fields: Readonly<Record<string, string>> = {}) {
  const cwd = temporaryFolder({ 'a.dml': tiny(fields) });
  const { exit, err } = await dml(['compile', 'a.dml', '--emit', 'yaml', '-o', 'a.yaml'], { cwd });
  expect({ exit, err }).toEqual({ exit: 0, err: '' });
  return cwd;
}

describe('a YAML file stands in place of a .dml file', () => {
  test('for all that reads, compares, explains and plans', async () => {
    const cwd = await written({ loss: '0.25 ce + 0.75 sdl' });
    const call = async (words: string) => dml(words.split(' '), { cwd });
    expect((await call('check a.yaml')).out).toContain('Nothing found in 1 file.');
    const found = await call('lint a.yaml');
    expect(found.out).toMatch(/warning\[DML3101][\s\S]*a\.yaml:\d+:\d+/);
    expect(await call('diff a.dml a.yaml')).toMatchObject({
      exit: 0,
      out: expect.stringMatching(/^The same in meaning\./),
    });
    expect((await call('diff a.yaml a.dml#tiny')).exit).toBe(0);
    const [fromYaml, fromFile] = [await call('explain a.yaml --brief'), await call('explain a.dml --brief')];
    expect(fromYaml).toEqual(fromFile);
    expect((await call('compile a.yaml --emit yaml')).out).toBe(
      (await call('compile a.dml --emit yaml')).out,
    );
    expect((await call('plan a.yaml')).exit).toBe(0);
  });

  test('and a run of one is found finished by the other', async () => {
    const cwd = await written();
    const first = await dml(['run', 'a.yaml#tiny/fold0', '--engine', 'native'], { cwd });
    expect(first.exit).toBe(0);
    const second = await dml(['run', 'a.dml', '--fold', '0', '--engine', 'native', '--json'], { cwd });
    const kinds = second.out.split('\n').map((line) => /"kind":"(\w+)"/.exec(line)?.[1]);
    expect(kinds).toContain('skipped');
    expect(kinds).not.toContain('start');
  });

  test('through a pipe, too', async () => {
    const cwd = await written();
    const { out: yaml } = await started(['compile', 'a.dml', '--emit', 'yaml'], { cwd });
    expect((await started(['check', '-'], { cwd, input: yaml })).exit).toBe(0);
    const broken = await started(['lint', '-'], {
      cwd,
      input: `# from a pipe\n${yaml.replace('batch:', 'btach:')}`,
    });
    expect(broken.out).toContain('standard-input.yaml');
    expect(broken.out).toContain('Did you mean `batch`?');
  });

  test("with components of the user's own", async () => {
    const cwd = temporaryFolder();
    cpSync(path.join(root, 'examples/boundary'), cwd, { recursive: true });
    await dml(['compile', 'boundary.dml#near', '--emit', 'yaml', '-o', 'near.yml'], { cwd });
    expect((await dml(['diff', 'boundary.dml#near', 'near.yml'], { cwd })).out).toBe(
      'The same in meaning. What differs in the text decides nothing.\n',
    );
  });
});

describe('a sweep and a comparison are written and read as YAML', () => {
  const study = `${tiny()}
sweep rates of tiny { vary optimizer.rate in [1e-2, 2e-2]  let w in [0.25, 0.75]  loss: w * ce + (1 - w) * dml1 }
compare table of rates { columns: w  metrics: dice  baseline: (w: 0.25) }
`;
  const call = async (words: string, cwd: string) => dml(words.split(' '), { cwd });

  test.each(['rates', 'table', undefined])('%s', async (name) => {
    const cwd = temporaryFolder({ 'a.dml': study });
    const target = name ? `a.dml#${name}` : 'a.dml';
    const { exit, err } = await call(`compile ${target} --emit yaml -o a.yaml`, cwd);
    expect({ exit, err }).toEqual({ exit: 0, err: '' });
    expect((await call('check a.yaml', cwd)).out).toContain('Nothing found in 1 file.');
    const one = name ?? 'rates';
    const side = one === 'rates' ? 'rates/3' : one;
    expect(await call(`diff a.dml#${side} a.yaml#${side}`, cwd)).toMatchObject({
      exit: 0,
      out: expect.stringMatching(/^The same in meaning\./),
    });
    const explained = await call(`explain a.yaml#${side}`, cwd);
    expect(explained.exit, explained.err).toBe(0);
    expect(explained.out).toBe((await call(`explain a.dml#${side}`, cwd)).out);
    expect((await call(`plan a.yaml#${one}`, cwd)).exit).toBe(0);
    const again = await call(`compile a.yaml${name ? `#${name}` : ''} --emit yaml`, cwd);
    expect(`${again.out}`).toBe(readFileSync(path.join(cwd, 'a.yaml'), 'utf8'));
  });

  test('--set is meant for one experiment', async () => {
    const cwd = temporaryFolder({ 'a.dml': study });
    const { exit, err } = await call('compile a.dml#rates --emit yaml --set batch=2', cwd);
    expect(exit).toBe(2);
    expect(err).toContain('Write --set where the YAML file is run');
  });
});

test("dml schema knows components of the user's own, which a plain one does not", async () => {
  const cwd = temporaryFolder();
  cpSync(path.join(root, 'examples/boundary'), cwd, { recursive: true });
  const { out: yaml } = await dml(['compile', 'boundary.dml#near', '--emit', 'yaml'], { cwd });
  const faults = async (...words: string[]) => {
    const { exit, out } = await dml(['schema', ...words], { cwd });
    expect(exit).toBe(0);
    const isValid = new Ajv({ allowUnionTypes: true }).compile(JSON.parse(out));
    return isValid(parse(yaml)) ? [] : isValid.errors;
  };
  expect(await faults('--use', 'boundary.ts', '--use', 'split.ts')).toEqual([]);
  expect(await faults()).not.toEqual([]);
});

test('fmt says why it does not format YAML', async () => {
  const cwd = await written();
  const { exit, err } = await dml(['fmt', 'a.yaml'], { cwd });
  expect(exit).toBe(2);
  expect(err).toBe(`error: a.yaml is YAML: only .dml files are formatted.
help: dml compile a.yaml --emit yaml writes it anew, without its comments.
`);
});

test('new writes no .dml text into another kind of file', async () => {
  const { exit, err } = await dml(['new', 'studies/a.yaml']);
  expect(exit).toBe(2);
  expect(err).toContain('help: Write dml new studies/a.dml');
});
