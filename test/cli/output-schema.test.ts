import { describe, expect, test } from 'vitest';
import { temporaryFolder, tiny } from '../support/dml.ts';
import { faults, isLine, isReport } from '../support/output-schema.ts';
import { dml } from '../support/within.ts';

const folder = () =>
  temporaryFolder({
    'good.dml': tiny(),
    'other.dml': tiny({ batch: '1' }),
    'typo.dml': tiny({ loss: '0.25 ce + 0.75 dlm1', evaluate: 'dcie' }),
    'soft.dml': tiny({ loss: 'sdl' }),
    'binary.txt': 'dml 1\u0000',
    'a.json': '{"shape": [1, 2], "data": [0.3, 0.7]}',
  });

describe('every command prints JSON in one shape', () => {
  test.each([
    ['check good.dml', 0],
    ['check typo.dml', 1],
    ['lint soft.dml', 1],
    ['lint binary.txt', 2],
    ['fmt --check good.dml', 1],
    ['fmt missing.dml', 2],
    ['diff good.dml good.dml', 0],
    ['diff good.dml other.dml', 1],
    ['diff good.dml typo.dml', 2],
    ['explain good.dml', 0],
    ['explain DML1203', 0],
    ['explain DML9999', 2],
    ['compile good.dml --emit yaml', 0],
    ['compile good.dml', 2],
    ['compile good.dml --emit yaml -o none/x.yaml', 2],
    ['plan good.dml', 0],
    ['plan good.dml#none', 2],
    ['eval dml1 --probabilities a.json --labels a.json', 0],
    ['eval dml7 --probabilities a.json --labels a.json', 2],
    ['labels', 2],
    ['score', 2],
    ['allow good.dml', 2],
    ['doctor', 0],
    ['setup nothing', 2],
    ['new', 0],
    ['new good.dml', 2],
    ['completion bash', 0],
    ['schema', 0],
    ['schema output', 0],
    ['schema nothing', 2],
    ['run typo.dml', 1],
    ['run missing.dml', 2],
    ['lint .', 1],
    ['lint none/at/all', 2],
    ['lint good.dml/inside.dml', 2],
  ])('dml %s', async (words, exit) => {
    const { out, exit: ended } = await dml([...words.split(' '), '--format', 'json'], { cwd: folder() });
    const report = JSON.parse(out) as {
      command: string;
      exit: number;
      diagnostics: unknown[];
      error?: object;
    };
    expect(faults(isReport, report)).toEqual([]);
    expect([report.command, report.exit, ended]).toEqual([words.split(' ')[0], exit, exit]);
    if (exit === 2) expect(report.error !== undefined || report.diagnostics.length > 0).toBe(true);
  });

  test.each(['nope', '', 'nope --nope', '--nope lint'])('for no command: dml %s', async (words) => {
    const { out, err, exit } = await dml([...words.split(' ').filter(Boolean), '--format=json']);
    expect(faults(isReport, JSON.parse(out))).toEqual([]);
    expect([JSON.parse(out), exit, err]).toMatchObject([{ exit: 2, error: {} }, 2, '']);
  });

  test('help and version are data where JSON is asked for', async () => {
    const version = JSON.parse((await dml(['--version', '--json'])).out) as { version: string };
    const help = JSON.parse((await dml(['lint', '--json', '--help'])).out) as { help: string };
    expect([faults(isReport, version), faults(isReport, help)]).toEqual([[], []]);
    expect(version.version).toMatch(/^\d+\.\d+\.\d+/);
    expect(help.help).toContain('Usage: dml lint');
  });

  test('a failure names its file, relative to where the command ran', async () => {
    const cwd = folder();
    const fileOf = async (words: string) =>
      (JSON.parse((await dml([...words.split(' '), '--json'], { cwd })).out) as { error: { file: string } })
        .error.file;
    expect(await fileOf('lint none.dml')).toBe('none.dml');
    expect(await fileOf('lint good.dml/x.dml')).toBe('good.dml/x.dml');
    expect(await fileOf('compile good.dml --emit yaml -o none/x.yaml')).toBe('none/x.yaml');
  });
});

describe('jsonl', () => {
  const linesOf = (out: string) =>
    out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { kind: string; code?: string });

  test('has a line a finding, and the report last', async () => {
    const { out } = await dml(['lint', 'typo.dml', '--format', 'jsonl'], { cwd: folder() });
    const lines = linesOf(out);
    expect(lines.map((line) => faults(isLine, line))).toEqual(lines.map(() => []));
    expect(lines.map(({ kind }) => kind)).toEqual(['finding', 'finding', 'report']);
  });

  test('of a run has its events', async () => {
    const { out } = await dml(['run', 'good.dml', '--engine', 'native', '--json'], { cwd: folder() });
    const lines = linesOf(out);
    expect(lines.map((line) => faults(isLine, line))).toEqual(lines.map(() => []));
    expect(lines.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['engine', 'start', 'progress', 'evaluation', 'done', 'report']),
    );
  });
});

test.each(['json', 'sarif'])('a run in the format %s tells its end alone', async (format) => {
  const { out } = await dml(['run', 'good.dml', '--engine', 'native', '--format', format], { cwd: folder() });
  expect(JSON.parse(out)).toMatchObject(format === 'json' ? { status: 'done' } : { version: '2.1.0' });
});

test('the schema is strict about findings and open for what a command adds', () => {
  const finding = {
    code: 'DML1203',
    severity: 'error',
    message: 'm',
    help: null,
    suggestions: [],
    file: 'a.dml',
    range: { start: { line: 1, column: 1 }, end: { line: 1, column: 2 } },
    related: [],
  };
  const report = { command: 'lint', exit: 1, diagnostics: [finding] };
  expect(isReport({ ...report, more: 1 })).toBe(true);
  expect(isReport({ ...report, diagnostics: [{ ...finding, more: 1 }] })).toBe(false);
  expect(isReport({ ...report, diagnostics: [{ ...finding, severity: 'fatal' }] })).toBe(false);
  expect(isReport({ ...report, exit: 3 })).toBe(false);
  expect(isReport({ ...report, error: { message: 'm', stack: 's' } })).toBe(false);
});
