import { positionAt } from '../../grammar/source.ts';
import type { Printer } from './format.ts';

/** JUnit XML: a test case for each finding, one that passes where there is none. */
export const junit: Printer = ({ command, diagnostics, failure }) => {
  const name = `dml ${command}`.trim();
  const findings = diagnostics.map(({ code, severity, span, message, help }) => {
    const { line, column } = positionAt(span.source, span.start);
    const place = `${span.source.path}:${line}:${column}`;
    const text = [place, message, help].filter(Boolean).join('\n');
    return element('testcase', { classname: span.source.path, name: `${code} ${line}:${column}` }, [
      leaf('failure', { type: severity, message }, text),
    ]);
  });
  const errors = failure
    ? [
        element('testcase', { classname: failure.file ?? name, name }, [
          leaf('error', { message: failure.message }, failure.help ?? ''),
        ]),
      ]
    : [];
  const cases = [...findings, ...errors];
  const shown = cases.length > 0 ? cases : [element('testcase', { classname: name, name }, [])];
  const counts = { tests: shown.length, failures: findings.length, errors: errors.length };
  const suites = element('testsuites', counts, [element('testsuite', { name, ...counts }, shown)]);
  return ['<?xml version="1.0" encoding="UTF-8"?>', ...suites, ''].join('\n');
};

type Attributes = Readonly<Record<string, string | number>>;
type Lines = readonly string[];

function element(tag: string, attributes: Attributes, children: readonly Lines[]): Lines {
  const head = [tag, ...listOf(attributes)].join(' ');
  if (children.length === 0) return [`<${head}/>`];
  return [`<${head}>`, ...children.flat().map((line) => `  ${line}`), `</${tag}>`];
}

const leaf = (tag: string, attributes: Attributes, text: string): Lines => [
  `<${[tag, ...listOf(attributes)].join(' ')}>${escapeXml(text)}</${tag}>`,
];

const listOf = (attributes: Attributes): Lines =>
  Object.entries(attributes).map(([name, value]) => `${name}="${escapeXml(String(value))}"`);

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;',
};

/** Characters that XML 1.0 cannot hold become the replacement character. */
const escapeXml = (text: string): string =>
  text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replace(/[&<>"\n\r\t]/g, (character) => entities[character]!);
