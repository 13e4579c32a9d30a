import { describe, expect, test } from 'vitest';
import type { Ended } from '../../../cli/formats/format.ts';
import { formats } from '../../../cli/formats/index.ts';
import { type Diagnostic, replacing } from '../../../grammar/diagnostic.ts';

const source = {
  path: 'studies/a b.dml',
  text: 'dml 1\nexperiment a { loss: dlm1 }\nexperiment b { loss: dlm1 }\n',
};
const at = (start: number, text: string) => ({ source, start, end: start + text.length });
const error: Diagnostic = {
  code: 'DML1203',
  severity: 'error',
  span: at(source.text.indexOf('dlm1'), 'dlm1'),
  message: 'There is no loss called `dlm1`: 100% sure.',
  help: 'Write `dml1`.',
  fix: replacing('Write `dml1`', at(source.text.indexOf('dlm1'), 'dlm1'), 'dml1'),
};
const warning: Diagnostic = {
  code: 'DML3101',
  severity: 'warning',
  span: at(source.text.lastIndexOf('dlm1'), 'dlm1'),
  message: 'A <loss> & "labels".',
  related: [{ span: at(0, 'dml'), message: 'soft' }],
};
const found: Ended = {
  command: 'lint',
  exit: 1,
  data: { answer: 42 },
  diagnostics: [error, warning],
  failure: undefined,
};
const failed: Ended = {
  command: 'lint',
  exit: 2,
  data: {},
  diagnostics: [],
  failure: { message: 'There is no file x.dml.', file: 'x.dml', help: 'Check the path.' },
};
const nothing: Ended = { ...found, exit: 0, diagnostics: [] };
const print = async (format: keyof typeof formats, ended: Ended) => (await formats[format]())(ended);

describe('json', () => {
  test('has one shape: findings with their range, suggestions and other places, then the data', async () => {
    expect(JSON.parse(await print('json', found))).toEqual({
      command: 'lint',
      exit: 1,
      answer: 42,
      diagnostics: [
        {
          code: 'DML1203',
          severity: 'error',
          message: error.message,
          help: 'Write `dml1`.',
          suggestions: [
            {
              title: 'Write `dml1`',
              safe: false,
              edits: [
                {
                  file: 'studies/a b.dml',
                  range: { start: { line: 2, column: 22 }, end: { line: 2, column: 26 } },
                  replacement: 'dml1',
                },
              ],
            },
          ],
          file: 'studies/a b.dml',
          range: { start: { line: 2, column: 22 }, end: { line: 2, column: 26 } },
          related: [],
        },
        {
          code: 'DML3101',
          severity: 'warning',
          message: warning.message,
          help: null,
          suggestions: [],
          file: 'studies/a b.dml',
          range: { start: { line: 3, column: 22 }, end: { line: 3, column: 26 } },
          related: [
            {
              message: 'soft',
              file: 'studies/a b.dml',
              range: { start: { line: 1, column: 1 }, end: { line: 1, column: 4 } },
            },
          ],
        },
      ],
    });
  });

  test('has the failure as `error`, and findings all the same', async () => {
    expect(JSON.parse(await print('json', failed))).toEqual({
      command: 'lint',
      exit: 2,
      diagnostics: [],
      error: failed.failure,
    });
  });

  test('as jsonl is a line a finding, then one of kind report', async () => {
    const lines = (await print('jsonl', found)).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { kind: 'finding', code: 'DML1203' },
      { kind: 'finding', code: 'DML3101' },
      { kind: 'report', command: 'lint', exit: 1, diagnostics: [{ code: 'DML1203' }, {}] },
    ]);
  });
});

describe('github', () => {
  test('annotates lines, with what its syntax needs escaped', async () => {
    expect((await print('github', found)).trimEnd().split('\n')).toEqual([
      '::error file=studies/a b.dml,line=2,endLine=2,col=22,endColumn=26,title=DML1203::There is no loss called `dlm1`: 100%25 sure.%0AWrite `dml1`.',
      '::warning file=studies/a b.dml,line=3,endLine=3,col=22,endColumn=26,title=DML3101::A <loss> & "labels".',
    ]);
  });

  test('annotates a failure', async () => {
    expect(await print('github', failed)).toBe(
      '::error file=x.dml,title=dml lint::There is no file x.dml.%0ACheck the path.\n',
    );
  });
});

describe('gitlab', () => {
  test('is a Code Quality report with fingerprints that differ', async () => {
    const report = JSON.parse(await print('gitlab', found)) as { fingerprint: string }[];
    expect(report).toMatchObject([
      {
        check_name: 'DML1203',
        severity: 'major',
        location: { path: 'studies/a b.dml', lines: { begin: 2, end: 2 } },
      },
      { check_name: 'DML3101', severity: 'minor' },
    ]);
    expect(new Set(report.map(({ fingerprint }) => fingerprint)).size).toBe(2);
  });

  test('knows a finding again when its line has moved, and tells equal lines apart', async () => {
    const prints = async (text: string) => {
      const moved = { path: source.path, text };
      const diagnostics = [...text.matchAll(/dlm1/g)].map(({ index }) => ({
        ...error,
        span: { source: moved, start: index, end: index + 4 },
      }));
      const report = JSON.parse(await print('gitlab', { ...found, diagnostics })) as {
        fingerprint: string;
      }[];
      return report.map(({ fingerprint }) => fingerprint);
    };
    const [first, second] = await prints('loss: dlm1\nloss: dlm1\n');
    expect(first).not.toBe(second);
    expect(await prints('# new\n\nloss: dlm1\nloss: dlm1\n')).toEqual([first, second]);
  });

  test('has a failure as a blocker', async () => {
    expect(JSON.parse(await print('gitlab', failed))).toMatchObject([
      { severity: 'blocker', location: { path: 'x.dml' } },
    ]);
  });
});

describe('junit', () => {
  test('has a failing case a finding, its texts escaped', async () => {
    expect(await print('junit', found)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites tests="2" failures="2" errors="0">
  <testsuite name="dml lint" tests="2" failures="2" errors="0">
    <testcase classname="studies/a b.dml" name="DML1203 2:22">
      <failure type="error" message="There is no loss called \`dlm1\`: 100% sure.">studies/a b.dml:2:22&#10;There is no loss called \`dlm1\`: 100% sure.&#10;Write \`dml1\`.</failure>
    </testcase>
    <testcase classname="studies/a b.dml" name="DML3101 3:22">
      <failure type="warning" message="A &lt;loss&gt; &amp; &quot;labels&quot;.">studies/a b.dml:3:22&#10;A &lt;loss&gt; &amp; &quot;labels&quot;.</failure>
    </testcase>
  </testsuite>
</testsuites>
`);
  });

  test('has one passing case where nothing is found, and an error where the command failed', async () => {
    expect(await print('junit', nothing)).toContain('<testcase classname="dml lint" name="dml lint"/>');
    expect(await print('junit', failed)).toContain('<error message="There is no file x.dml.">');
  });

  test('holds no character that XML cannot', async () => {
    const odd = { ...error, message: 'a\u0000b\u001bc\ud800d\u2028' };
    const text = await print('junit', { ...found, diagnostics: [odd] });
    expect(text).toContain('message="a\ufffdb\ufffdc\ufffdd\u2028"');
  });
});

describe('sarif', () => {
  interface Log {
    version: string;
    runs: {
      tool: { driver: { name: string; rules: { id: string; shortDescription: { text: string } }[] } };
      invocations: { executionSuccessful: boolean; toolExecutionNotifications?: object[] }[];
      results: { ruleId: string; ruleIndex: number; level: string; locations: object[]; fixes?: object[] }[];
    }[];
  }

  test('has rules, places below the root, fixes and fingerprints', async () => {
    const { version, runs } = JSON.parse(await print('sarif', found)) as Log;
    expect(version).toBe('2.1.0');
    const [run] = runs;
    expect(run!.tool.driver.rules.map(({ id }) => id)).toEqual(['DML1203', 'DML3101']);
    expect(run!.tool.driver.rules[1]!.shortDescription.text).toContain('hard labels');
    for (const { ruleId, ruleIndex } of run!.results)
      expect(run!.tool.driver.rules[ruleIndex]!.id).toBe(ruleId);
    expect(run!.results[0]).toMatchObject({
      level: 'error',
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'studies/a%20b.dml', uriBaseId: '%SRCROOT%' },
            region: { startLine: 2, startColumn: 22, endLine: 2, endColumn: 26 },
          },
        },
      ],
      fixes: [{ artifactChanges: [{ replacements: [{ insertedContent: { text: 'dml1' } }] }] }],
    });
  });

  test('says that a run was not successful, and why', async () => {
    const { runs } = JSON.parse(await print('sarif', failed)) as Log;
    expect(runs[0]!.results).toEqual([]);
    expect(runs[0]!.invocations).toMatchObject([
      {
        executionSuccessful: false,
        exitCode: 2,
        toolExecutionNotifications: [{ message: { text: 'There is no file x.dml. Check the path.' } }],
      },
    ]);
  });
});
