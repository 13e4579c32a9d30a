import picocolors from 'picocolors';
import { expect, test } from 'vitest';
import { diagnosticData, printDiagnostic, summarize } from '../../cli/diagnostics.ts';
import type { Diagnostic } from '../../grammar/diagnostic.ts';

const plain = picocolors.createColors(false);
const source = { path: 'a.dml', text: 'dml 1\n\nexperiment a {\n\tloss: dlm1\n  loss: ce\n}\n' };
const at = (text: string) => {
  const start = source.text.indexOf(text);
  return { source, start, end: start + text.length };
};

const diagnostic: Diagnostic = {
  code: 'DML1203',
  severity: 'error',
  span: at('dlm1'),
  message: 'There is no loss called dlm1.',
  help: 'Did you mean dml1?',
  related: [{ span: at('loss: ce'), message: 'Given again here.' }],
  fix: { title: 'Write dml1', span: at('dlm1'), replacement: 'dml1' },
};

test('a finding shows place, excerpt with the place underlined, other places, help and fix', async () => {
  await expect(printDiagnostic(diagnostic, plain)).toMatchFileSnapshot('golden/diagnostic.txt');
});

test('the underline of a span over several lines ends with its first line', () => {
  const span = { source, start: source.text.indexOf('experiment'), end: source.text.length };
  const [, excerpt, underline] = printDiagnostic({ ...diagnostic, span }, plain).split('\n');
  expect(excerpt).toBe('   3 │ experiment a {');
  expect(underline).toBe('     │ ^^^^^^^^^^^^^^');
});

test('a place after the last character is shown', () => {
  const end = { source, start: source.text.length, end: source.text.length };
  expect(printDiagnostic({ ...diagnostic, span: end }, plain)).toContain('a.dml:7:1');
});

test('as data, places have line, column and offset', () => {
  expect(diagnosticData(diagnostic)).toMatchObject({
    code: 'DML1203',
    file: 'a.dml',
    start: { line: 4, column: 8, offset: 29 },
    end: { line: 4, column: 12, offset: 33 },
    fix: { replacement: 'dml1', start: { offset: 29 } },
  });
});

test.each([
  [[], 1, 'Nothing found in 1 file.'],
  [[diagnostic], 1, '1 error in 1 file.'],
  [[diagnostic, { ...diagnostic, severity: 'warning' as const }], 3, '1 error and 1 warning in 3 files.'],
])('the summary counts %#', (diagnostics, files, text) => {
  expect(summarize(diagnostics, files)).toBe(text);
});
