import { createHash } from 'node:crypto';
import { positionAt } from '../../grammar/source.ts';
import { fingerprints } from './fingerprint.ts';
import type { Printer } from './format.ts';

const severities = { error: 'major', warning: 'minor', info: 'info' } as const;

/** A Code Quality report of GitLab. */
export const gitlab: Printer = ({ command, diagnostics, failure }) => {
  const prints = fingerprints(diagnostics);
  const findings = diagnostics.map(({ code, severity, span, message }, i) => ({
    description: message,
    check_name: code,
    fingerprint: prints[i],
    severity: severities[severity],
    location: {
      path: span.source.path,
      lines: {
        begin: positionAt(span.source, span.start).line,
        end: positionAt(span.source, span.end).line,
      },
    },
  }));
  const failed = failure
    ? [
        {
          description: failure.message,
          check_name: `dml ${command}`.trim(),
          fingerprint: createHash('sha256').update(`${command}\u0000${failure.message}`).digest('hex'),
          severity: 'blocker',
          location: { path: failure.file ?? '.', lines: { begin: 1 } },
        },
      ]
    : [];
  return `${JSON.stringify([...findings, ...failed], null, 2)}\n`;
};
