import { expect, test } from 'vitest';
import { findingsReport, summarize } from '../../cli/findings.ts';
import type { Diagnostic } from '../../grammar/diagnostic.ts';
import { surroundings } from '../support/terminal.ts';

const source = { path: 'a.dml', text: 'experiment a { loss: dlm1 }\n' };
const error: Diagnostic = {
  code: 'DML1203',
  severity: 'error',
  span: { source, start: 21, end: 25 },
  message: 'There is no loss called dlm1.',
};
const warning: Diagnostic = { ...error, severity: 'warning' };

test.each([
  [[], 1, 'Nothing found in 1 file.'],
  [[error], 1, '1 error in 1 file.'],
  [[error, warning, warning], 3, '1 error and 2 warnings in 3 files.'],
])('the summary counts: %#', (diagnostics, files, text) => {
  expect(summarize(diagnostics, files)).toBe(text);
});

test('a report of findings exits with 1 and has them as data', () => {
  const context = { ...surroundings(), format: 'text' as const };
  expect(findingsReport([], 2, context)).toEqual({
    exit: 0,
    data: {},
    diagnostics: [],
    text: 'Nothing found in 2 files.\n',
  });
  const report = findingsReport([error], 1, context);
  expect(report.exit).toBe(1);
  expect(report.diagnostics).toEqual([error]);
  expect(report.text).toContain('1 | experiment a { loss: dlm1 }');
});
