import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { dml, temporaryFolder, tiny } from '../support/dml.ts';
import { gapFile, ownHome } from '../support/own.ts';

const using = (loss: string, fields: Readonly<Record<string, string>> = {}, file = './own.ts') =>
  tiny({ loss, ...fields }).replace('dml 1\n', `dml 1\nuse "${file}"\n`);

/** Leaves a file behind as soon as it is loaded. */
const marking = `declare const process: { getBuiltinModule(name: string): { writeFileSync(file: string, text: string): void } };
process.getBuiltinModule('fs').writeFileSync('marker', '');
`;

const told = /Reading the signatures in own\.ts/;
const run = ['run', 'a.dml', '--engine', 'native'];

describe('a file that uses a stranger’s TypeScript', () => {
  test('is checked, linted, formatted, compared and written in canonical form without running it', async () => {
    const cwd = temporaryFolder({
      'own.ts': gapFile() + marking,
      'a.dml': using('gap'),
      'b.dml': using('0.5 gap'),
    });
    const env = ownHome();
    const words = [
      ['check', 'a.dml'],
      ['lint', 'a.dml'],
      ['fmt', '--check', 'a.dml'],
      ['diff', 'a.dml', 'b.dml'],
      ['compile', 'a.dml', '--emit', 'yaml'],
      ['allow', 'own.ts'],
    ];
    for (const each of words) {
      const { exit, err } = await dml(each, { cwd, env });
      expect([each[0], exit! < 2, /error/.test(err)]).toEqual([each[0], true, false]);
    }
    expect(existsSync(path.join(cwd, 'marker'))).toBe(false);
  });

  test('runs once it is allowed, and not before: what it would run is said', async () => {
    const cwd = temporaryFolder({ 'own.ts': gapFile() + marking, 'a.dml': using('gap') });
    const env = ownHome();
    for (const words of [run, ['explain', 'a.dml']]) {
      const refused = await dml(words, { cwd, env });
      expect(refused.exit).toBe(2);
      expect(refused.err).toMatch(/error: a\.dml runs own\.ts \(the loss gap\), which you have not allowed/);
      expect(refused.err).toMatch(/add --allow own\.ts, or say once for all: dml allow own\.ts/);
    }
    expect(existsSync(path.join(cwd, 'marker'))).toBe(false);
    expect(existsSync(path.join(cwd, 'runs'))).toBe(false);

    const stray = await dml([...run, '--allow', 'other.ts'], { cwd, env });
    expect([stray.exit, stray.err]).toEqual([
      2,
      expect.stringMatching(/--allow names other\.ts, of which a\.dml runs nothing/),
    ]);
    expect((await dml([...run, '--allow', 'own.ts'], { cwd, env })).exit).toBe(0);
    expect(existsSync(path.join(cwd, 'marker'))).toBe(true);

    // Recorded: not asked again, until it changes.
    expect((await dml([...run, '--force'], { cwd, env })).exit).toBe(0);
    writeFileSync(path.join(cwd, 'own.ts'), `${gapFile()}// changed\n`);
    expect((await dml(run, { cwd, env })).exit).toBe(2);
  }, 120_000);

  test('is read once, and again when it or what it imports has changed', async () => {
    const cwd = temporaryFolder({
      'own.ts': gapFile({ imports: "import { a } from './lib.ts';\nexport const b = a;" }),
      'lib.ts': 'export const a = 1;\n',
      'a.dml': using('gap(power: 2)'),
    });
    const env = ownHome();
    const check = () => dml(['check', 'a.dml'], { cwd, env });
    expect((await check()).err).toMatch(told);
    expect((await check()).err).not.toMatch(told);
    writeFileSync(path.join(cwd, 'lib.ts'), 'export const a = 2;\n');
    expect((await check()).err).toMatch(told);
    writeFileSync(path.join(cwd, 'own.ts'), gapFile().replaceAll('power', 'weight'));
    const changed = await check();
    expect(changed.err).toMatch(told);
    expect(changed.out).toMatch(/`gap` has no option `power`/);
  });

  test('says what is wrong in the TypeScript at its line there', async () => {
    const cwd = temporaryFolder({ 'own.ts': gapFile({ doc: '' }), 'a.dml': using('gap') });
    const { exit, out } = await dml(['check', 'a.dml'], { cwd, env: ownHome() });
    expect(exit).toBe(1);
    expect(out).toMatch(/error\[DML1232\]: 'gap' has no doc comment[^\n]*\n +--> own\.ts:8:1\n/);
    expect(out).not.toMatch(/There is no loss called/);
  });

  test('cannot bring a component that is called like one of the language, but below a name of its own', async () => {
    const cwd = temporaryFolder({
      'own.ts': gapFile({ name: 'dml1' }),
      'a.dml': using('dml1'),
      'b.dml': using('own.dml1').replace('"./own.ts"', '"./own.ts" as own'),
    });
    const env = ownHome();
    expect((await dml(['check', 'a.dml'], { cwd, env })).out).toMatch(
      /error\[DML1233\]: `dml1` of "\.\/own\.ts" is called like a loss/,
    );
    const { exit, out } = await dml(['explain', 'b.dml', '--brief', '--allow', 'own.ts'], { cwd, env });
    expect([exit, out]).toEqual([0, expect.stringMatching(/peak memory/)]);
  });
});

describe('what a user’s component does wrong is told with its place', () => {
  const failing = async (file: string, fields: Readonly<Record<string, string>> = {}, loss = 'gap') => {
    const cwd = temporaryFolder({ 'own.ts': file, 'a.dml': using(loss, fields) });
    const { exit, err, out } = await dml([...run, '--allow', 'own.ts'], { cwd, env: ownHome() });
    expect(exit).toBe(2);
    expect(err).not.toMatch(/bug in dml|at .*\.js:/);
    return out + err;
  };

  test('types that do not hold, with an excerpt, before anything runs', async () => {
    const said = await failing(gapFile({ body: 'return labels + 1;' }));
    expect(said).toMatch(
      /error\[TS2365\]: Operator '\+' cannot be applied[\s\S]*own\.ts:9:10[\s\S]*return labels \+ 1;/,
    );
  });

  test('an exception in it, at the line of the TypeScript', async () => {
    const said = await failing(
      gapFile({
        body: '\n\n  const list: number[] = JSON.parse("null");\n  return mul(labels, list.length);',
      }),
    );
    expect(said).toMatch(/`gap` threw an error at own\.ts:12: Cannot read properties of null/);
  });

  test('a label step that breaks its labels, in the thread that prepares batches', async () => {
    const step = `import type { LabelContext, LabelMap } from 'dml';
/** Broken. @gives soft */
export function broken(labels: LabelMap, context: LabelContext): LabelMap { return labels.map((share) => share / 2); }
`;
    const said = await failing(step, { labels: 'raters |> average |> broken', evaluate: 'dice' }, 'ce');
    expect(said).toMatch(
      /`broken` must return shares that add up to 1 over the classes; it returned a sum of 0\.5/,
    );
  });
});

test('eval and score take components of the user’s own, with permission', async () => {
  const metric = `import type { Metric, ScoredCase } from 'dml';
/** Mean. @truth soft */
export function mean_truth(): Metric<number> {
  return {
    of: ({ truth, pixels, classes }: ScoredCase) => Array.from(truth).reduce((a, b) => a + b, 0) / pixels / classes,
    value: (parts) => parts[0],
  };
}
`;
  const cwd = temporaryFolder({
    'own.ts': gapFile() + metric,
    'p.json': '{"shape": [1, 1, 2, 2], "data": [0.5, 0.5, 1, 0]}',
    'y.json': '{"shape": [1, 1, 2, 2], "data": [0, 1, 1, 0]}',
  });
  const env = ownHome();
  const words = [
    'eval',
    'gap(power: 2)',
    '--use',
    'own.ts',
    '--probabilities',
    'p.json',
    '--labels',
    'y.json',
    '--json',
  ];
  const refused = await dml(words, { cwd, env });
  expect(refused.exit).toBe(2);
  expect(refused.out).toMatch(/own\.ts \(the loss gap, the metric mean_truth\), which you have not allowed/);
  const { exit, out } = await dml([...words, '--allow', 'own.ts'], { cwd, env });
  expect(exit).toBe(0);
  // (0.5² + 0.5²) · 2
  expect((JSON.parse(out) as { value: number }).value).toBe(1);
  const scored = await dml(
    [
      'score',
      '--metrics',
      'mean_truth',
      '--use',
      'own.ts',
      '--prediction',
      'p.json',
      '--truth',
      'y.json',
      '--json',
    ],
    { cwd, env },
  );
  expect(JSON.parse(scored.out)).toMatchObject({ scores: [{ metric: 'mean_truth', value: 0.5 }] });
});

test('a revision of git is read with the TypeScript that it had', async () => {
  const cwd = temporaryFolder({
    'own.ts': gapFile({ imports: "import { a } from './lib.ts';\nexport const b = a;" }),
    'lib.ts': 'export const a = 1;\n',
    'a.dml': using('gap'),
  });
  const env = ownHome();
  const git = (...words: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...words], { cwd, stdio: 'ignore' });
  git('init');
  git('add', '.');
  git('commit', '-m', 'first');
  expect((await dml(['diff', 'HEAD', 'a.dml'], { cwd, env })).out).toBe('The same in meaning.\n');
  writeFileSync(path.join(cwd, 'lib.ts'), 'export const a = 2;\n');
  const changed = await dml(['diff', 'HEAD', 'a.dml'], { cwd, env });
  expect([changed.exit, changed.out]).toEqual([
    1,
    expect.stringMatching(/loss\.gap\.code +[0-9a-f]{12} +[0-9a-f]{12} /),
  ]);
});
