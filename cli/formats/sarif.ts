import path from 'node:path';
import type {
  ArtifactLocation,
  Location,
  Log,
  Region,
  ReportingDescriptor,
  Result,
  Fix as SarifFix,
} from 'sarif';
import type { Diagnostic, Fix } from '../../grammar/diagnostic.ts';
import { positionAt, type Span } from '../../grammar/source.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { allCodes, type CodeExplanation } from '../codes.ts';
import { fingerprints } from './fingerprint.ts';
import type { Printer } from './format.ts';

/** SARIF 2.1.0, as code scanning of GitHub and most editors read it. */
export const sarif: Printer = ({ command, exit, diagnostics, failure }) => {
  const known = allCodes();
  const codes = [...new Set(diagnostics.map(({ code }) => code))].sort();
  const prints = fingerprints(diagnostics);
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'dml',
            semanticVersion: packageJson.version,
            rules: codes.map((code) => ruleOf(code, known.get(code))),
          },
        },
        invocations: [
          {
            executionSuccessful: failure === undefined,
            exitCode: exit,
            ...(failure
              ? {
                  toolExecutionNotifications: [
                    {
                      level: 'error',
                      message: { text: [failure.message, failure.help].filter(Boolean).join(' ') },
                      descriptor: { id: `dml-${command || 'usage'}` },
                      ...(failure.file
                        ? { locations: [{ physicalLocation: { artifactLocation: artifact(failure.file) } }] }
                        : {}),
                    },
                  ],
                }
              : {}),
          },
        ],
        columnKind: 'utf16CodeUnits',
        results: diagnostics.map((diagnostic, i) => resultOf(diagnostic, codes, prints[i]!)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
};

const levels = { error: 'error', warning: 'warning', info: 'note' } as const;

function ruleOf(code: string, explanation: CodeExplanation | undefined): ReportingDescriptor {
  if (!explanation) return { id: code };
  const { name, message, why, help, severity } = explanation;
  return {
    id: code,
    shortDescription: { text: message },
    ...(why ? { fullDescription: { text: why } } : {}),
    ...(name ? { name } : {}),
    ...(help ? { help: { text: help, ...pageOf(explanation) } } : {}),
    defaultConfiguration: { level: levels[severity] },
  };
}

/** The page of a rule, which viewers show beside its findings. */
function pageOf({ why, example, good, source }: CodeExplanation): { readonly markdown?: string } {
  if (!why || !good) return {};
  const block = (text: string) => `\`\`\`dml\n${text.trim()}\n\`\`\``;
  return {
    markdown: `${why}\n\nWrong:\n\n${block(example)}\n\nRight:\n\n${block(good)}\n\nSource: ${source}`,
  };
}

function resultOf(
  { code, severity, span, message, help, related = [], fix }: Diagnostic,
  codes: readonly string[],
  fingerprint: string,
): Result {
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: levels[severity],
    message: { text: help ? `${message} ${help}` : message },
    locations: [locationOf(span)],
    partialFingerprints: { 'primaryLocationLineHash/v1': fingerprint },
    ...(related.length > 0
      ? {
          relatedLocations: related.map((other, id) => ({
            id,
            ...locationOf(other.span),
            message: { text: other.message },
          })),
        }
      : {}),
    ...(fix ? { fixes: [fixOf(fix)] } : {}),
  };
}

const locationOf = (span: Span): Location => ({
  physicalLocation: { artifactLocation: artifact(span.source.path), region: regionOf(span) },
});

function regionOf({ source, start, end }: Span): Region {
  const [from, to] = [positionAt(source, start), positionAt(source, end)];
  return { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column };
}

const fixOf = ({ title, edits }: Fix): SarifFix => ({
  description: { text: title },
  artifactChanges: [
    {
      artifactLocation: artifact(edits[0]!.span.source.path),
      replacements: edits.map(({ span, replacement }) => ({
        deletedRegion: regionOf(span),
        insertedContent: { text: replacement },
      })),
    },
  ],
});

/** Relative paths, with slashes, below the folder where the command ran. */
const artifact = (file: string): ArtifactLocation => ({
  uri: file.split(path.sep).map(encodeURIComponent).join('/'),
  ...(path.isAbsolute(file) ? {} : { uriBaseId: '%SRCROOT%' }),
});
