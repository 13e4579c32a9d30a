import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { root, dml as started, temporaryFolder, tiny } from '../support/dml.ts';
import { dml } from '../support/within.ts';

const untidy = tiny().replace('  data: shapes', 'data:shapes');

test('check finds all errors of all files, each once, and says nothing is wrong where nothing is', async () => {
  const cwd = temporaryFolder({
    'a.dml': tiny({ loss: 'dlm1', model: 'unet(depht: 2)' }),
    'b.dml': tiny(),
    'c.dml': 'dml 1\nuse "./a.dml"\nexperiment c extends tiny {\n  batch: 4\n}\n',
  });
  const bad = await started(['check', '.'], { cwd });
  expect(bad.exit).toBe(1);
  expect(bad.out.match(/^error/gm)).toHaveLength(2);
  expect(bad.out).toMatch(/2 errors in 3 files\.\n$/);
  const good = await started(['check', 'b.dml'], { cwd });
  expect(good).toMatchObject({ exit: 0, err: '' });
  expect(good.out).toMatch(/\n\nNothing found in 1 file\.\n$/);
});

test('check shows the laws of each loss, as a table and as data, and none of them is an error', async () => {
  const cwd = temporaryFolder({ 'a.dml': tiny({ loss: 'sdl(smooth: 0)' }) });
  const { exit, out } = await dml(['check', 'a.dml'], { cwd });
  expect(exit).toBe(0);
  expect(out).toBe(`tiny: sdl(smooth: 0), soft labels
  zero at the target         refuted      0.5 at the label, for one pixel of one class labelled 0.5
  the target is its minimum  refuted      0.5 at the label and 0.333 at 1, for one pixel of one class labelled 0.5
  the gradient stays finite  proved       any label keeps the denominator above 0, and without one the quotient is constant

Nothing found in 1 file.
`);
  const { laws } = JSON.parse((await dml(['check', 'a.dml', '--json'], { cwd })).out);
  expect(laws).toMatchObject([
    {
      file: 'a.dml',
      experiments: ['tiny'],
      loss: 'sdl(smooth: 0)',
      labels: 'soft',
      verdicts: [
        { law: 'zero', verdict: 'refuted' },
        { law: 'minimum', verdict: 'refuted', example: { label: [[0.5]], prediction: [[1]], atLabel: 0.5 } },
        { law: 'gradient', verdict: 'proved', rules: ['proportional'] },
      ],
    },
  ]);
});

test('check reads standard input', async () => {
  const { exit, out } = await started(['check', '-'], { input: tiny({ loss: 'dlm1' }) });
  expect(exit).toBe(1);
  expect(out).toContain('standard-input.dml:9:9');
});

test('lint shows the number behind soft Dice on soft labels, and keeps quiet where it is suppressed', async () => {
  const cwd = temporaryFolder({
    'a.dml': tiny({ loss: 'sdl' }),
    'b.dml': tiny({ loss: 'sdl(reduction: image) # dml-ignore DML3101: compared' }),
  });
  const found = await started(['lint', 'a.dml'], { cwd });
  expect(found.exit).toBe(1);
  expect(found.out).toContain('DML3101');
  expect(found.out).toContain('0.333 at 1.0');
  expect((await started(['lint', 'b.dml'], { cwd })).exit).toBe(0);
});

test('fmt writes in place, once', async () => {
  const cwd = temporaryFolder({ 'a.dml': untidy });
  expect(await started(['fmt', 'a.dml'], { cwd })).toMatchObject({ exit: 0, out: 'a.dml formatted\n' });
  expect(readFileSync(path.join(cwd, 'a.dml'), 'utf8')).toContain('  data:      shapes');
  expect(await started(['fmt', 'a.dml'], { cwd })).toMatchObject({
    exit: 0,
    out: 'Everything is formatted.\n',
  });
});

test('fmt --check and --diff write nothing and exit with 1 where something would change', async () => {
  const cwd = temporaryFolder({ 'a.dml': untidy });
  expect(await dml(['fmt', '--check', 'a.dml'], { cwd })).toMatchObject({
    exit: 1,
    out: 'a.dml would change\n',
  });
  const { exit, out } = await dml(['fmt', '--diff', 'a.dml'], { cwd });
  expect(exit).toBe(1);
  expect(out).toMatch(/^--- a\.dml\n\+\+\+ a\.dml\n@@/);
  expect(out).toContain('\n-data:shapes\n');
  expect(readFileSync(path.join(cwd, 'a.dml'), 'utf8')).toBe(untidy);
});

test('fmt - goes from standard input to standard output', async () => {
  const { exit, out } = await started(['fmt', '-'], { input: 'dml 1\nlet  a=1\n' });
  expect({ exit, out }).toEqual({ exit: 0, out: 'dml 1\n\nlet a = 1\n' });
});

test('fmt leaves a file with errors of syntax as it is', async () => {
  const broken = 'dml 1\nexperiment a {\n  loss 0.25 ce\n}\n';
  const cwd = temporaryFolder({ 'a.dml': broken });
  const { exit, out } = await dml(['fmt', 'a.dml'], { cwd });
  expect(exit).toBe(2);
  expect(out).toContain('a.dml:3:');
  expect(readFileSync(path.join(cwd, 'a.dml'), 'utf8')).toBe(broken);
});

test('compile writes the canonical form, which is read in place of the file', async () => {
  const cwd = temporaryFolder({ 'a.dml': tiny() });
  expect((await started(['compile', 'a.dml', '--emit', 'yaml', '-o', 'a.yaml'], { cwd })).exit).toBe(0);
  const fromYaml = await started(['compile', 'a.yaml', '--emit', 'yaml'], { cwd });
  expect(fromYaml.out).toBe(readFileSync(path.join(cwd, 'a.yaml'), 'utf8'));
  expect(await dml(['check', 'a.yaml'], { cwd })).toMatchObject({ exit: 0 });
});

test('compile writes programs for TensorFlow and for ONNX Runtime, the same bytes each time', async () => {
  const cwd = temporaryFolder({ 'a.dml': tiny() });
  for (const [form, file] of [
    ['savedmodel', 'saved_model.pb'],
    ['onnx', 'train.onnx'],
  ] as const) {
    for (const folder of ['first', 'second']) {
      const ended = await dml(['compile', 'a.dml', '--emit', form, '-o', folder], { cwd });
      expect(ended).toMatchObject({ exit: 0, err: '' });
      expect(ended.out).toContain(`${folder}/${file} written\n`);
    }
    const bytes = (folder: string) => readFileSync(path.join(cwd, folder, file));
    expect(bytes('first').length).toBeGreaterThan(1000);
    expect(bytes('first').equals(bytes('second'))).toBe(true);
  }
});

test('diff shows what differs in meaning, and nothing else', async () => {
  const second = (fields: string) => `${tiny()}\nexperiment second extends tiny {\n  ${fields}\n}\n`;
  const cwd = temporaryFolder({
    'a.dml': tiny(),
    'b.dml': tiny({ model: 'unet(depth: 1,  width: 4, norm: none) # as before' }),
    'c.dml': tiny({ model: 'unet(depth: 1, width: 8)', seed: '3' }),
    'd.dml': second('batch: 3'),
    'e.dml': second('evaluate: dice'),
  });
  expect(await started(['diff', 'a.dml', 'b.dml'], { cwd })).toEqual({
    exit: 0,
    out: 'The same in meaning. What differs in the text decides nothing.\n',
    err: '',
  });
  const changed = await started(['diff', 'a.dml', 'c.dml'], { cwd });
  expect(changed.exit).toBe(1);
  expect(changed.out).toMatch(/^model\.width +4 +8 +trains anew$/m);
  expect(changed.out).toMatch(/^seed +0 +3 +other runs$/m);
  const measured = await dml(['diff', 'd.dml#tiny', 'e.dml#second'], { cwd });
  expect(measured.out).toMatch(/^evaluate: scores anew\n {2}- dice on .*\n {2}\+ dice on /m);
  const names = await dml(['diff', 'd.dml#tiny', 'd.dml#second', '--json'], { cwd });
  expect(names.exit).toBe(1);
  expect(JSON.parse(names.out)).toMatchObject({
    compared: [{ before: 'tiny', after: 'second', changes: [{ path: 'batch', before: '2', after: '3' }] }],
  });
  const files = await dml(['diff', 'd.dml', 'e.dml'], { cwd });
  expect(files.out).toContain('second\n');
  expect(files.out).not.toContain('tiny\n');
  expect(await dml(['diff', 'a.dml', 'x.dml'], { cwd })).toMatchObject({ exit: 2 });
});

test('explain shows the graph and what a step costs', async () => {
  const cwd = temporaryFolder({ 'a.dml': tiny() });
  const { exit, out } = await dml(['explain', 'a.dml'], { cwd });
  expect(exit).toBe(0);
  expect(out).toMatch(/^function train \{\n {2}%0 = input image : \[2, 32, 32, 1\]$/m);
  expect(out).toMatch(/^parameters +198$/m);
  expect(out).toMatch(/^ {2}peak memory +[\d.]+ [KM]iB/m);
  const brief = await dml(['explain', 'a.dml', '--brief', '--json'], { cwd });
  expect(JSON.parse(brief.out)).toMatchObject({
    parameters: 198,
    functions: { train: { nodes: expect.any(Number) } },
  });
  const forward = await dml(['explain', 'a.dml', '--after', 'forward'], { cwd });
  expect(forward.out).not.toContain('Gradient');
  const wrong = await dml(['explain', 'a.dml', '--after', 'forwrad'], { cwd });
  expect(wrong).toMatchObject({ exit: 2 });
  expect(wrong.err).toContain('Did you mean forward?');
});

test('explain says what a message and a rule mean', async () => {
  const rule = await started(['explain', 'dml3101']);
  expect(rule.exit).toBe(0);
  expect(rule.out).toContain('For example');
  expect(rule.out).toContain('Instead');
  expect((await started(['explain', 'DML1203'])).out).toContain('‹name›');
  expect(await dml(['explain', 'DML9999'])).toMatchObject({ exit: 2 });
});

test('new writes a file that checks, lints, is formatted and runs, and never overwrites one', async () => {
  const cwd = temporaryFolder();
  expect(await started(['new', 'first'], { cwd })).toMatchObject({ exit: 0 });
  for (const words of [['check'], ['lint'], ['fmt', '--check']]) {
    expect(await started([...words, 'first.dml'], { cwd })).toMatchObject({ exit: 0 });
  }
  const run = await dml(['run', 'first.dml', '--engine', 'native', '--set', 'train=2 steps'], { cwd });
  expect(run.exit).toBe(0);
  writeFileSync(path.join(cwd, 'second.dml'), 'mine');
  const again = await dml(['new', 'second.dml'], { cwd });
  expect(again).toMatchObject({ exit: 2 });
  expect(readFileSync(path.join(cwd, 'second.dml'), 'utf8')).toBe('mine');
});

test('doctor looks at Node and every engine', async () => {
  const { exit, out } = await started(['doctor', '--json'], { env: { DML_HOME: temporaryFolder() } });
  expect(exit).toBe(0);
  const { findings } = JSON.parse(out) as { findings: { name: string; status: string; help?: string }[] };
  const statuses = Object.fromEntries(findings.map(({ name, status }) => [name, status]));
  expect(statuses).toMatchObject({ Node: 'ok', 'engine native': 'ok', 'engine tensorflow': 'missing' });
  for (const { status, help } of findings) expect(help === undefined).toBe(status === 'ok');
});

test('the examples check, lint and are formatted', async () => {
  for (const words of [['check'], ['lint'], ['fmt', '--check']]) {
    expect(await started([...words, 'examples'], { cwd: root })).toMatchObject({ exit: 0 });
  }
});
