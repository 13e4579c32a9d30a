import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver';
import type { Program } from '../../compiler/experiment.ts';
import { lint } from '../../compiler/lint/lint.ts';
import type { Diagnostic as Found } from '../../grammar/diagnostic.ts';
import { rangeOf, rangesOf } from './ranges.ts';
import type { Analysis } from './services.ts';
import type { Workspace } from './workspace.ts';

/** What is found in an open file and in those that it uses. */
export interface Findings {
  readonly found: readonly Found[];
  /** Every file that it uses or would use, by path: when one of them changes, this is out of date. */
  readonly uses: ReadonlySet<string>;
  /** Why nothing could be found out: a file that it uses cannot be read. */
  readonly failure: string | undefined;
}

/** Thrown out of the middle of a lint that nobody waits for any more. */
export class Overtaken extends Error {}

/** Everything that `dml lint` says about an open file, and what it declares if it is right. */
export async function findingsIn(
  file: string,
  workspace: Workspace,
  { witness, laws }: Pick<Analysis, 'witness' | 'laws'>,
): Promise<Findings & { readonly program: Program | undefined }> {
  const uses = new Set<string>();
  const { read, components, ...options } = workspace.options(file);
  const noted =
    <T>(answer: (path: string) => T) =>
    (path: string): T => {
      uses.add(path);
      return answer(path);
    };
  const source = workspace.read(file);
  if (!source) return { found: [], uses, failure: undefined, program: undefined };
  try {
    const { diagnostics, value } = await lint(source, {
      ...options,
      witness,
      laws,
      read: noted(read),
      components: noted(components),
    });
    return { found: diagnostics, uses, failure: undefined, program: value };
  } catch (error) {
    if (error instanceof Overtaken) throw error;
    const failure = error instanceof Error ? error.message : String(error);
    return { found: [], uses, failure, program: undefined };
  }
}

/**
 * What to show where, by path. A file that is open has what was found from itself; one that is only used, what all
 * that use it found.
 */
export function shownIn(
  findings: ReadonlyMap<string, Findings>,
  workspace: Workspace,
): ReadonlyMap<string, readonly Diagnostic[]> {
  const shown = new Map<string, readonly Diagnostic[]>();
  for (const [file, { found, failure }] of findings) {
    const own = found.filter(({ span }) => span.source.path === file);
    shown.set(file, [...shownAll(own, workspace), ...(failure === undefined ? [] : [atTop(failure)])]);
  }
  const elsewhere = [...findings.values()]
    .flatMap(({ found }) => found)
    .filter(({ span }) => !findings.has(span.source.path));
  for (const file of new Set(elsewhere.map(({ span }) => span.source.path))) {
    const here = elsewhere.filter(({ span }) => span.source.path === file);
    const distinct = new Map(here.map((each) => [`${each.code} ${each.span.start} ${each.message}`, each]));
    shown.set(file, shownAll([...distinct.values()], workspace));
  }
  return shown;
}

/** Findings of one source. */
function shownAll(found: readonly Found[], { uriOf }: Workspace): readonly Diagnostic[] {
  const [first] = found;
  if (!first) return [];
  const range = rangesOf(first.span.source);
  return found.map(({ code, severity, span, message, help, related = [] }) => ({
    range: range(span),
    severity: severities[severity],
    code,
    source: 'dml',
    message: help ? `${message}\n${help}` : message,
    relatedInformation: related.map((each) => ({
      location: { uri: uriOf(each.span.source.path), range: rangeOf(each.span) },
      message: each.message,
    })),
  }));
}

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
} as const;

const atTop = (message: string): Diagnostic => ({
  range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
  severity: DiagnosticSeverity.Error,
  source: 'dml',
  message,
});
