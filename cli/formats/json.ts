import { toJson } from '../../grammar/render.ts';
import type { Ended, Printer } from './format.ts';
import { prettyJson } from './pretty-json.ts';
import type { FindingLine, JsonReport, ReportLine } from './shapes.ts';

/** One object, the same fields for every command: `command`, `exit`, `diagnostics`, `error` if there is one, its data. */
export const json: Printer = (ended) => `${prettyJson(shapeOf(ended))}\n`;

/** A line a finding, then the same object as `json`: what stands behind the events of the command. */
export const jsonl: Printer = (ended) => {
  const report: ReportLine = { kind: 'report', ...shapeOf(ended) };
  const findings = report.diagnostics.map((each): FindingLine => ({ kind: 'finding', ...each }));
  return [...findings, report].map((line) => `${JSON.stringify(line)}\n`).join('');
};

const shapeOf = ({ command, exit, data, diagnostics, failure }: Ended): JsonReport => ({
  command: command || null,
  exit,
  diagnostics: diagnostics.map(toJson),
  ...data,
  ...(failure ? { error: failure } : {}),
});
